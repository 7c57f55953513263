package plain

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/engine"
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

// TestSignalAfterEndOfInput: on Windows, Ctrl+C ends the read of a console before its signal comes.
func TestSignalAfterEndOfInput(t *testing.T) {
	t.Parallel()
	stopped := errors.New("stopped")
	for signal, want := range map[bool]error{true: stopped, false: io.EOF} {
		synctest.Test(t, func(t *testing.T) {
			in := newInput(strings.NewReader(""))
			in.fd = 0 // as of a terminal
			ctx, cancel := context.WithCancelCause(t.Context())
			defer cancel(nil)
			if signal {
				time.AfterFunc(signalWait/2, func() { cancel(stopped) })
			}
			_, err := in.line(ctx)
			assert.Check(t, is.ErrorIs(err, want))
		})
	}
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

func TestTourWaitsForEnter(t *testing.T) {
	t.Parallel()
	for _, s := range guide.Sections() {
		g, out := guideOf("\n")
		g.Tour = true
		assert.NilError(t, g.narrate(t.Context(), guide.TourPlan, s.ID))
		assert.Check(t, is.Contains(out.String(), guide.Narration(guide.TourPlan, s.ID)))
		assert.Check(t, strings.HasSuffix(strings.TrimSuffix(out.String(), "\n"), "Press Enter to continue. "), out)
		assert.Check(t, errors.Is(g.narrate(t.Context(), guide.TourPlan, s.ID), errEnded), "the input ended")
	}
	g, out := guideOf("")
	assert.NilError(t, g.narrate(t.Context(), guide.TourPlan, guide.SectionOkta))
	assert.Check(t, is.Equal(out.String(), ""), "without the tour")
}

// TestFoundValuesAreShown: once an app is named, its values stand where no answer was given, and are not taken for answers.
func TestFoundValuesAreShown(t *testing.T) {
	t.Parallel()
	const page = "https://www.example.com/support"
	sim := simtest.Start(t, simulator.Options{})
	session := func() *setup.Session {
		network, answers := services.New(), guide.NewAnswers()
		t.Cleanup(network.Close)
		assert.NilError(t, answers.FromEnvironment(simtest.Lookup(sim)))
		return &setup.Session{Answers: answers, Dial: network, Poll: time.Millisecond}
	}
	first := session()
	for key, value := range map[guide.Key]string{
		guide.AppName: "Shop chat", guide.GrantTypes: "authorization_code", guide.RedirectURIs: page,
		guide.Assign: guide.AssignSelected, guide.AssignGroups: "Web customers",
	} {
		assert.NilError(t, first.Answers.Set(key, guide.FromUser, value))
	}
	plan, err := first.Plan(t.Context())
	if err == nil {
		err = first.Apply(t.Context(), plan, engine.NewStop())
	}
	assert.NilError(t, err)

	g, out := guideOf("Shop chat\n\n\n\n\n\n")
	g.Env = session()
	for _, key := range []guide.Key{guide.AppName, guide.GrantTypes, guide.RedirectURIs, guide.LogoutURIs, guide.Assign, guide.AssignGroups} {
		assert.NilError(t, g.put(t.Context(), question(t, key)))
		if from := g.Env.Answers.Get(key).From; key != guide.AppName && from > guide.FromDefault {
			t.Errorf("%s was taken for an answer from %s", key, from)
		}
	}
	g.review()
	for _, want := range []string{
		"[authorization_code (found)] > ", "[" + page + " (found)] > ", "[groups (found)] > ", "[Web customers (found)] > ",
		"Grant types: authorization_code (found)", "Sign-in redirect URIs: " + page + " (found)", "Assignment: groups (found)",
		"Groups: Web customers (found)", "Allowed domains: www.example.com (default)",
	} {
		assert.Check(t, is.Contains(out.String(), want))
	}
}

const pem = "-----BEGIN PRIVATE KEY-----\ncanary-1\ncanary-2\n-----END PRIVATE KEY-----"

func TestReadBlock(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, keys, want string
		err              error
	}{
		{"PEM", strings.ReplaceAll(pem, "\n", "\r") + "\rrest\r", pem, nil},
		{"PEM in quotes", "\ufeff\"" + pem + "\"\rrest\r", "\ufeff\"" + pem + "\"", nil},
		{"JSON in quotes", "'{\r\"kty\": \"RSA\"\r}'\rrest\r", "'{\n\"kty\": \"RSA\"\n}'", nil},
		{"JSON on one line", `{"kty":"RSA"}` + "\r", `{"kty":"RSA"}`, nil},
		{"JSON on several", "{\r\"kty\": \"RSA\"\r}\r", "{\n\"kty\": \"RSA\"\n}", nil},
		{"one line", "abc\n", "abc", nil},
		{"corrected", "abx\x7fc\r", "abc", nil},
		{"nothing", "\r", "", nil},
		{"broken off", "{\r\r", "{", nil},
		{"ctrl+c", "{\r\x03", "", report.Interrupted{Signal: syscall.SIGINT}},
		{"ctrl+d", "\x04", "", io.EOF},
		{"the end", "{\r", "", io.EOF},
		{"endless", strings.Repeat("x", maxLine+2), "", errTooLong},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := readBlock(strings.NewReader(c.keys))
			assert.Check(t, got == c.want && errors.Is(err, c.err), "got %q, %v", got, err)
		})
	}
}

func TestPastedBlock(t *testing.T) {
	t.Parallel()
	in := newInput(strings.NewReader(pem + "\nnext\n{\n\nlast\n"))
	for _, want := range []string{pem, "next", "{", "last"} {
		got, err := in.block(t.Context())
		assert.Check(t, err == nil && got == want, "got %q, %v, want %q", got, err, want)
	}
}
