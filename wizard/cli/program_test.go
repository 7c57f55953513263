package cli

import (
	"bytes"
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

func lookup(environ map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) { v, ok := environ[name]; return v, ok }
}

func TestModeWithoutATerminal(t *testing.T) {
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

// TestEveryQuestionHasItsFlag holds the flags to the guide, and secrets away from them.
func TestEveryQuestionHasItsFlag(t *testing.T) {
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
	for name := range secretFlags {
		assert.Check(t, root.Flags().Lookup(name) == nil, "--%s is a flag", name)
	}
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

func TestDemoSeesNoOtherVariables(t *testing.T) {
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

func TestFence(t *testing.T) {
	t.Parallel()
	f := newDemoDialer(services.New(), "http://127.0.0.1:1", "http://127.0.0.1:2")
	var e *explain.Error
	_, err := f.Okta("https://acme.okta.com", guide.OktaLogin{})
	assert.Check(t, errors.As(err, &e) && e.Question == guide.OktaOrg, "Okta: %v", err)
	if _, err := f.Genesys("mypurecloud.de", guide.GenesysLogin{}); !errors.As(err, &e) || e.Question != guide.GenesysRegion {
		t.Errorf("Genesys Cloud: %v", err)
	}
	if _, err := f.Messenger("mypurecloud.de"); !errors.As(err, &e) || e.Question != guide.GenesysRegion {
		t.Errorf("Messenger: %v", err)
	}
	const inside = "a demo stays on this computer"
	if _, err := f.Site().Fetch(t.Context(), "https://www.acme.test/"); err == nil || !strings.Contains(err.Error(), inside) {
		t.Errorf("website: %v", err)
	}
	elsewhere := &url.URL{Scheme: "https", Host: "accounts.google.com", Path: "/.well-known/openid-configuration"}
	if _, err := f.Discovery(f.okta).Document(t.Context(), elsewhere); err == nil || !strings.Contains(err.Error(), inside) {
		t.Errorf("OpenID provider: %v", err)
	}
	if _, err := f.Messenger(f.genesys); err != nil {
		t.Error(err)
	}
	if _, err := f.Okta(f.okta, guide.OktaLogin{Method: guide.OktaByToken, Token: guide.NewSecret("t")}); err != nil {
		t.Error(err)
	}
	if _, err := f.Genesys(f.genesys, guide.GenesysLogin{Method: guide.GenesysByClient, ClientID: "id", Secret: guide.NewSecret("s")}); err != nil {
		t.Error(err)
	}
}

func TestSimulatorThatCannotStart(t *testing.T) {
	t.Parallel()
	var out, errs bytes.Buffer
	p := &Program{
		In: new(bytes.Buffer), Out: &out, Err: &errs, Lookup: lookup(nil),
		Simulate: func(context.Context, SimulatorOptions) (*Simulation, error) {
			return nil, errors.New("the port is taken")
		},
	}
	for _, args := range [][]string{{"simulator"}, {"demo", "--no-input"}} {
		errs.Reset()
		if code := p.Run(context.Background(), args); code != 2 || !strings.Contains(errs.String(), "The simulator cannot start: the port is taken.") || out.Len() > 0 {
			t.Errorf("%v: exit code %d, %s", args, code, &errs)
		}
	}
}
