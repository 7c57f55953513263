package setup

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/services"
)

// visitor signs in from a page, at the issuer that a run settled on.
func visitor(sim *simulator.Server, r Result, page string) simtest.Visitor {
	return simtest.Visitor{Sim: sim, Issuer: r.Okta.Issuer, ClientID: r.Okta.ClientID, RedirectURI: page}
}

// wouldSignIn checks that a visitor gets in now, from each page.
func wouldSignIn(t *testing.T, sim *simulator.Server, session *Session) {
	t.Helper()
	for _, page := range session.Answers.Get(guide.RedirectURIs).Values {
		_, err := visitor(sim, session.Result(0), page).Code(t.Context())
		assert.Check(t, err, page)
	}
}

// byKey answers with a service app.
func (f fixture) byKey(app oktasim.ServiceApp) {
	f.set(guide.OktaToken, "")
	f.set(guide.OktaSignIn, guide.OktaByKey)
	f.set(guide.OktaClientID, app.ClientID)
	f.set(guide.OktaKeyID, app.KeyID)
	f.set(guide.OktaKey, app.PrivateKeyPEM)
}

func (f fixture) byDevice(client string) {
	f.set(guide.OktaToken, "")
	f.set(guide.OktaSignIn, guide.OktaByDevice)
	f.set(guide.OktaClientID, client)
}

// byFile answers with a file as Okta's tools write it.
func (f fixture) byFile(lines ...string) {
	f.session.Files.Okta = filepath.Join(f.TempDir(), "okta.yaml")
	assert.NilError(f.T, os.WriteFile(f.session.Files.Okta, []byte("okta:\n  client:\n    "+strings.Join(lines, "\n    ")+"\n"), 0o600))
	f.set(guide.OktaToken, "")
	f.set(guide.OktaSignIn, guide.OktaByFile)
}

// admin is a user at a terminal who remembers what was asked.
type admin struct {
	mu    sync.Mutex
	asked []services.Prompt
	act   func(context.Context, services.Prompt) (string, error) // nil: only reads
}

func (p *admin) prompt(ctx context.Context, shown services.Prompt) (string, error) {
	p.mu.Lock()
	p.asked = append(p.asked, shown)
	p.mu.Unlock()
	if p.act != nil {
		text, err := p.act(ctx, shown)
		if text != "" || err != nil {
			return text, err
		}
	}
	<-ctx.Done()
	return "", ctx.Err()
}

// decide answers on Okta's page for devices.
func decide(decision string) func(context.Context, services.Prompt) (string, error) {
	return func(ctx context.Context, p services.Prompt) (string, error) {
		u, err := url.Parse(p.URL)
		if err != nil {
			return "", err
		}
		u.RawQuery = ""
		_, err = browse(ctx, u.String(), url.Values{"user_code": {p.Code}, "decision": {decision}})
		return "", err
	}
}

// quick makes Okta ask for a check of the device's code each second instead of every five.
var quick = replacing(`^/oauth2/v1/device/authorize$`, `"interval":5`, `"interval":1`)

func TestOktaSignIns(t *testing.T) {
	t.Parallel()
	const ada = "Signed in as ada@acme.test (Super Administrator) at Acme."
	for name, tt := range map[string]struct {
		opts   oktasim.Options
		answer func(fixture)
		scheme string
		who    string
		shown  int // how often a user was asked
	}{
		"token": {answer: func(f fixture) {}, scheme: "SSWS", who: ada},
		"file with a token": {
			answer: func(f fixture) { f.byFile("orgUrl: "+f.sim.OktaURL()+"/", "token: "+f.sim.Credentials().OktaToken) }, scheme: "SSWS", who: ada,
		},
		"file with a token, no org": {
			answer: func(f fixture) { f.byFile(`token: "` + f.sim.Credentials().OktaToken + `"`) }, scheme: "SSWS", who: ada,
		},
		"file with a key": {
			answer: func(f fixture) {
				app := kit.Must(f.sim.Okta().ServiceApp())(f.T)
				f.byFile(
					"orgUrl: "+f.sim.OktaURL(), "authorizationMode: PrivateKey", "clientId: "+app.ClientID, "privateKeyId: "+app.KeyID,
					"privateKey: |", "  "+strings.ReplaceAll(strings.TrimSpace(app.PrivateKeyPEM), "\n", "\n      "),
				)
			},
			scheme: "DPoP", who: "Signed in as the service app {id} at Acme.",
		},
		"file with a key's path": {
			answer: func(f fixture) {
				app := kit.Must(f.sim.Okta().ServiceApp())(f.T)
				path := filepath.Join(f.TempDir(), "key.pem")
				assert.NilError(f.T, os.WriteFile(path, []byte(app.PrivateKeyPEM), 0o600))
				f.byFile("orgUrl: "+f.sim.OktaURL(), "clientId: '\""+app.ClientID+"\"'", "privateKeyId: "+app.KeyID, "privateKey: "+path)
			},
			scheme: "DPoP", who: "Signed in as the service app {id} at Acme.",
		},
		"service app with DPoP": {
			answer: func(f fixture) { f.byKey(kit.Must(f.sim.Okta().ServiceApp())(f.T)) },
			scheme: "DPoP", who: "Signed in as the service app {id} at Acme.",
		},
		"service app without DPoP": {
			// A proof that the app does not ask for binds the token all the same.
			answer: func(f fixture) { f.byKey(kit.Must(f.sim.Okta().BearerApp())(f.T)) },
			scheme: "DPoP", who: "Signed in as the service app {id} at Acme.",
		},
		"device, approved at once": {
			opts:   oktasim.Options{AutoApprove: true},
			answer: func(f fixture) { f.byDevice(f.sim.Okta().DeviceApp()) },
			scheme: "Bearer", who: ada, shown: 1,
		},
		"device, approved by a person": {
			answer: func(f fixture) { f.byDevice(f.sim.Okta().DeviceApp()) },
			scheme: "Bearer", who: ada, shown: 1,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var guard sentry
			wrap := func(next http.Handler) http.Handler { return guard.wrap(quick(next)) }
			sim, session := world(t, simulator.Options{Seed: 6, Okta: tt.opts, WrapOkta: wrap})
			admin := &admin{}
			if !tt.opts.AutoApprove {
				admin.act = decide("allow")
			}
			session.Prompt = admin.prompt
			tt.answer(fixture{t, sim, session})
			plan := mustRun(t, session)
			assert.Check(t, is.DeepEqual(lines(plan.Changes), firstVisit), "plan")
			assert.Check(t, is.DeepEqual(guard.schemes(), []string{tt.scheme}), "how the calls were signed")
			i := slices.IndexFunc(plan.Notices, func(n engine.Notice) bool { return n.Section == guide.SectionOkta && n.OK })
			assert.Check(t, is.Equal(anonymous(sim, plan.Notices[i].Text), tt.who), "who signed in")
			wouldSignIn(t, sim, session)
			assert.Check(t, is.Equal(session.Revocable(), false), "to be revoked at the end")
			assert.Check(t, is.Equal(len(admin.asked), tt.shown), "prompts")
			for _, p := range admin.asked {
				assert.Check(t, is.DeepEqual(p, services.Prompt{
					Title: "Sign in to Okta", URL: sim.OktaURL() + "/activate?user_code=" + p.Code, Code: p.Code, Limit: 10 * time.Minute,
					Lines: []string{"Open the page on any device, sign in as an admin, and enter the code."},
				}), "prompt")
				assert.Check(t, is.Equal(len(p.Code), 8), "length of the code")
			}
		})
	}
}

// TestUngrantedScopes signs in as apps to which a super admin granted some scopes: without an optional one the wizard tells
// less, and goes on.
func TestUngrantedScopes(t *testing.T) {
	t.Parallel()
	const policies, logs = "okta.policies.read", "okta.logs.read"
	for name, ungranted := range map[string][]string{"all granted": nil, "no policies": {policies}, "no log": {logs}, "neither": {policies, logs}} {
		for method, answer := range map[string]func(fixture){
			"service app": func(f fixture) { f.byKey(kit.Must(f.sim.Okta().ServiceApp())(f.T)) },
			"device":      asDevice,
		} {
			t.Run(name+", "+method, func(t *testing.T) {
				t.Parallel()
				sim, session := world(t, simulator.Options{Seed: 6, Okta: oktasim.Options{AutoApprove: true, Ungranted: ungranted}, WrapOkta: quick})
				session.Prompt = (&admin{}).prompt
				answer(fixture{t, sim, session})
				plan := planned(t, session)
				want := `New apps get the app sign-in policy "Any two factors", which asks for two factors. Users may need to enroll one.`
				if slices.Contains(ungranted, policies) {
					want = "Okta may ask users for a second factor. The wizard couldn't read the app sign-in policy."
				}
				assert.Check(t, slices.ContainsFunc(plan.Attention(), func(n engine.Notice) bool { return n.Text == want }), "%v", plan.Attention())
				conn := kit.Must(session.Connect(t.Context()))(t)
				_, err := conn.Okta.Logs(t.Context(), okta.LogQuery{Since: time.Now().Add(-time.Hour), Limit: 1})
				assert.Check(t, is.Equal(okta.Forbidden(err), slices.Contains(ungranted, logs)), "System Log: %v", err)
			})
		}
	}
}

// oauthRefusal is an answer of a token end point (contract okta.md 11).
func oauthRefusal(status int, code, text string) simkit.Fault {
	return simkit.Fault{Status: status, Header: jsonHeader, Body: `{"error":"` + code + `","error_description":"` + text + `"}`}
}

// service answers with a service app whose answers are then changed.
func service(key guide.Key, values ...string) func(fixture) {
	return func(f fixture) {
		f.byKey(kit.Must(f.sim.Okta().ServiceApp())(f.T))
		f.set(key, values...)
	}
}

func tokenFault(how simkit.Fault) func(fixture) {
	return func(f fixture) {
		f.byKey(kit.Must(f.sim.Okta().ServiceApp())(f.T))
		f.fault("POST", `^/oauth2/v1/token$`, how)
	}
}

func asDevice(f fixture) { f.byDevice(f.sim.Okta().DeviceApp()) }

var refusedOktaSignIns = map[string]scene{
	"device, nobody there": {arrange: asDevice, unattended: true},
	"device, refused":      {opts: simulator.Options{WrapOkta: quick}, arrange: asDevice, act: decide("deny")},
	"device, a code that is over before it is shown": {
		opts: simulator.Options{WrapOkta: replacing(`/device/authorize$`, `"expires_in":600`, `"expires_in":1`)}, arrange: asDevice,
	},
	"device, a code that Okta says is over": {
		opts: simulator.Options{WrapOkta: quick},
		arrange: func(f fixture) {
			f.byDevice(f.sim.Okta().DeviceApp())
			f.fault("POST", `^/oauth2/v1/token$`, oauthRefusal(400, "expired_token", "The device code has expired."))
		},
	},
	"device, unknown client":          {arrange: func(f fixture) { f.byDevice("0oaNobody") }},
	"device, an app of another grant": {arrange: func(f fixture) { f.byDevice(kit.Must(f.sim.Okta().BearerApp())(f.T).ClientID) }},
	"wrong key": {
		arrange: func(f fixture) {
			key := kit.Must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))(f.T)
			der := kit.Must(x509.MarshalPKCS8PrivateKey(key))(f.T)
			service(guide.OktaKey, string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})))(f)
		},
	},
	"wrong key id":                     {arrange: service(guide.OktaKeyID, "another")},
	"service app, unknown client":      {arrange: service(guide.OktaClientID, "0oaNobody")},
	"no key id":                        {arrange: service(guide.OktaKeyID)},
	"what is no key":                   {arrange: service(guide.OktaKey, "canary of a key")},
	"no client id":                     {arrange: service(guide.OktaClientID)},
	"a scope that wasn't granted":      {arrange: tokenFault(oauthRefusal(400, "invalid_scope", "The requested scope is invalid."))},
	"a token end point that is broken": {arrange: tokenFault(oauthRefusal(500, "server_error", "Sorry."))},
}

func TestRefusedOktaSignIns(t *testing.T) {
	t.Parallel()
	refuse(t, refusedOktaSignIns)
}

// TestDeviceTokenEndsMidRun: an access token that ends during a run asks the user once more.
func TestDeviceTokenEndsMidRun(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 6, WrapOkta: quick})
	admin := &admin{act: decide("allow")}
	session.Prompt = admin.prompt
	asDevice(fixture{t, sim, session})
	sim.Okta().Faults.Add(fault("POST", `^/api/v1/apps$`, simkit.Fault{
		Status: http.StatusUnauthorized, Times: 1, Body: `{"errorCode":"E0000011","errorSummary":"Invalid token provided"}`,
		Header: http.Header{"Content-Type": {"application/json"}, "Www-Authenticate": {`Bearer error="invalid_token"`}},
	}))
	mustRun(t, session)
	assert.Check(t, is.Equal(len(admin.asked), 2), "prompts")
	first, second := kit.Must(url.Parse(admin.asked[0].URL))(t), kit.Must(url.Parse(admin.asked[1].URL))(t)
	assert.Check(t, is.Equal(second.Path, first.Path), "page")
	assert.Check(t, is.Equal(admin.asked[0].Code == admin.asked[1].Code, false), "another code")
	wouldSignIn(t, sim, session)
}

func TestRefusedOktaFiles(t *testing.T) {
	t.Parallel()
	scenes := map[string]scene{
		"without credentials":  {arrange: func(f fixture) { f.byFile("clientId: 0oa1") }},
		"with a hidden letter": {arrange: func(f fixture) { f.byFile(`token: "can\u200bary"`) }},
		"that is no YAML":      {arrange: func(f fixture) { f.byFile("token: [canary") }},
		"absent": {arrange: func(f fixture) {
			f.byFile("token: x")
			assert.NilError(f.T, os.Remove(f.session.Files.Okta))
		}},
		"a folder": {arrange: func(f fixture) {
			f.byFile("token: x")
			f.session.Files.Okta = filepath.Dir(f.session.Files.Okta)
		}},
		"with a key elsewhere": {arrange: func(f fixture) { f.byFile("clientId: 0oa1", "privateKey: ~/.okta/canary.pem") }},
		"of another org":       {arrange: func(f fixture) { f.byFile("orgUrl: https://other.okta.com", "token: 00canary") }},
	}
	for name, tt := range scenes {
		tt.opts.WrapOkta = func(http.Handler) http.Handler {
			return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { t.Errorf("%s: Okta is asked for %s", name, r.URL.Path) })
		}
		scenes[name] = tt
	}
	refuse(t, scenes)
}

// TestOktaFileNotNamed is not parallel, because it moves the home: a file there is not read by itself.
func TestOktaFileNotNamed(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	sim, session := world(t, simulator.Options{})
	fixture{t, sim, session}.byFile("token: " + sim.Credentials().OktaToken)
	assert.NilError(t, os.Mkdir(filepath.Join(home, ".okta"), 0o700))
	assert.NilError(t, os.Rename(session.Files.Okta, filepath.Join(home, ".okta", "okta.yaml")))
	session.Files.Okta = ""
	_, err := session.Plan(t.Context())
	assert.Check(t, is.Equal(asError(t, err).Problem, "~/.okta/okta.yaml can't be used: It doesn't exist."), "problem")
	assert.Check(t, is.Equal(session.Calls().Okta, 0), "calls to Okta")
}
