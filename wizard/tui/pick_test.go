package tui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/wizard/tui/form"
	"msgsso-wizard/wizard/tui/screens"
)

// noDial reaches nothing.
type noDial struct{ services.Dialer }

func (noDial) Okta(string, guide.OktaLogin) (services.Okta, error) {
	return nil, apiclient.ErrUnreachable
}

func (noDial) Genesys(string, guide.GenesysLogin) (services.Genesys, error) {
	return nil, apiclient.ErrUnreachable
}

func (noDial) Messenger(string) (services.Messenger, error) {
	return nil, apiclient.ErrUnreachable
}

// thousands is a question whose org has very many entries.
func thousands(kind guide.Kind, asked *[]string) offer {
	return offer{
		Question: guide.Question{Key: guide.MessengerConfig, Section: guide.SectionConfiguration, Label: "Configuration", Kind: kind, Default: "Web SSO Messenger", Typed: "new name", Source: guide.ListConfigurations},
		options: func(_ context.Context, _ guide.Question, filter string) ([]guide.Option, error) {
			*asked = append(*asked, filter)
			var out []guide.Option
			for i := range 3000 {
				if name := fmt.Sprintf("Shop %04d", i); strings.Contains(strings.ToLower(name), filter) {
					out = append(out, guide.Option{Value: name, Label: name, Note: "used by no deployment"})
				}
			}
			return out, nil
		},
	}
}

// offer is a question and its options.
type offer struct {
	guide.Question
	options func(context.Context, guide.Question, string) ([]guide.Option, error)
}

// withForm puts a form of one question on the screen.
func withForm(t *testing.T, q offer, test func(*drive, *form.PickField)) {
	t.Helper()
	driven(t, answeredEnv(t), nil, func(d *drive) { test(d, d.form(q)) })
}

// form opens a form of one question.
func (d *drive) form(q offer) *form.PickField {
	d.options = q.options
	d.reach(guide.SectionConfiguration)
	s := d.walk[d.at].(*screens.Section)
	field := form.NewPickField(d.World, q.Question)
	s.Form = &form.Form{World: d.World, Section: s.Info.ID, Rows: []*form.Row{{Question: q.Question, Field: field}}, Editing: true}
	d.run(d.do(s.Form.Focus()))
	d.after(time.Second)
	return field
}

func TestPickFiltersOnServer(t *testing.T) {
	var asked []string
	withForm(t, thousands(guide.Pick, &asked), func(d *drive, f *form.PickField) {
		d.shows("1 of 3,001", "(•) Web SSO Messenger")
		d.press("29", "9", 100*time.Millisecond, "9", time.Second)
		want := []string{"", "2999"}
		assert.Check(t, slices.Equal(asked, want), "asked for %q, want %q", asked, want)
		d.shows("Shop 2999", "new name: 2999")
		d.press("down")
		assert.Check(t, is.Equal(f.Rows[f.At].Value, "2999"), "at %+v", f.Rows[f.At])
		d.press("up", "enter", time.Second)
		d.shows("Shop 2999  (you)", "Planned changes")
	})
}

// TestPickWithoutAnswer: the option says what no answer means, and the field what it takes.
func TestPickWithoutAnswer(t *testing.T) {
	q, _ := guide.QuestionFor(guide.DiscoveryURI)
	own := "https://acme.okta.com/oauth2/own/.well-known/openid-configuration"
	withForm(t, offer{Question: q, options: thousands(guide.Pick, new([]string)).options}, func(d *drive, f *form.PickField) {
		f.Chosen = nil
		assert.Check(t, is.Equal(f.Summary(), "Automatic"))
		d.shows("(•) Automatic", "found in the org", "filter or address")
		d.hides("none", "new name")
		d.press(own, time.Second)
		d.shows("address: https://acme.okta.com/")
		d.press("enter")
		assert.Check(t, is.Equal(d.env.Answers.Value(guide.DiscoveryURI), own))
	})
}

// TestPickUnderlinesMatch: whatever its case, and not where small letters are of other sizes.
func TestPickUnderlinesMatch(t *testing.T) {
	q := thousands(guide.Pick, new([]string))
	q.options = func(context.Context, guide.Question, string) ([]guide.Option, error) {
		return []guide.Option{{Value: "1", Label: "Support WEB"}, {Value: "2", Label: "İ web"}, {Value: "3", Label: "Shop"}}, nil
	}
	withForm(t, q, func(d *drive, _ *form.PickField) {
		d.press("web", time.Second)
		d.shows("Support WEB", "İ web", "Shop")
		content := d.View().Content
		assert.Check(t, is.Equal(strings.Count(content, "\x1b[4m"), 2), content) // with the new name
		assert.Check(t, is.Contains(content, "\x1b[4mWEB\x1b[m"))
	})
}

func TestPickTakesNewName(t *testing.T) {
	var asked []string
	withForm(t, thousands(guide.Pick, &asked), func(d *drive, _ *form.PickField) {
		d.press("My own chat", time.Second)
		d.shows("new name: My own chat")
		d.press("enter", time.Second)
		d.shows("My own chat  (you)")
	})
}

// TestPickManyTakesBlanks: groups have blanks in their names, and space also chooses.
func TestPickManyTakesBlanks(t *testing.T) {
	var asked []string
	withForm(t, thousands(guide.PickMany, &asked), func(d *drive, f *form.PickField) {
		f.Chosen, f.Initial = nil, nil
		d.press("shop", time.Second, "space", "2", "9", "9", "9", time.Second)
		assert.Check(t, f.Text() == "shop 2999" && len(f.Chosen) == 0, "typed %q, chosen %q", f.Text(), f.Chosen)
		d.press("space")
		want := []string{"Shop 2999"}
		assert.Check(t, slices.Equal(f.Chosen, want), "chosen %q, want %q", f.Chosen, want)
	})
}

func TestPickManyChecks(t *testing.T) {
	var asked []string
	q := thousands(guide.PickMany, &asked)
	withForm(t, q, func(d *drive, f *form.PickField) {
		f.Chosen, f.Initial = nil, nil
		d.press("000", time.Second, "space", "down", "down", "space", "up", "space", "space")
		d.shows("[x] Shop 0000", "[ ] Shop 0001", "[x] Shop 0002", "2 chosen")
		values, changed := f.Value()
		assert.Check(t, changed && slices.Equal(values, []string{"Shop 0000", "Shop 0002"}), "chosen %v", values)
	})
}

func TestPickWithoutOrg(t *testing.T) {
	q := thousands(guide.Pick, new([]string))
	q.options = func(context.Context, guide.Question, string) ([]guide.Option, error) {
		return nil, errors.New("genesys cloud did not answer")
	}
	withForm(t, q, func(d *drive, _ *form.PickField) {
		d.shows("! Genesys cloud did not answer.")
		d.press("Own", "enter", time.Second)
		d.shows("Own  (you)")
	})
}

// TestRefusedNameStaysRefused: after an error of a name, Enter alone must never choose another admin's object that has it.
func TestRefusedNameStaysRefused(t *testing.T) {
	entries := map[string]func(*drive, error){
		"review":  (*drive).stopped,
		"section": func(d *drive, err error) { d.planErr = err; d.press("enter", time.Second) },
	}
	for _, key := range []guide.Key{guide.AppName, guide.IntegrationName, guide.MessengerConfig, guide.DeploymentName} {
		for entry, fail := range entries {
			t.Run(string(key)+" in the "+entry, func(t *testing.T) {
				driven(t, answeredEnv(t), nil, func(d *drive) {
					assert.NilError(t, d.env.Answers.Set(key, guide.FromUser, "Customer portal"))
					d.options = func(_ context.Context, _ guide.Question, filter string) ([]guide.Option, error) {
						if !strings.HasPrefix("Customer portal", filter) {
							return nil, nil
						}
						return []guide.Option{{Value: "0oa00000000000000001", Label: "Customer portal", Note: "of another admin"}}, nil
					}
					fail(d, &explain.Error{Problem: "The name is taken.", Fix: "Choose another name.", Question: key})
					d.press("e", time.Second)
					d.shows("› (•) Customer portal", "refused: type another", "( ) Customer portal", "The name is taken.")
					d.hides("enter plan", "enter keep it")
					assert.Check(t, is.Contains(d.View().Content, "\x1b[1;7mCustomer portal"), "not selected")
					d.press("enter", time.Second)
					d.shows("› (•)", "✗ This one was refused. Type another, or choose one")
					d.press("backspace", "l", time.Second)
					d.shows("› (•) new name: Customer portal", "( ) Customer portal")
					d.hides("enter plan", "enter keep it")
					d.press("enter", time.Second)
					d.shows("› (•)", "✗ This one was refused. Type another, or choose one")
					assert.Check(t, is.Equal(d.env.Answers.Value(key), "Customer portal"))
					d.planErr = nil
					d.press("backspace", time.Second)
					d.shows("› ( ) new name: Customer porta", "( ) Customer portal")
					d.press("enter", time.Second)
					assert.Check(t, is.Equal(d.env.Answers.Value(key), "Customer porta"))
				})
			})
		}
	}
}
