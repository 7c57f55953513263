package steps

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
	"strings"
	"testing"

	"msgsso-wizard/apiclient/loopback/freeport"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/internal/eventually"
)

// grace is the user of the simulated organization.
const grace = "grace@acmecc.example"

// browserWorld is a world that is signed in to with the browser, which comes back to a port that is registered.
func browserWorld(t *testing.T, opts simulator.Options) (*simulator.Server, *Env) {
	t.Helper()
	port := strconv.Itoa(freeport.Of(t))
	opts.Genesys.RedirectURIs = []string{"http://localhost:" + port + "/callback"}
	sim, env := world(t, opts)
	set(t, env, GenesysSignIn, GenesysByBrowser)
	set(t, env, GenesysClientID, sim.Genesys().PKCEClientID())
	set(t, env, CallbackPort, port)
	return sim, env
}

// signsIn goes through the sign-in page as somebody, and on to where that page sends the browser.
func signsIn(email string) func(context.Context, Prompt) (string, error) {
	return func(ctx context.Context, p Prompt) (string, error) {
		sent, err := browse(ctx, p.URL+"&login_hint="+url.QueryEscape(email), nil)
		if err != nil {
			return "", err
		}
		_, err = browse(context.WithoutCancel(ctx), sent.location, nil)
		return "", err
	}
}

// pastes goes as far as the sign-in page and types the address that it sends the browser to, after others.
func pastes(email string, first ...string) func(context.Context, Prompt) (string, error) {
	return func(ctx context.Context, p Prompt) (string, error) {
		if len(first) > 0 {
			text := first[0]
			first = first[1:]
			return text, nil
		}
		sent, err := browse(ctx, p.URL+"&login_hint="+url.QueryEscape(email), nil)
		return sent.location, err
	}
}

func byToken(t *testing.T, env *Env, token string) {
	t.Helper()
	set(t, env, GenesysClientSecret, "")
	set(t, env, GenesysAccessToken, token)
}

// byProfile answers with a file as the gc tool writes it.
func byProfile(t *testing.T, env *Env, name, text string) {
	t.Helper()
	env.Files.GC = filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(env.Files.GC, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	set(t, env, GenesysClientSecret, "")
	set(t, env, GenesysSignIn, GenesysByProfile)
	set(t, env, GenesysProfile, name)
}

func TestGenesysWays(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		answer func(*testing.T, *simulator.Server, *Env)
		who    string
	}{
		"client credentials": {func(*testing.T, *simulator.Server, *Env) {}, "The OAuth client"},
		"access token": {func(t *testing.T, sim *simulator.Server, env *Env) {
			t.Helper()
			byToken(t, env, sim.Genesys().AccessToken())
		}, "The owner of the access token"},
		"profile with a client": {func(t *testing.T, sim *simulator.Server, env *Env) {
			t.Helper()
			c := sim.Credentials()
			byProfile(t, env, "emea", fmt.Sprintf("[DEFAULT]\nclient_credentials = \"x\"\n[emea]\nclient_credentials = %q\nclient_secret = %q\nenvironment = \"mypurecloud.de\"\n", c.GenesysClientID, c.GenesysClientSecret))
		}, "The OAuth client"},
		"profile with a token": {func(t *testing.T, sim *simulator.Server, env *Env) {
			t.Helper()
			byProfile(t, env, "DEFAULT", fmt.Sprintf("[DEFAULT]\naccess_token = %q\nclient_credentials = \"x\"\n", sim.Genesys().AccessToken()))
		}, "The owner of the access token"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, env := world(t, simulator.Options{Seed: 2})
			tt.answer(t, sim, env)
			plan, err := runAll(t, env)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "plan", firstVisit, lines(plan.Changes))
			same(t, "who may", true, slices.Contains(plan.Notices, Notice{SectionGenesys, true, tt.who + " has every permission that the next steps need."}))
			complete(t, sim, env.Result(0))
		})
	}
}

func TestBrowser(t *testing.T) {
	t.Parallel()
	for name, act := range map[string]func(context.Context, Prompt) (string, error){
		"on this computer":        signsIn(grace),
		"pasted":                  pastes(grace),
		"pasted after other text": pastes(grace, "hello", "http://localhost:8085/callback?code=1&state=canary"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, env := browserWorld(t, simulator.Options{Seed: 2})
			grown := &person{act: act}
			env.Prompt = grown.prompt
			plan, err := runAll(t, env)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "plan", firstVisit, lines(plan.Changes))
			same(t, "who may", true, slices.Contains(plan.Notices, Notice{SectionGenesys, true, "Your user has every permission that the next steps need."}))
			complete(t, sim, env.Result(0))
			port, p := env.Answers.Value(CallbackPort), grown.asked[0]
			same(t, "title and label", []string{"Sign in to Genesys Cloud", "Address"}, []string{p.Title, p.Ask})
			same(t, "lines", []string{
				"Open the page and sign in. The OAuth client must have the redirect URI http://localhost:" + port + "/callback.",
				"If your browser is on another computer: paste the address that it was sent to, or first run ssh -L " + port + ":localhost:" + port,
			}, p.Lines)
			query := must(url.Parse(p.URL))(t).Query()
			same(t, "what the page is asked for", []string{"code", sim.Genesys().PKCEClientID(), "http://localhost:" + port + "/callback", "S256"},
				[]string{query.Get("response_type"), query.Get("client_id"), query.Get("redirect_uri"), query.Get("code_challenge_method")})
		})
	}
}

func TestBrowserLost(t *testing.T) {
	t.Parallel()
	leaves := errors.New("the window was closed")
	for name, tt := range map[string]struct {
		opts     genesyssim.Options
		act      func(context.Context, Prompt) (string, error)
		nobody   bool
		taken    bool
		class    Class
		question Key
		problem  string
		fix      string
	}{
		"nobody there": {nobody: true, class: ClassUsage, problem: "Signing in this way needs a person at a terminal.", fix: fixNoPerson},
		"denied": {
			act: signsIn("nobody@acmecc.example"), class: ClassSignIn, question: GenesysSignIn,
			problem: "Nobody was signed in to Genesys Cloud by the browser. Genesys Cloud says: the sign-in was cancelled.",
			fix:     "Try again and sign in there, or sign in another way (--genesys-sign-in).",
		},
		"denied, pasted": {
			act: pastes("nobody@acmecc.example"), class: ClassSignIn, question: GenesysSignIn,
			problem: "Nobody was signed in to Genesys Cloud by the browser. Genesys Cloud says: the sign-in was cancelled.",
			fix:     "Try again and sign in there, or sign in another way (--genesys-sign-in).",
		},
		"an error at Genesys Cloud": {
			opts: genesyssim.Options{AuthorizeError: "server_error"}, act: signsIn(grace), class: ClassSignIn, question: GenesysSignIn,
			problem: "Nobody was signed in to Genesys Cloud by the browser. Genesys Cloud says: the sign-in ended with server_error.",
			fix:     "Try again and sign in there, or sign in another way (--genesys-sign-in).",
		},
		"port taken": {
			act: signsIn(grace), taken: true, class: ClassUsage, question: CallbackPort,
			problem: "Port {port} of this computer (127.0.0.1) is taken by another program or not allowed: free it, or use another port and register its redirect URI.",
			fix:     "Another port is set by --callback-port.",
		},
		"the person leaves": {
			act: func(context.Context, Prompt) (string, error) { return "", leaves }, class: ClassFault, problem: "The window was closed.",
		},
		"scopes that are too few": {
			opts: genesyssim.Options{Scopes: []string{"integrations", "organization:readonly", "authorization:readonly", "architect:readonly"}}, act: signsIn(grace),
			class:   ClassPermission,
			problem: "The OAuth client lacks a scope that the wizard needs to read what exists: App not authorized to use scope webdeployments:readonly.",
			fix:     "Give it the scopes integrations, webdeployments, organization:readonly, user-basic-info, architect:readonly and authorization:readonly (Admin > Integrations > OAuth > the client > Scope), then sign in again.",
		},
		"a user without a permission": {
			opts: genesyssim.Options{Deny: []string{"integrations:integration:add"}}, act: signsIn(grace), class: ClassPermission,
			problem: "At Genesys Cloud, the roles of your user lack integrations:integration:add.", fix: permissionFix,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, env := browserWorld(t, simulator.Options{Seed: 2, Genesys: tt.opts})
			port := env.Answers.Value(CallbackPort)
			if tt.taken {
				l := must((&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:"+port))(t)
				defer func() { _ = l.Close() }()
			}
			if !tt.nobody {
				env.Prompt = (&person{act: tt.act}).prompt
			}
			planned := make(chan error, 1)
			go func() {
				_, err := MakePlan(t.Context(), env)
				planned <- err
			}()
			err := eventually.From(t, planned, "the refusal")
			e := asError(t, err)
			same(t, "problem", tt.problem, strings.ReplaceAll(anonymous(sim, e.Problem), "Port "+port, "Port {port}"))
			same(t, "fix", tt.fix, e.Fix)
			same(t, "question", tt.question, e.Question)
			same(t, "exit code", int(tt.class), ExitCode(err))
			same(t, "writes", 0, env.Calls().Writes)
		})
	}
}
