package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
)

func TestModeWithoutTerminal(t *testing.T) {
	t.Parallel()
	p := &Program{In: new(bytes.Buffer), Out: new(bytes.Buffer), Lookup: lookup(nil)}
	for _, c := range []struct {
		name string
		o    options
		want mode
	}{
		{"nothing said", options{}, unattended},
		{"--no-input", options{noInput: true}, unattended},
		{"--accessible", options{accessible: true}, lines},
		{"both", options{noInput: true, accessible: true}, unattended},
	} {
		assert.Check(t, is.Equal(p.mode(&c.o), c.want), "%s: mode", c.name)
	}
}

func TestModeOnTerminals(t *testing.T) {
	t.Parallel()
	full := console{system: "linux", name: "xterm", in: true, out: true, width: 80, sequences: true}
	for name, c := range map[string]struct {
		change func(*console)
		want   mode
	}{
		"full":                          {func(*console) {}, screen},
		"macOS":                         {func(c *console) { c.system = "darwin" }, screen},
		"no TERM":                       {func(c *console) { c.name = "" }, lines},
		"no TERM on macOS":              {func(c *console) { c.system, c.name = "darwin", "" }, lines},
		"Windows, which has no TERM":    {func(c *console) { c.system, c.name = "windows", "" }, screen},
		"Windows in legacy mode":        {func(c *console) { c.system, c.name, c.sequences = "windows", "", false }, lines},
		"an editor's shell on Windows":  {func(c *console) { c.system, c.name = "windows", "dumb" }, lines},
		"ACCESSIBLE":                    {func(c *console) { c.accessible = true }, lines},
		"unknown size":                  {func(c *console) { c.width = 0 }, lines},
		"output to a file":              {func(c *console) { c.out, c.width, c.sequences = false, 0, false }, lines},
		"input from a file or mintty's": {func(c *console) { c.in, c.sequences = false, false }, unattended},
	} {
		on := full
		c.change(&on)
		assert.Check(t, is.Equal(new(options).modeOn(on), c.want), name)
	}
	assert.Check(t, is.Equal((&options{dryRun: true}).modeOn(full), lines))
}

// TestReadingTimeIsNotCounted: only a run without a user takes as long as the program.
// TestReaderStopsEarly: what a reader no longer takes is no error, by whatever number the system calls it.
func TestReaderStopsEarly(t *testing.T) {
	t.Parallel()
	from, to, err := os.Pipe()
	assert.NilError(t, err)
	defer to.Close() //nolint:errcheck // nobody reads it
	assert.NilError(t, from.Close())
	_, err = ignoreEPIPE(to).Write([]byte("line\n"))
	assert.NilError(t, err)
	for _, c := range []struct {
		errno  syscall.Errno
		system string
		left   bool
	}{{syscall.EPIPE, "linux", true}, {232, "windows", true}, {109, "windows", true}, {112, "windows", false}, {109, "darwin", false}} {
		assert.Check(t, is.Equal(readerLeft(&fs.PathError{Err: c.errno}, c.system), c.left), "%d on %s", c.errno, c.system)
	}
}

func TestReadingTimeIsNotCounted(t *testing.T) {
	t.Parallel()
	for mode, counts := range map[mode]bool{unattended: true, lines: false, screen: false} {
		r := run{mode: mode, env: new(setup.Session), begun: time.Now().Add(-time.Hour)}
		assert.Check(t, is.Equal(r.elapsed() >= time.Hour, counts), "mode %v", mode)
	}
}

// TestColorFlagSpellings: the help shows the American one, and scripts keep the other.
func TestColorFlagSpellings(t *testing.T) {
	t.Parallel()
	c := registerFault(new(cobra.Command), []Fault{{Name: "wrong-token"}, {Name: "no-licence"}})
	assert.Check(t, is.Equal(c.Type(), "wrong-token|no-license"))
	for _, word := range []string{"no-license", "no-licence"} {
		assert.NilError(t, c.Set(word))
		assert.Check(t, is.Equal(c.word, "no-licence"), word)
	}
	assert.Error(t, c.Set("nothing"), "takes wrong-token or no-license")

	method, _ := guide.QuestionFor(guide.OktaSignIn)
	assert.Check(t, is.Equal(valueWord(method), "token|device|key|manual|file"))
}

func TestReducedMotion(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		o       options
		environ map[string]string
		want    bool
	}{
		{options{}, nil, false},
		{options{noMotion: true}, nil, true},
		{options{}, map[string]string{"MSGSSO_REDUCED_MOTION": "1"}, true},
		{options{}, map[string]string{"MSGSSO_REDUCED_MOTION": ""}, false},
	} {
		p := &Program{Lookup: lookup(c.environ)}
		assert.Check(t, is.Equal(p.still(&c.o), c.want), "%+v, %v", c.o, c.environ)
	}
}

// TestEveryQuestionHasFlag holds the flags to the guide, and secrets away from them.
func TestEveryQuestionHasFlag(t *testing.T) {
	t.Parallel()
	root := (&Program{Lookup: lookup(nil)}).root()
	demo, _, err := root.Find([]string{"demo"})
	assert.NilError(t, err)
	for _, q := range guide.Questions("") {
		assert.Check(t, q.Kind != guide.Hidden || q.Flag == "", "%s is a secret and has a flag", q.Key)
		if q.Flag == "" {
			continue
		}
		f := root.Flags().Lookup(q.Flag)
		assert.Assert(t, f != nil, "no flag --%s", q.Flag)
		for _, name := range q.Env {
			assert.Check(t, is.Contains(f.Usage, name), "the help of --%s does not name", q.Flag)
		}
		// Whose orgs, and how to sign in to them: in a demo that is the simulator's.
		if fixed := slices.Contains(connection, q.Key); fixed == (demo.Flags().Lookup(q.Flag) != nil) {
			t.Errorf("--%s of the demo: %v", q.Flag, !fixed)
		}
	}
	root.Flags().VisitAll(func(f *pflag.Flag) {
		_, secret := guide.SecretNamed(f.Name)
		assert.Check(t, !secret, "--%s is a flag", f.Name)
	})
}

func TestFlagsAnswer(t *testing.T) {
	t.Parallel()
	o := newOptions()
	root := (&Program{Lookup: lookup(nil)}).root()
	root.ResetFlags()
	o.register(root, nil)
	err := root.ParseFlags([]string{"--app-name", "one", "--app-name", "two", "--redirect-uri", "https://a.test/", "--redirect-uri", "https://b.test/", "--output", "json"})
	assert.NilError(t, err)
	a := guide.NewAnswers()
	assert.NilError(t, o.answer(a))
	got := a.Get(guide.AppName)
	assert.Check(t, got.Value == "two" && got.From == guide.FromFlag, "app name %+v", got)
	assert.Check(t, is.Equal(strings.Join(a.Get(guide.RedirectURIs).Values, " "), "https://a.test/ https://b.test/"),
		"redirect URIs")
	if got := a.Get(guide.DeploymentName); got.From != guide.FromDefault {
		t.Errorf("deployment %+v", got)
	}
}

func TestDemoIgnoresOtherVariables(t *testing.T) {
	t.Parallel()
	p := &Program{Lookup: func(string) (string, bool) { return "set", true }}
	for name, want := range map[string]bool{
		"OKTA_CLIENT_TOKEN": false, "OKTA_CLIENT_ORGURL": false, "OKTA_ORG_NAME": false, "GENESYSCLOUD_REGION": false,
		"GENESYSCLOUD_OAUTHCLIENT_SECRET": false, "MSGSSO_OKTA_ORG": false, "MSGSSO_GENESYS_REGION": false, "MSGSSO_APP_NAME": true,
	} {
		_, got := p.lookupInDemo(nil)(name)
		assert.Check(t, is.Equal(got, want), name)
	}
}

func TestDemoReachesSimulatorOnly(t *testing.T) {
	t.Parallel()
	f := newDemoDialer(services.New(), &Simulation{
		Okta: "https://acme.okta.example", Genesys: "genesys.example",
	})
	const inside = "a demo stays on this computer"
	elsewhere := &url.URL{Scheme: "https", Host: "accounts.google.com", Path: "/.well-known/openid-configuration"}
	token := guide.OktaLogin{Method: guide.OktaByToken, Token: guide.NewSecret("t")}
	client := guide.GenesysLogin{Method: guide.GenesysByClient, ClientID: "id", Secret: guide.NewSecret("s")}
	for name, c := range map[string]struct {
		reach   func() error
		refused string // empty: it may be reached
	}{
		"another org":          {func() error { _, err := f.Okta("https://acme.okta.com", token); return err }, "simulator at " + f.okta},
		"another organization": {func() error { _, err := f.Genesys("mypurecloud.de", client); return err }, "simulator at " + f.genesys},
		"another region":       {func() error { _, err := f.Messenger("mypurecloud.de"); return err }, "simulator at " + f.genesys},
		"a website":            {func() error { _, err := f.Site().Fetch(t.Context(), "https://www.acme.test/"); return err }, inside},
		"another provider":     {func() error { _, err := f.Discovery(f.okta).Document(t.Context(), elsewhere); return err }, inside},
		"Okta":                 {func() error { _, err := f.Okta(f.okta, token); return err }, ""},
		"Genesys Cloud":        {func() error { _, err := f.Genesys(f.genesys, client); return err }, ""},
		"Messenger":            {func() error { _, err := f.Messenger(f.genesys); return err }, ""},
	} {
		if err := c.reach(); c.refused == "" {
			assert.Check(t, err, name)
		} else {
			assert.Check(t, is.ErrorContains(err, c.refused), name)
		}
	}
}

func TestSimulatorStartFails(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"simulator"}, {"demo", "--no-input"}} {
		p, out, errs := program(nil)
		p.Simulate = func(context.Context, SimulatorOptions) (*Simulation, error) {
			return nil, errors.New("the port is taken")
		}
		assert.Check(t, is.Equal(p.Run(t.Context(), args), 2), args)
		assert.Check(t, is.Contains(errs.String(), "The simulator can't start: the port is taken."), args)
		assert.Check(t, is.Equal(out.String(), ""), args)
	}
}

// The latest answer of each question counts, of the runs in that organization.
func TestAnswersOfEarlierRuns(t *testing.T) {
	t.Parallel()
	runs := []journal.Run{
		{Organization: "acme", Answers: map[string][]string{"integration-type": {"first"}, "credential-key": {"auth"}}},
		{Organization: "acme", Answers: map[string][]string{"integration-type": {"second"}}},
		{Organization: "other", Answers: map[string][]string{"integration-type": {"foreign"}, "client-id-field": {"id"}}},
	}
	got := earlier(runs)("acme")
	assert.Check(t, is.Equal(got.Value(guide.IntegrationType), "second"))
	assert.Check(t, is.Equal(got.Value(guide.CredentialKey), "auth"))
	assert.Check(t, is.Equal(got.Value(guide.ClientIDField), ""))
}

// A shell takes the printed lines as they are meant, blanks and quotes in a value included.
func TestPrintedLinesAreShellSafe(t *testing.T) {
	t.Parallel()
	lines := []string{"OKTA_CLIENT_ORGURL=http://127.0.0.1:8080", "MSGSSO_APP_NAME=Ada's $HOME; \"x\"", "EMPTY="}
	for _, f := range simulator.Faults() {
		lines = append(lines, f.Answers...)
	}
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no shell")
	}
	for _, line := range lines {
		name, value, _ := strings.Cut(line, "=")
		said, err := exec.CommandContext(t.Context(), shell, "-c", "export "+guide.ShellVariable(name, value)+` && env | grep "^${0%%=*}=" `, line).Output()
		assert.NilError(t, err)
		assert.Equal(t, string(said), line+"\n")
	}
}

func TestFiles(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	okta := filepath.Join(home, ".okta", "okta.yaml")
	assert.NilError(t, os.Mkdir(filepath.Dir(okta), 0o700))
	assert.NilError(t, os.WriteFile(okta, nil, 0o600))
	for _, c := range []struct {
		env  map[string]string
		want services.Files
	}{
		{nil, services.Files{}},
		{map[string]string{"HOME": home}, services.Files{Okta: okta}},
		{map[string]string{"USERPROFILE": home}, services.Files{Okta: okta}},
		{map[string]string{"HOME": filepath.Join(home, ".okta")}, services.Files{}},
	} {
		assert.Check(t, is.Equal((&Program{Lookup: lookup(c.env)}).files(), c.want), c.env)
	}
}

// TestNoticesReachEveryOutput: what a plan says that needs attention is on standard error and in the document, of a dry
// run and of a real one.
func TestNoticesReachEveryOutput(t *testing.T) {
	t.Parallel()
	environ := orgs(t, t.TempDir(), 1)
	run := func(args ...string) setup.Result {
		t.Helper()
		p, out, errs := program(environ)
		assert.Equal(t, p.Run(t.Context(), append([]string{"--no-input", "--output", "json"}, args...)), 0, errs)
		var r setup.Result
		assert.NilError(t, json.Unmarshal(out.Bytes(), &r))
		for _, text := range slices.Concat(r.Notices, r.Warnings) {
			assert.Check(t, is.Contains(errs.String(), "! "+text+"\n"),
				"%q is not on standard error:\n%s", text, errs)
		}
		return r
	}
	dry := run("--dry-run")
	made := run()
	assert.Check(t, len(made.Notices) != 0 && len(dry.Notices) == 0 && slices.Equal(made.Notices, dry.Warnings),
		"a dry run warns of %q, the run's notices are %q", dry.Warnings, made.Notices)
}

// TestHandoverHasFoundValues: a rerun without answers writes a record of the pages that the app has.
func TestHandoverHasFoundValues(t *testing.T) {
	t.Parallel()
	const page = "http://localhost:8123/"
	environ := orgs(t, t.TempDir(), 1)
	invoke(t, environ, 0, "--redirect-uri", page)
	file := filepath.Join(t.TempDir(), "record.md")
	invoke(t, environ, 0, "--handover", file)
	text, err := os.ReadFile(file)
	assert.Check(t, err == nil && strings.Contains(string(text), page), "%v; no %s in:\n%s", err, page, text)
}
