package plain

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/report"
	"msgsso-wizard/wizard/verify"
)

// bench comes to one result and one report after the other; the last stays.
type bench struct {
	verify.Verifier

	results  []signintest.Result
	reports  []*doctor.Report
	plan     setup.Plan
	err      error
	tested   int
	examined int
	fixed    []signintest.Fix
	users    []string // that the plans name
	did      int
	site     string
}

func (b *bench) Code(context.Context) (verify.Code, error) {
	return verify.Code{Plugin: "<script>plugin</script>\n", Complete: "<!doctype html>\n"}, b.err
}

func (b *bench) Test(_ context.Context, front signintest.Front) (signintest.Result, error) {
	if b.err != nil {
		return signintest.Result{}, b.err
	}
	front.Open(signintest.Address{URL: "http://localhost:8080/?start=k", Forward: "ssh -L 8080:localhost:8080"})
	front.Line(signintest.Line{Text: "the browser comes back"})
	front.Line(signintest.Line{State: signintest.Passed, Text: "the browser comes back", Detail: "alice@acme.test"})
	b.tested++
	return b.results[min(b.tested, len(b.results))-1], nil
}

func (b *bench) Examine(_ context.Context, site string) (*doctor.Report, error) {
	b.site = site
	b.examined++
	return b.reports[min(b.examined, len(b.reports))-1], b.err
}

func (b *bench) PlanFix(_ context.Context, user string, fixes ...signintest.Fix) (setup.Plan, error) {
	b.users = append(b.users, user)
	if user == "nobody" {
		return b.plan, &explain.Error{Class: explain.ClassUsage, Step: guide.StepAssignUser, Problem: "Okta has no user with the login nobody."}
	}
	b.fixed = append(b.fixed, fixes...)
	return b.plan, nil
}

func (b *bench) Fix(_ context.Context, _ setup.Plan, stop *engine.Stop) error {
	if stop.Stopped() {
		return engine.ErrStopped
	}
	b.did++
	return nil
}

var (
	passed     = signintest.Result{OK: true}
	refused    = signintest.Result{AutoFix: signintest.FixCredential, Problem: &explain.Error{Class: explain.ClassTest, Problem: "The stored secret is old.", Fix: "Send it again."}}
	unassigned = signintest.Result{AutoFix: signintest.FixAssignUser, User: "alice@acme.test", Problem: &explain.Error{Class: explain.ClassTest, Problem: "alice@acme.test isn't assigned to the app integration."}}
	healthy    = &doctor.Report{Findings: []doctor.Finding{{Area: doctor.AreaDeployment, What: "It is Active."}}}
	broken     = &doctor.Report{Findings: []doctor.Finding{{Area: doctor.AreaApp, State: doctor.Fail, What: "It is inactive.", AutoFix: signintest.FixActivateApp}}}
	warning    = setup.Plan{Plan: engine.Plan{Changes: writing.Changes, Notices: []engine.Notice{{OK: true, Text: "All is well."}, {Text: "It is live."}}}}
	writing    = setup.Plan{Plan: engine.Plan{Changes: []engine.Change{{Verb: engine.Update, Kind: guide.KindCredential, Name: "client 0oa1"}}}}
)

func TestOffer(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, in          string
		bench             bench
		tested, examined  int
		did               int
		says, code, never string
	}{
		{"Enter continues", "\nd\n", bench{}, 0, 0, 0, "t sign-in test", "", "passed"},
		{"the end of the input continues", "", bench{}, 0, 0, 0, "", "", "failed"},
		{"the plugin, printed", "p\n\n\n\n", bench{}, 0, 0, 0, "", "<script>plugin</script>\n", ""},
		{"a whole page, printed", "p\nw\n\n\n", bench{}, 0, 0, 0, "", "<!doctype html>\n", ""},
		{"the page code cannot be written", "p\n\n", bench{err: errors.New("no redirect URI")}, 0, 0, 0, "✗ failed no redirect URI", "", ""},
		{"a test passes", "t\n\n", bench{results: []signintest.Result{passed}}, 1, 0, 0, "✓ passed the browser comes back  alice@acme.test", "", "… waiting"},
		{"a test is refused", "t\n\n\n", bench{results: []signintest.Result{refused}, plan: writing}, 1, 0, 0, "The stored secret is old.", "", "Planned changes"},
		{"fixed and retested", "t\nf\n\n\n", bench{results: []signintest.Result{refused, passed}, plan: writing}, 2, 0, 1, "~ change credential  client 0oa1", "", ""},
		{"shown with what needs attention", "t\nf\nn\n\n", bench{results: []signintest.Result{refused}, plan: warning}, 1, 0, 0, "~ change credential  client 0oa1\n! note It is live.\n", "", "All is well"},
		{"shown and declined", "t\nf\nn\n\n", bench{results: []signintest.Result{refused}, plan: writing}, 1, 0, 0, "Apply these changes? [Y/n]", "", ""},
		{"assigned to the user whom Okta refused", "t\nf\n\n\n\n", bench{results: []signintest.Result{unassigned, passed}, plan: writing}, 2, 0, 1, "user to assign [alice@acme.test] > ", "", ""},
		{"assigned to another user", "t\nf\nnobody\nbob@acme.test\n\n\n", bench{results: []signintest.Result{unassigned, passed}, plan: writing}, 2, 0, 1, "! note Okta has no user with the login nobody.", "", ""},
		{"no user to assign", "t\nf\n\n\n", bench{results: []signintest.Result{{AutoFix: signintest.FixAssignUser, Problem: unassigned.Problem}}}, 1, 0, 0, "or Enter to cancel > ", "", "Apply"},
		{"not the wizard's to fix", "t\n\n", bench{results: []signintest.Result{{AutoFix: signintest.FixActivateApp, Problem: unassigned.Problem}}}, 1, 0, 0, "isn't assigned", "", "f fix"},
		{"nothing to change", "t\nf\n\n", bench{results: []signintest.Result{refused}}, 1, 0, 0, "The wizard can't fix this for you", "", "Apply"},
		{"doctor is content", "d\n\n\n", bench{reports: []*doctor.Report{healthy}}, 0, 1, 0, "✓ passed It is Active.", "", "f fix"},
		{"doctor fixes and checks again", "d\n\nf\n\n\n", bench{reports: []*doctor.Report{broken, healthy}, plan: writing}, 0, 2, 1, "✗ failed It is inactive.", "", ""},
		{"a test cannot begin", "t\n\n", bench{err: errors.New("port 8080 is taken")}, 0, 0, 0, "✗ failed port 8080 is taken", "", ""},
		{"the input ends on the way", "t\n", bench{results: []signintest.Result{refused}}, 1, 0, 0, "f fix and retest", "", "Planned changes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			g, out := guideOf(c.in)
			var code bytes.Buffer
			g.Code, g.Verifier = &code, func(string) verify.Verifier { return &c.bench }
			assert.NilError(t, g.offer(t.Context()))
			assert.Check(t, c.bench.tested == c.tested && c.bench.examined == c.examined && c.bench.did == c.did,
				"tested %d, checked %d, fixed %d times", c.bench.tested, c.bench.examined, c.bench.did)
			text := out.String()
			assert.Check(t, strings.Contains(text, c.says) && (c.never == "" || !strings.Contains(text, c.never)),
				"%q is missing, or %q is there:\n%s", c.says, c.never, text)
			assert.Check(t, is.Equal(code.String(), c.code))
		})
	}
}

// TestDoctorAsksForThePage: the page's URL is asked once. Enter checks no page.
func TestDoctorAsksForThePage(t *testing.T) {
	t.Parallel()
	for _, page := range []string{"", "https://shop.example.com/chat"} {
		g, out := guideOf("d\n" + page + "\nf\n\n\n")
		b := &bench{site: "of the last check", reports: []*doctor.Report{broken, healthy}, plan: writing}
		g.Verifier = func(string) verify.Verifier { return b }
		assert.NilError(t, g.offer(t.Context()))
		assert.Check(t, is.Equal(b.site, page), "page")
		assert.Check(t, is.Equal(b.examined, 2), "checks\n%s", out)
		assert.Check(t, is.Equal(strings.Count(out.String(), "Page URL"), 1), out)
	}
}

func TestSavePageCode(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "plugin.html")
	g, out := guideOf("\n" + file + "\n")
	assert.NilError(t, g.pageCode(t.Context(), &bench{}))
	got, err := os.ReadFile(file)
	assert.Check(t, err == nil && string(got) == "<script>plugin</script>\n", "saved %q, %v\n%s", got, err, out)
	assert.NilError(t, os.WriteFile(file, []byte("mine"), 0o600))
	g, _ = guideOf("\n" + file + "\n")
	if err := g.pageCode(t.Context(), &bench{}); err == nil || !strings.Contains(err.Error(), "already exists with other content") {
		t.Error(err)
	}
}

func TestSignInTestOpensBrowser(t *testing.T) {
	t.Parallel()
	opened := make(chan string, 1)
	g := New(Config{Env: &setup.Session{}, Out: new(bytes.Buffer), Open: func(address string) error {
		opened <- address
		return nil
	}})
	_, err := g.Test(t.Context(), &bench{results: []signintest.Result{passed}})
	assert.NilError(t, err)
	assert.Check(t, is.Equal(<-opened, "http://localhost:8080/?start=k"), "opened")
}

func TestFixWithYes(t *testing.T) {
	t.Parallel()
	b := &bench{plan: writing}
	out := new(bytes.Buffer)
	g := New(Config{Env: &setup.Session{}, Out: out, Marks: report.NewMarks(true, true)})
	done, err := g.Fix(t.Context(), b, false, "", true)
	assert.Check(t, done && err == nil && b.did == 1 && !strings.Contains(out.String(), "Apply these"),
		"done %t, %v\n%s", done, err, out)
}

// TestSlowTestIsReported: each running check is reported while it runs.
func TestSlowTestIsReported(t *testing.T) {
	t.Parallel()
	var shown []string
	g, _ := guideOf("")
	g.Busy = func(what string) func() {
		shown = append(shown, "begin "+what)
		return func() { shown = append(shown, "end "+what) }
	}
	_, err := g.Test(t.Context(), &cutOff{bench: bench{results: []signintest.Result{{OK: true}}}})
	assert.Check(t, err != nil, "no error")
	want := []string{`begin "the browser comes back"`, `end "the browser comes back"`, `begin "Okta issues an ID token"`, `end "Okta issues an ID token"`}
	assert.Check(t, slices.Equal(shown, want), "got %q, want %q", shown, want)
}

// cutOff is a bench whose test ends while a check is under way.
type cutOff struct{ bench }

func (b *cutOff) Test(ctx context.Context, front signintest.Front) (signintest.Result, error) {
	v, _ := b.bench.Test(ctx, front)
	front.Line(signintest.Line{Text: "Okta issues an ID token"})
	return v, errors.New("cut off")
}

// TestSlowPlanIsReported: the reads before a plan have no lines.
func TestSlowPlanIsReported(t *testing.T) {
	t.Parallel()
	under := 0
	g, _ := guideOf("")
	g.Busy = func(what string) func() {
		assert.Check(t, is.Equal(what, bothServices), "awaits")
		under++
		return func() { under += 10 }
	}
	_ = g.planSection(t.Context(), guide.SectionOkta)
	assert.Check(t, is.Equal(under, 11), "it was begun and ended")
}

// TestStoppedFix: a stopped fix stops neither the next one nor an undo.
func TestStoppedFix(t *testing.T) {
	t.Parallel()
	b, u := &bench{results: []signintest.Result{refused}, plan: writing}, &undoer{}
	g, out := guideOf("t\nf\n\nt\nf\n\n\nu\nWeb SSO\n")
	g.Verifier, g.Undo = func(string) verify.Verifier { return b }, u
	pressed := false
	g.Gently = func(stop func()) func() {
		if !pressed { // ctrl+c comes before the first repair begins
			stop()
		}
		pressed = true
		return func() {}
	}
	err := g.offer(t.Context())
	assert.Check(t, errors.Is(err, report.ErrUndone) && b.did == 1 && u.applied == 1,
		"%v, fixed %d times, undone %d times\n%s", err, b.did, u.applied, out)
	assert.Check(t, is.Equal(strings.Count(out.String(), engine.ErrStopped.Error()), 1), out)
}

func TestNoticesAreWrittenOnce(t *testing.T) {
	t.Parallel()
	g, out := guideOf("")
	known := engine.Notice{Text: "The app asks for two factors."}
	g.notices([]engine.Notice{known})
	out.Reset()
	g.untold(setup.Plan{Plan: engine.Plan{Notices: []engine.Notice{known, {OK: true, Text: "All is well."}, {Text: "It is live."}}}})
	assert.Check(t, is.Equal(out.String(), "! note It is live.\n"), "%q", out)
}
