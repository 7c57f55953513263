package plain

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"go.uber.org/goleak"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/report"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func guideOf(in string) (*Session, *bytes.Buffer) {
	out := new(bytes.Buffer)
	return New(Config{
		Env: &setup.Session{Answers: guide.NewAnswers(), Dial: noDial{}}, In: strings.NewReader(in), Out: out, Marks: report.NewMarks(true, true),
	}), out
}

// noDial reaches nothing.
type noDial struct{ services.Dialer }

func (noDial) Okta(string, guide.OktaLogin) (services.Okta, error) {
	return nil, apiclient.ErrUnreachable
}

func (noDial) Genesys(string, guide.GenesysLogin) (services.Genesys, error) {
	return nil, apiclient.ErrUnreachable
}

func question(t *testing.T, key guide.Key) guide.Question {
	t.Helper()
	q, ok := guide.QuestionFor(key)
	assert.Assert(t, ok, "no question %v", key)
	return q
}

func TestAsk(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, in string
		key      guide.Key
		want     string
		from     guide.Source
		says     string
	}{
		{"Enter takes the default", "\n", guide.AppName, "Genesys Cloud Messenger", guide.FromDefault, "[Genesys Cloud Messenger (default)] > "},
		{"CRLF", "Chat\r\n", guide.AppName, "Chat", guide.FromUser, ""},
		{"without a line end", "Chat", guide.AppName, "Chat", guide.FromUser, ""},
		{"a number chooses", "3\n", guide.Assign, guide.AssignSkip, guide.FromUser, "  3  Skip for now, sign-in fails until you assign"},
		{"a label chooses", "skip FOR now\n", guide.Assign, guide.AssignSkip, guide.FromUser, ""},
		{"several numbers", "1, 2\n", guide.GrantTypes, "authorization_code", guide.FromUser, ""},
		{"out of range, then right", "9\n2\n", guide.Assign, guide.AssignSelected, guide.FromUser, `! note There is no assignment "9". Choose everyone, groups, skip.`},
		{"help", "?\n\n", guide.RedirectURIs, "http://localhost:8080/", guide.FromDefault, "Separate several values with spaces."},
		{"no answer where one is needed", "\nacme.okta.com\n", guide.OktaOrg, "https://acme.okta.com", guide.FromUser, "! note Okta org is required. Type ? for help."},
		{"a note", "https://Acme-admin.okta.com/\n", guide.OktaOrg, "https://acme.okta.com", guide.FromUser, "! note "},
		{"the newer spelling", "manual\n", guide.OktaSignIn, guide.OktaManual, guide.FromUser, "  4  Manual setup"},
		{"no answer means automatic", "\n", guide.DiscoveryURI, "", guide.FromDefault, "[Automatic, found in the org] > "},
		{"no answer saves nothing", "\n", guide.SnippetFile, "", guide.FromDefault, "[not saved] > "},
		{"back to the default", "-\n", guide.AppName, "Genesys Cloud Messenger", guide.FromDefault, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			g, out := guideOf(c.in)
			assert.NilError(t, g.ask(t.Context(), question(t, c.key), "1 of 1"))
			got := g.Env.Answers.Get(c.key)
			assert.Check(t, got.Value == c.want && got.From == c.from,
				"answer %+v, want %q from %s", got, c.want, c.from)
			assert.Check(t, is.Contains(out.String(), c.says), out)
		})
	}
}

func TestAskEnds(t *testing.T) {
	t.Parallel()
	g, _ := guideOf("back\n")
	assert.Check(t, is.ErrorIs(g.ask(t.Context(), question(t, guide.AppName), "1 of 1"), errBack), "back")
	assert.Check(t, is.ErrorIs(g.ask(t.Context(), question(t, guide.AppName), "1 of 1"), errEnded), "the end of the input")
	g, _ = guideOf(strings.Repeat("x", maxLine+1) + "\n")
	assert.Check(t, is.ErrorIs(g.ask(t.Context(), question(t, guide.AppName), "1 of 1"), errTooLong), "a long line")
}

func TestSecretIsHidden(t *testing.T) {
	t.Parallel()
	g, out := guideOf("canary-7431\n\n")
	q := question(t, guide.OktaToken)
	for range 2 { // the second time Enter keeps it
		assert.NilError(t, g.ask(t.Context(), q, "1 of 1"))
	}
	assert.Check(t, is.Equal(g.Env.Answers.Secret(guide.OktaToken).Reveal(), "canary-7431"), "the secret became")
	if strings.Contains(out.String(), "canary") || !strings.Contains(out.String(), "[hidden (you)] > ") {
		t.Error(out.String())
	}
}

func TestInputEndsWithContext(t *testing.T) {
	t.Parallel()
	r, w := io.Pipe()
	defer func() { _ = w.Close() }()
	why := errors.New("over")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(why)
	_, err := newInput(r).line(ctx)
	assert.Check(t, is.ErrorIs(err, why))
}

func TestFix(t *testing.T) {
	t.Parallel()
	g, _ := guideOf("")
	g.Fixed = []guide.Key{guide.OktaOrg, guide.OktaToken}
	last := len(g.stops) - 1
	for key, want := range map[guide.Key]guide.Key{
		guide.AppName:   guide.AppName,
		guide.OktaOrg:   guide.SnippetFile, // fixed: the last question before the end instead
		guide.OktaToken: guide.OktaToken,   // fixed, and typed again all the same
		"":              guide.SnippetFile,
	} {
		assert.Check(t, is.Equal(g.stops[g.stopToEdit(last, key)].question.Key, want), "%q", key)
	}
}

// TestUnknownNameIsAskedAgain: a typed name that doesn't exist is asked for again, one from a flag isn't.
func TestUnknownNameIsAskedAgain(t *testing.T) {
	t.Parallel()
	unknown := &explain.Error{Class: explain.ClassUsage, Question: guide.AppName, Problem: "Okta has no app \"x\".", Fix: "Enter its exact name."}
	for from, again := range map[guide.Source]bool{guide.FromUser: true, guide.FromFlag: false} {
		g, out := guideOf("q\n")
		g.section = guide.SectionOkta
		assert.NilError(t, g.Env.Answers.Set(guide.AppName, from, "x"))
		at, err := g.handleError(t.Context(), 9, unknown)
		assert.Check(t, is.Equal(err == nil, again), "%v: %v", from, err)
		if again {
			assert.Check(t, is.Equal(g.stops[at].question.Key, guide.AppName))
			assert.Check(t, is.Equal(out.String(), "! note Okta has no app \"x\". Enter its exact name.\n"))
			assert.Check(t, g.Env.Answers.Value(guide.AppName) != "x", "the name is offered again")
		}
	}
}

func TestErrorOffersActions(t *testing.T) {
	t.Parallel()
	cut := &explain.Error{Problem: "The answer was cut off.", Class: explain.ClassNetwork, Err: io.EOF}
	for _, c := range []struct {
		name, in string
		err      error
		ends     bool
		says     string
	}{
		{"a service's end is not the input's", "r\n", cut, false, "r retry, e edit the answer, q quit > "},
		{"left", "q\n", cut, true, "r retry"},
		{"the input ends at the menu", "", cut, true, "r retry"},
		{"the input ended before", "", noMoreInput(question(t, guide.AppName)), true, ""},
	} {
		g, out := guideOf(c.in)
		at, err := g.handleError(t.Context(), 3, c.err)
		assert.Check(t, at == 3 && (err != nil) == c.ends && (!c.ends || errors.Is(err, c.err)),
			"%s: on from %d, %v", c.name, at, err)
		assert.Check(t, strings.Contains(out.String(), c.says) && (c.says != "" || out.Len() <= 0),
			"%s: no %q in:\n%s", c.name, c.says, out)
	}
}

// TestManualSetupAfterError lists the manual setup of the section, and asks for what the user set up there.
func TestManualSetupAfterError(t *testing.T) {
	t.Parallel()
	g, out := guideOf("m\n")
	at, err := g.handleError(t.Context(), 3, &explain.Error{Problem: "It was refused.", Class: explain.ClassFault, Section: guide.SectionIntegration})
	assert.NilError(t, err)
	assert.Check(t, is.Equal(g.stops[at].question.Key, guide.IntegrationName))
	assert.Check(t, g.Env.Answers.Manual(guide.SectionIntegration))
	assert.Check(t, is.Contains(out.String(), "r retry, e edit the answer, m manual setup, q quit > "))
	assert.Check(t, is.Contains(out.String(), "Integration, manual setup:"))
}
