package setup

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"msgsso-wizard/apiclient/loopback/porttest"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/services"
)

// grace is the user of the simulated organization.
const grace = "grace@acmecc.example"

// byBrowser answers with the browser, which comes back to the port. It has to be registered; see registered.
func (f fixture) byBrowser(port string) {
	f.set(guide.GenesysSignIn, guide.GenesysByBrowser)
	f.set(guide.GenesysClientID, f.sim.Genesys().PKCEClientID())
	f.set(guide.CallbackPort, port)
}

// registered has the OAuth client take the port of a callback.
func registered(opts simulator.Options, port string) simulator.Options {
	opts.Genesys.RedirectURIs = []string{"http://localhost:" + port + "/callback"}
	return opts
}

// signsIn goes through the sign-in page as a user, and on to where that page sends the browser.
func signsIn(email string) func(context.Context, services.Prompt) (string, error) {
	return func(ctx context.Context, p services.Prompt) (string, error) {
		sent, err := browse(ctx, p.URL+"&login_hint="+url.QueryEscape(email), nil)
		if err != nil {
			return "", err
		}
		_, err = browse(context.WithoutCancel(ctx), sent.location, nil)
		return "", err
	}
}

// pastes goes as far as the sign-in page and types the address that it sends the browser to, after others.
func pastes(email string, first ...string) func(context.Context, services.Prompt) (string, error) {
	return func(ctx context.Context, p services.Prompt) (string, error) {
		if len(first) > 0 {
			text := first[0]
			first = first[1:]
			return text, nil
		}
		sent, err := browse(ctx, p.URL+"&login_hint="+url.QueryEscape(email), nil)
		return sent.location, err
	}
}

func (f fixture) byToken(token string) {
	f.set(guide.GenesysClientSecret, "")
	f.set(guide.GenesysAccessToken, token)
}

// byProfile answers with a file as the gc tool writes it.
func (f fixture) byProfile(name, text string) {
	f.session.Files.GC = filepath.Join(f.TempDir(), "config.toml")
	assert.NilError(f.T, os.WriteFile(f.session.Files.GC, []byte(text), 0o600))
	f.set(guide.GenesysClientSecret, "")
	f.set(guide.GenesysSignIn, guide.GenesysByProfile)
	f.set(guide.GenesysProfile, name)
}

func TestGenesysSignIns(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		answer func(fixture)
		who    string
	}{
		"client credentials": {func(f fixture) {}, "The OAuth client"},
		"access token":       {func(f fixture) { f.byToken(f.sim.Genesys().AccessToken()) }, "The owner of the access token"},
		"profile with a client": {func(f fixture) {
			c := f.sim.Credentials()
			f.byProfile("emea", fmt.Sprintf("[DEFAULT]\nclient_credentials = \"x\"\n[emea]\nclient_credentials = %q\nclient_secret = %q\nenvironment = %q\n", c.GenesysClientID, c.GenesysClientSecret, f.sim.GenesysURL()))
		}, "The OAuth client"},
		"profile with a token": {func(f fixture) {
			f.byProfile("DEFAULT", fmt.Sprintf("[DEFAULT]\naccess_token = %q\nclient_credentials = \"x\"\n", f.sim.Genesys().AccessToken()))
		}, "The owner of the access token"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 2})
			tt.answer(fixture{t, sim, session})
			plan := mustRun(t, session)
			assert.Check(t, is.DeepEqual(lines(plan.Changes), firstVisit), "plan")
			assert.Check(t, is.Equal(slices.Contains(plan.Notices, passed(guide.SectionGenesys, tt.who+" has all required permissions.")), true), "who may")
			complete(t, sim, session.Result(0))
		})
	}
}

func TestGenesysBrowserSignIn(t *testing.T) {
	t.Parallel()
	for name, act := range map[string]func(context.Context, services.Prompt) (string, error){
		"on this computer":        signsIn(grace),
		"pasted":                  pastes(grace),
		"pasted after other text": pastes(grace, "hello", "http://localhost:8085/callback?code=1&state=canary"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			port := strconv.Itoa(porttest.Free(t))
			sim, session := world(t, registered(simulator.Options{Seed: 2}, port))
			fixture{t, sim, session}.byBrowser(port)
			grown := &admin{act: act}
			session.Prompt = grown.prompt
			plan := mustRun(t, session)
			assert.Check(t, is.DeepEqual(lines(plan.Changes), firstVisit), "plan")
			assert.Check(t, is.Equal(slices.Contains(plan.Notices, passed(guide.SectionGenesys, "Your user has all required permissions.")), true), "who may")
			complete(t, sim, session.Result(0))
			p := grown.asked[0]
			assert.Check(t, is.DeepEqual([]string{p.Title, p.Ask}, []string{"Sign in to Genesys Cloud", "Address"}), "title and label")
			assert.Check(t, is.DeepEqual(p.Lines, []string{
				"Open the page and sign in. The OAuth client must have the redirect URI http://localhost:" + port + "/callback.",
				"If your browser is on another computer, paste the URL that it was sent to, or first run ssh -L " + port + ":localhost:" + port + " USER@HOST there. HOST is this computer.",
			}), "lines")
			query := kit.Must(url.Parse(p.URL))(t).Query()
			assert.Check(t, is.DeepEqual([]string{query.Get("response_type"), query.Get("client_id"), query.Get("redirect_uri"), query.Get("code_challenge_method")}, []string{"code", sim.Genesys().PKCEClientID(), "http://localhost:" + port + "/callback", "S256"}), "what the page is asked for")
		})
	}
}

func TestRefusedBrowserSignIns(t *testing.T) {
	t.Parallel()
	genesys := func(o genesyssim.Options) simulator.Options { return simulator.Options{Genesys: o} }
	scenes := map[string]scene{
		"nobody there":              {unattended: true},
		"denied":                    {act: signsIn("nobody@acmecc.example")},
		"denied, pasted":            {act: pastes("nobody@acmecc.example")},
		"an error at Genesys Cloud": {opts: genesys(genesyssim.Options{AuthorizeError: "server_error"}), act: signsIn(grace)},
		"port taken": {
			arrange: func(f fixture) {
				l := kit.Must((&net.ListenConfig{}).Listen(f.Context(), "tcp", "127.0.0.1:"+f.session.Answers.Value(guide.CallbackPort)))(f.T)
				f.Cleanup(func() { _ = l.Close() })
			},
			act: signsIn(grace),
		},
		"the user leaves": {act: func(context.Context, services.Prompt) (string, error) { return "", errors.New("the window was closed") }},
		"scopes that are too few": {
			opts: genesys(genesyssim.Options{Scopes: []string{"integrations", "organization:readonly", "authorization:readonly", "architect:readonly"}}), act: signsIn(grace),
		},
		"a user without a permission": {opts: genesys(genesyssim.Options{Deny: []string{"integrations:integration:add"}}), act: signsIn(grace)},
	}
	for name, tt := range scenes {
		port, arrange := strconv.Itoa(porttest.Free(t)), tt.arrange
		tt.opts = registered(tt.opts, port)
		tt.arrange = func(f fixture) {
			f.byBrowser(port)
			if arrange != nil {
				arrange(f)
			}
		}
		scenes[name] = tt
	}
	refuse(t, scenes)
}

func TestRefusedGenesysSignIns(t *testing.T) {
	t.Parallel()
	refuse(t, map[string]scene{
		"an access token that ended":      {arrange: func(f fixture) { f.byToken("canaryOfAToken") }},
		"a token of a profile that ended": {arrange: func(f fixture) { f.byProfile("emea", "[emea]\naccess_token = \"canary\"\n") }},
		"a wrong region":                  {opts: simulator.Options{Genesys: genesyssim.Options{UnknownClient: true}}},
		"a client of another grant": {
			arrange: func(f fixture) {
				f.set(guide.GenesysSignIn, guide.GenesysByClient)
				f.set(guide.GenesysClientID, f.sim.Genesys().PKCEClientID())
			},
		},
		"a computer that may not": {arrange: func(f fixture) { f.fault("GET", `^/api/v2/`, genesyssim.Fault("ip.not.authorized", "192.0.2.1")) }},
		"a profile with a hidden letter": {
			arrange: func(f fixture) {
				f.byProfile("emea", "[emea]\nclient_credentials = \"a\\u202eb\"\nclient_secret = \"canary\"\n")
			},
		},
		"a profile that the file lacks": {arrange: func(f fixture) { f.byProfile("apac", "[emea]\naccess_token = \"canary\"\n") }},
		"no file": {
			arrange: func(f fixture) {
				f.byProfile("emea", "")
				f.session.Files.GC += ".gone"
			},
		},
		"no path of a file": {
			arrange: func(f fixture) {
				f.byProfile("emea", "")
				f.session.Files.GC = ""
			},
		},
	})
}

// TestGenesysTokenEndsMidRun: one of a client is renewed, one that was given is not.
func TestGenesysTokenEndsMidRun(t *testing.T) {
	t.Parallel()
	ended := func(sim *simulator.Server, times int) {
		f := genesyssim.Fault("bad.credentials")
		f.Times = times
		fail(sim, "settings", f)
	}
	sim, session := world(t, simulator.Options{Seed: 2})
	ended(sim, 1)
	assert.Check(t, is.DeepEqual(lines(mustRun(t, session).Changes), firstVisit), "plan")

	sim, session = world(t, simulator.Options{Seed: 2})
	fixture{t, sim, session}.byToken(sim.Genesys().AccessToken())
	ended(sim, 0)
	_, err := runAll(t, session)
	e := failed(t, sim, err, explain.ClassSignIn, "Genesys Cloud rejected the access token. It has expired or was revoked.")
	assert.Check(t, is.DeepEqual(e.Step, guide.StepID("settings")), "step")
	sim.Genesys().Faults.Clear()
	mustRun(t, visit(t, sim))
}
