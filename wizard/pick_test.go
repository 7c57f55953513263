package wizard

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/steps"
)

// noDial reaches nothing.
type noDial struct{}

func (noDial) Okta(string, steps.OktaLogin) (steps.OktaAPI, error) {
	return nil, apiclient.ErrUnreachable
}

func (noDial) Genesys(string, steps.GenesysLogin) (steps.GenesysAPI, error) {
	return nil, apiclient.ErrUnreachable
}
func (noDial) Discovery(string) steps.Discovery { return nil }
func (noDial) Messenger(string) (steps.MessengerAPI, error) {
	return nil, apiclient.ErrUnreachable
}
func (noDial) Site() steps.SiteAPI { return nil }

// thousands is a question whose org has very many entries.
func thousands(kind steps.Kind, asked *[]string) steps.Question {
	return steps.Question{
		Key: steps.MessengerConfig, Section: steps.SectionConfiguration, Label: "Configuration", Kind: kind,
		Options: func(_ context.Context, _ *steps.Env, filter string) ([]steps.Option, error) {
			*asked = append(*asked, filter)
			var out []steps.Option
			for i := range 3000 {
				if name := fmt.Sprintf("Shop %04d", i); strings.Contains(strings.ToLower(name), filter) {
					out = append(out, steps.Option{Value: name, Label: name, Note: "used by no deployment"})
				}
			}
			return out, nil
		},
	}
}

// withForm puts a form of one question on the screen.
func withForm(t *testing.T, q steps.Question, test func(*drive, *pickField)) {
	t.Helper()
	driven(t, answeredEnv(t), nil, func(d *drive) { test(d, d.form(q)) })
}

// form opens a form of one question.
func (d *drive) form(q steps.Question) *pickField {
	d.reach(steps.SectionConfiguration)
	s := d.walk[d.at].(*section)
	field := newPickField(d.world, q)
	s.form = &form{world: d.world, section: s.info.ID, rows: []*formRow{{question: q, field: field}}, editing: true}
	d.run(d.do(s.form.focus()))
	d.after(time.Second)
	return field
}

func TestPickFiltersOnTheServer(t *testing.T) {
	var asked []string
	withForm(t, thousands(steps.Pick, &asked), func(d *drive, f *pickField) {
		d.shows("of 3002; type to filter", "(•) Web SSO Messenger")
		d.press("29", "9")
		d.after(100 * time.Millisecond)
		d.press("9")
		d.after(time.Second)
		if want := []string{"", "2999"}; !slices.Equal(asked, want) {
			t.Errorf("asked for %q, want %q", asked, want)
		}
		d.shows("Shop 2999", "+ new: 2999")
		d.press("down")
		if f.rows[f.at].Value != "2999" {
			t.Errorf("at %+v", f.rows[f.at])
		}
		d.press("up", "enter")
		d.after(time.Second)
		d.shows("Shop 2999  (you)", "This will")
	})
}

func TestPickTakesANewName(t *testing.T) {
	var asked []string
	withForm(t, thousands(steps.Pick, &asked), func(d *drive, _ *pickField) {
		d.press("My own chat")
		d.after(time.Second)
		d.shows("+ new: My own chat")
		d.press("enter")
		d.after(time.Second)
		d.shows("My own chat  (you)")
	})
}

// TestPickManyTakesABlankInAName: groups have blanks in their names, and space also chooses.
func TestPickManyTakesABlankInAName(t *testing.T) {
	var asked []string
	withForm(t, thousands(steps.PickMany, &asked), func(d *drive, f *pickField) {
		f.chosen, f.initial = nil, nil
		d.press("shop")
		d.after(time.Second)
		d.press("space", "2", "9", "9", "9")
		d.after(time.Second)
		if f.text() != "shop 2999" || len(f.chosen) != 0 {
			t.Errorf("typed %q, chosen %q", f.text(), f.chosen)
		}
		d.press("space")
		if want := []string{"Shop 2999"}; !slices.Equal(f.chosen, want) {
			t.Errorf("chosen %q, want %q", f.chosen, want)
		}
	})
}

func TestPickManyChecks(t *testing.T) {
	var asked []string
	q := thousands(steps.PickMany, &asked)
	withForm(t, q, func(d *drive, f *pickField) {
		f.chosen, f.initial = nil, nil
		d.press("000")
		d.after(time.Second)
		d.press("space", "down", "down", "space", "up", "space", "space")
		d.shows("[x] Shop 0000", "[ ] Shop 0001", "[x] Shop 0002", "2 chosen")
		if values, changed := f.value(); !changed || !slices.Equal(values, []string{"Shop 0000", "Shop 0002"}) {
			t.Errorf("chosen %v", values)
		}
	})
}

func TestPickWithoutAnOrg(t *testing.T) {
	q := thousands(steps.Pick, new([]string))
	q.Options = func(context.Context, *steps.Env, string) ([]steps.Option, error) {
		return nil, errors.New("genesys cloud did not answer")
	}
	withForm(t, q, func(d *drive, _ *pickField) {
		d.shows("! Genesys cloud did not answer.")
		d.press("Own", "enter")
		d.after(time.Second)
		d.shows("Own  (you)")
	})
}
