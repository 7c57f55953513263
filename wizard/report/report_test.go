package report_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/report"
)

func TestProgress(t *testing.T) {
	t.Parallel()
	app := engine.Change{Verb: engine.Create, Kind: "app integration", Name: "Chat", ID: "0oa1"}
	deployment := engine.Change{Verb: engine.Create, Kind: "deployment", Name: "Web SSO"}
	waiting := engine.Event{Phase: engine.Waiting, Change: deployment, Text: "Active", Elapsed: time.Second, Limit: 2 * time.Minute}
	paused := engine.Event{Phase: engine.Paused, Text: "Another run may be under way.", Limit: 90 * time.Second}
	var out bytes.Buffer
	p := report.NewProgress(&out, report.NewMarks(false, true))
	for _, e := range []engine.Event{
		{Phase: engine.Working, Change: app},
		{Phase: engine.Finished, Change: app, Elapsed: 440 * time.Millisecond},
		waiting, waiting, waiting, paused, paused,
		{Phase: engine.Finished, Change: app, Elapsed: 5 * time.Second, Text: "Okta didn't confirm it."},
		{Phase: engine.Failed, Change: deployment, Elapsed: time.Minute},
	} {
		p.Event(e)
	}
	p.Pause("Okta: rate limit, 42s", 42*time.Second)
	want := `✓ app integration  Chat  0oa1  0.4 s
… deployment  waiting for Active (limit 120 s)
… Another run may be under way. (limit 90 s)
✓ app integration  Chat  0oa1  5.0 s  recovered
✗ deployment  Web SSO  1 min 0 s
… Okta: rate limit, 42s
`
	assert.Check(t, is.DeepEqual(out.String(), want))
}

func TestPlan(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	report.Plan(&out, report.NewMarks(true, false), setup.Plan{Plan: engine.Plan{Changes: []engine.Change{
		{Verb: engine.Create, Kind: "app integration", Name: "Chat", Why: "OIDC web application"},
		{Verb: engine.Update, Kind: "state", Name: "Disabled → Active"},
		{Verb: engine.Reuse, Kind: "deployment", Name: "Web SSO", ID: "d1"},
	}}})
	want := `Planned changes:
  + new app integration  Chat  OIDC web application
  ~ change state  Inactive → Active
  = already set deployment  Web SSO  d1
`
	assert.Check(t, is.DeepEqual(out.String(), want))
}

// TestPartialPlanSaysSo: before the Genesys Cloud sign-in the plan is not of everything, which is said first.
func TestPartialPlanSaysSo(t *testing.T) {
	t.Parallel()
	region, _ := guide.QuestionFor(guide.GenesysRegion)
	for want, lacks := range map[string][]guide.Question{"Sign in to Genesys Cloud first.": nil, "Required first: Region.": {region}} {
		var out bytes.Buffer
		report.Plan(&out, report.NewMarks(true, false), setup.Plan{
			Plan:  engine.Plan{Changes: []engine.Change{{Verb: engine.Create, Kind: "app integration", Name: "Chat"}}},
			Open:  []guide.SectionID{guide.SectionIntegration, guide.SectionDeployment},
			Lacks: lacks,
		})
		assert.Check(t, is.DeepEqual(out.String(), "Planned changes so far:\n  ! note Not planned yet: Integration, Messenger deployment. "+want+"\n  + new app integration  Chat\n"))
	}
}

func TestExplain(t *testing.T) {
	t.Parallel()
	problem := &explain.Error{Problem: "P.", Fix: "F.", DocURL: "https://d.test", RequestID: "r1", Class: explain.ClassPermission}
	for _, c := range []struct {
		err  error
		want setup.ResultError
	}{
		{problem, setup.ResultError{Problem: "P.", Fix: "F. See https://d.test", RequestID: "r1", ExitCode: 4}},
		{fmt.Errorf("wrapped: %w", report.Interrupted{Signal: syscall.SIGTERM}), setup.ResultError{
			Problem: "A signal ended the run (terminated).",
			Fix:     "Run the wizard again at any time. It creates only what is missing.", ExitCode: 143,
		}},
		{errors.New("odd"), setup.ResultError{Problem: "odd", ExitCode: 1}},
		{report.ErrQuit, setup.ResultError{
			Problem: "You quit before the setup was done.",
			Fix:     "Run the wizard again at any time. It creates only what is missing.", ExitCode: 130,
		}},
		{context.DeadlineExceeded, setup.ResultError{Problem: "context deadline exceeded", ExitCode: 1}},
	} {
		assert.Check(t, is.DeepEqual(report.Explain(c.err), c.want), c.err)
	}
}

func TestSummary(t *testing.T) {
	t.Parallel()
	r := setup.Result{
		Changes: []setup.ResultChange{
			{Verb: engine.Create, Kind: "app integration", Name: "Chat", ID: "0oa1"},
			{Verb: engine.Update, Kind: "configuration", Name: "Main", ID: "c1"},
			{Verb: engine.Create, Kind: "deployment", Name: "Web SSO", ID: "d1"},
		},
		Warnings: []string{"The public file lags behind."}, Calls: services.Calls{Okta: 3, Genesys: 4, Writes: 3}, ElapsedMS: 1234,
		Rollout: &setup.Rollout{LiveID: "d0", LiveName: "Main website", Live: "2", Before: "1", TestID: "d1", TestName: "Main website (test)", Tried: "2"},
	}
	var out bytes.Buffer
	report.Made(&out, report.NewMarks(false, true), r)
	report.After(&out, report.NewMarks(false, true), r, report.Ending{Saved: "s.html", Token: true, Undo: "msgsso-wizard undo 1", Journal: "/s/1.json"})
	want := `✓ Okta sign-in is set up: 1.2 s, 7 API calls, 3 writes.
  + app integration  Chat  0oa1
  ~ configuration  Main  c1
  + deployment  Web SSO  d1
✓ Snippet saved in s.html.
! The public file lags behind.
! The live deployment "Main website" uses version 2. To go back: msgsso-wizard rollout --deployment d0 --to 1
! Its pages have its snippet already. Staging pages keep that of the test deployment "Main website (test)".
! Visitors can't sign in with the snippet alone. Add the page code: msgsso-wizard page
Revoke the credentials that the wizard no longer needs:
  API token     Okta: Security > API > Tokens
  OAuth client  Genesys Cloud: Menu > IT and Integrations > OAuth, or Admin > Integrations > OAuth
To undo this run: msgsso-wizard undo 1
  Run journal: /s/1.json
`
	assert.Check(t, is.DeepEqual(out.String(), want))
}

func TestTokenSummary(t *testing.T) {
	t.Parallel()
	const alone = "! Visitors can't sign in with the snippet alone. Add the page code: msgsso-wizard page\n"
	const client = `Revoke the credentials that the wizard no longer needs:
  OAuth client  Genesys Cloud: Menu > IT and Integrations > OAuth, or Admin > Integrations > OAuth
`
	for want, ending := range map[string]report.Ending{
		"✓ API token revoked.\n" + alone + client: {Revoked: true},
		alone + client: {},
		alone + "This was a demo. Nothing above exists.\n": {Demo: true, Token: true},
	} {
		var out bytes.Buffer
		report.After(&out, report.NewMarks(false, true), setup.Result{}, ending)
		assert.Check(t, is.DeepEqual(out.String(), want), "%+v", ending)
	}
}

func TestJSONKeepsSnippetReadable(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	assert.NilError(t, report.JSON(&out, setup.Result{Snippet: "<script>a && b</script>"}))
	assert.Check(t, is.Contains(out.String(), `"snippet": "<script>a && b</script>"`))
}

func TestUTF8(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		env  map[string]string
		want bool
	}{
		{nil, false},
		{map[string]string{"OS": "windows"}, true},
		{map[string]string{"OS": "windows", "LANG": "C"}, false},
		{map[string]string{"LANG": "de_DE.UTF-8"}, true},
		{map[string]string{"LANG": "de_DE.utf8"}, true},
		{map[string]string{"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, false},
		{map[string]string{"LANG": "C", "LC_CTYPE": "en_US.UTF-8"}, true},
		{map[string]string{"LANG": "en_US.ISO-8859-1"}, false},
	} {
		got := report.UTF8(func(name string) (string, bool) { v, ok := c.env[name]; return v, ok }, c.env["OS"])
		assert.Check(t, is.Equal(got, c.want), c.env)
	}
}

// TestLongWaitsAreReported lets two things take their time, one of them within the other.
func TestLongWaitsAreReported(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		p := report.NewProgress(&out, report.NewMarks(false, true))
		app := engine.Change{Verb: engine.Create, Kind: "app integration", Name: "Chat"}
		done := p.Busy("Okta and Genesys Cloud")
		time.Sleep(65 * time.Second)
		p.Event(engine.Event{Phase: engine.Working, Change: app})
		time.Sleep(29 * time.Second)
		p.Event(engine.Event{Phase: engine.Finished, Change: app, Elapsed: 29 * time.Second})
		p.Event(engine.Event{Phase: engine.Working, Change: app})
		time.Sleep(31 * time.Second)
		p.Event(engine.Event{Phase: engine.Failed, Change: app, Elapsed: 31 * time.Second})
		done()
		time.Sleep(time.Hour)
		synctest.Wait()
		want := `… still waiting for Okta and Genesys Cloud, 30 s
… still waiting for Okta and Genesys Cloud, 60 s
✓ app integration  Chat  29.0 s
… still waiting for app integration Chat, 30 s
✗ app integration  Chat  31.0 s
`
		assert.Check(t, is.DeepEqual(out.String(), want))
	})
}

// TestWaitsNameTheWordOnce: a mark in words and a text that says the same don't repeat it.
func TestWaitsNameTheWordOnce(t *testing.T) {
	t.Parallel()
	for marks, want := range map[report.Marks]string{
		report.NewMarks(true, true):   "… waiting for sign-ins\n… waiting checking the app\n",
		report.NewMarks(true, false):  "waiting for sign-ins\nwaiting checking the app\n",
		report.NewMarks(false, true):  "… waiting for sign-ins\n… checking the app\n",
		report.NewMarks(false, false): "... waiting for sign-ins\n... checking the app\n",
	} {
		var out bytes.Buffer
		p := report.NewProgress(&out, marks)
		p.Event(engine.Event{Phase: engine.Paused, Text: "waiting for sign-ins"})
		p.Pause("checking the app", 0)
		assert.Check(t, is.Equal(out.String(), want))
	}
}

// TestNoticesAreNotDone: a notice is what the wizard found, so the mark of what it did doesn't fit.
func TestNoticesAreNotDone(t *testing.T) {
	t.Parallel()
	notices := []engine.Notice{{OK: true, Text: "Signed in to Acme."}, {Text: "No flow is set."}}
	for marks, want := range map[report.Marks]string{
		report.NewMarks(true, true):   "✓ checked Signed in to Acme.\n! note No flow is set.\n",
		report.NewMarks(true, false):  "checked Signed in to Acme.\n! note No flow is set.\n",
		report.NewMarks(false, true):  "✓ Signed in to Acme.\n! No flow is set.\n",
		report.NewMarks(false, false): "ok Signed in to Acme.\n! No flow is set.\n",
	} {
		var out bytes.Buffer
		report.Notices(&out, marks, notices)
		assert.Check(t, is.Equal(out.String(), want))
	}
}

func TestPrerequisites(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	report.Prerequisites(&out, report.NewMarks(true, true), []guide.Checked{
		{Prerequisite: guide.Prerequisite{Title: "An Okta org", How: "Sign up.", URL: "https://o.test"}, State: guide.Met, Said: "acme.okta.com answers"},
		{Prerequisite: guide.Prerequisite{Title: "An OAuth client", How: "Add one.", URL: "https://g.test"}, State: guide.Open, Said: "asked for later"},
		{Prerequisite: guide.Prerequisite{Title: "A role", How: "Ask.", URL: "https://r.test"}, State: guide.Unmet, Said: "It lacks view.", Fix: "Add it."},
	})
	want := `Prerequisites:
  ✓ passed An Okta org  acme.okta.com answers
  ! note An OAuth client  Add one.
    https://g.test
  ✗ failed A role  It lacks view.  Add it.
`
	assert.Check(t, is.DeepEqual(out.String(), want))
}

func TestWrap(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"fits", "Everything fits here\n", "Everything fits here\n"},
		{"exactly", "12345678901234567890\nx", "12345678901234567890\nx"},
		{"prose", "This line is far too long for it.\n", "This line is far too\nlong for it.\n"},
		{"the text stands beside its mark", "✗ Genesys Cloud does not answer.\n", "✗ Genesys Cloud does\n  not answer.\n"},
		{"an indent is kept", "  Run the wizard again when you like.\n", "  Run the wizard\n  again when you\n  like.\n"},
		{"a number in a list", "  12 Everyone\n  1  Everyone in the org\n", "  12 Everyone\n  1  Everyone in the\n     org\n"},
		{"columns", "  + deployment  Web SSO  d1\n", "  + deployment  Web\n    SSO  d1\n"},
		{"an address stays whole", "See https://acme.okta.com/activate now\n", "See\nhttps://acme.okta.com/activate\nnow\n"},
		{"an address after its indent", "  https://acme.okta.com/activate\n", "  https://acme.okta.com/activate\n"},
		{"an endless word", "  1  ab" + strings.Repeat("x", 40) + " cd\n", "  1  abxxxxxxxxxxxxx\n     xxxxxxxxxxxxxxx\n     xxxxxxxxxxxx cd\n"},
		{"an endless word after another", "Okta has xxxxxxxxxxxxxxxxxxxxxxxxx\n", "Okta has xxxxxxxxxxx\nxxxxxxxxxxxxxx\n"},
		{"endless wide signs", "日本語日本語日本語日本語 x\n", "日本語日本語日本語日\n本語 x\n"},
		{"no room for the break", "                   xxx\n", "                   xxx\n"},
		{"a prompt keeps its blank", "Apply these changes? [Y/n/edit/back/manual] ", "Apply these changes?\n[Y/n/edit/back/manual] "},
		{"wide signs count twice", "日本語 日本語 日本語 日本語\n", "日本語 日本語 日本語\n日本語\n"},
		{"an empty line", "\n\n", "\n\n"},
	} {
		var out bytes.Buffer
		n, err := io.WriteString(report.Wrap(&out, func() int { return 20 }), c.text)
		assert.Check(t, n == len(c.text) && err == nil, "%s: wrote %d, %v", c.name, n, err)
		assert.Check(t, is.DeepEqual(out.String(), c.want), c.name)
	}
	var out bytes.Buffer
	long := strings.Repeat("word ", 100)
	_, _ = io.WriteString(report.Wrap(&out, func() int { return 0 }), long)
	assert.Check(t, is.Equal(out.String(), long), "wrapped without a terminal")
}
