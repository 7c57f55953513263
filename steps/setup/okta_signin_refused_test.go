package setup

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

// oauthRefusal is an answer of a token end point (contract okta.md 11).
func oauthRefusal(status int, code, text string) simkit.Fault {
	return simkit.Fault{Status: status, Header: jsonHeader, Body: `{"error":"` + code + `","error_description":"` + text + `"}`}
}

const (
	fixApp        = "Check that the app is active, and check its client ID. For a service app, also check its key and key ID (the app > General > Public keys)."
	fixGrant      = "Add the grant type of this method (the app > General): Device Authorization for the browser, Client Credentials for a service app. Or choose another sign-in method."
	fixExpired    = "Try again with a new code, or choose another sign-in method."
	fixUnattended = "Run the wizard in a terminal, or choose an unattended sign-in method."
)

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
	"device, nobody there": {
		arrange: asDevice, unattended: true, class: explain.ClassUsage,
		problem: "This sign-in method needs a terminal.", fix: fixUnattended,
	},
	"device, refused": {
		opts: simulator.Options{WrapOkta: quick}, arrange: asDevice, act: decide("deny"), class: explain.ClassSignIn, question: guide.OktaSignIn, retry: true,
		problem: "The sign-in to Okta was refused in the browser.",
		fix:     "Try again and approve the sign-in, or choose another sign-in method.",
	},
	"device, a code that is over before it is shown": {
		opts: simulator.Options{WrapOkta: replacing(`/device/authorize$`, `"expires_in":600`, `"expires_in":1`)}, arrange: asDevice,
		class: explain.ClassSignIn, question: guide.OktaSignIn, retry: true, problem: "The Okta code expired.", fix: fixExpired,
	},
	"device, a code that Okta says is over": {
		opts: simulator.Options{WrapOkta: quick}, class: explain.ClassSignIn, question: guide.OktaSignIn, retry: true, problem: "The Okta code expired.", fix: fixExpired,
		arrange: func(f fixture) {
			f.byDevice(f.sim.Okta().DeviceApp())
			f.fault("POST", `^/oauth2/v1/token$`, oauthRefusal(400, "expired_token", "The device code has expired."))
		},
	},
	"device, unknown client": {
		arrange: func(f fixture) { f.byDevice("0oaNobody") },
		class:   explain.ClassSignIn, question: guide.OktaClientID, fix: fixApp,
		problem: "{okta} doesn't accept the app that the wizard signs in with. Okta says: Invalid value for 'client_id' parameter.",
	},
	"device, an app of another grant": {
		arrange: func(f fixture) { f.byDevice(kit.Must(f.sim.Okta().BearerApp())(f.T).ClientID) },
		class:   explain.ClassSignIn, question: guide.OktaSignIn, fix: fixGrant,
		problem: "The app can't use this sign-in method. Okta says: The client is not authorized to use the provided grant type. Configured grant types: [client_credentials].",
	},
	"wrong key": {
		arrange: func(f fixture) {
			key := kit.Must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))(f.T)
			der := kit.Must(x509.MarshalPKCS8PrivateKey(key))(f.T)
			service(guide.OktaKey, string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})))(f)
		},
		class: explain.ClassSignIn, question: guide.OktaClientID, fix: fixApp,
		problem: "{okta} doesn't accept the app that the wizard signs in with. Okta says: The client_assertion is not a JWT that is signed by a key of the client.",
	},
	"wrong key id": {
		arrange: service(guide.OktaKeyID, "another"), class: explain.ClassSignIn, question: guide.OktaClientID, fix: fixApp,
		problem: "{okta} doesn't accept the app that the wizard signs in with. Okta says: The client_assertion is not a JWT that is signed by a key of the client.",
	},
	"service app, unknown client": {
		arrange: service(guide.OktaClientID, "0oaNobody"), class: explain.ClassSignIn, question: guide.OktaClientID, fix: fixApp,
		problem: "{okta} doesn't accept the app that the wizard signs in with. Okta says: Invalid value for 'client_id' parameter.",
	},
	"no key id": {
		arrange: service(guide.OktaKeyID), class: explain.ClassUsage, question: guide.OktaKeyID,
		problem: "The ID of the service app's key (kid) is required: Okta shows it next to the public key.",
	},
	"what is no key": {
		arrange: service(guide.OktaKey, "canary of a key"), class: explain.ClassUsage, question: guide.OktaKey,
		problem: "The private key is neither PEM (PKCS#8, PKCS#1 or SEC1) nor a JSON Web Key.",
	},
	"no client id": {
		arrange: service(guide.OktaClientID), class: explain.ClassUsage, question: guide.OktaClientID,
		problem: "Missing required values: Client ID (--okta-client-id or OKTA_CLIENT_CLIENTID or MSGSSO_OKTA_CLIENT_ID).",
		fix:     "Set these values, or run the wizard in a terminal to be asked.",
	},
	"a scope that wasn't granted": {
		arrange: tokenFault(oauthRefusal(400, "invalid_scope", "The requested scope is invalid.")),
		class:   explain.ClassPermission, question: guide.OktaClientID,
		problem: "The app lacks required scopes. Okta says: The requested scope is invalid.",
		fix: "A super admin grants them to the app (the app > Okta API Scopes): okta.apps.manage, okta.groups.read, okta.trustedOrigins.manage, " +
			"okta.authorizationServers.manage, okta.orgs.read, okta.users.read, okta.roles.read, okta.domains.read. " +
			"Doctor and the sign-in test tell more with okta.policies.read and okta.logs.read.",
	},
	"a token end point that is broken": {
		arrange: tokenFault(oauthRefusal(500, "server_error", "Sorry.")), class: explain.ClassFault, retry: true,
		problem: "Okta failed to read the org (HTTP 500).",
		fix:     "Retry in a moment. The wizard checks what exists and creates no duplicates.",
	},
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
	scenes := map[string]scene{}
	for name, tt := range map[string]struct {
		arrange func(fixture)
		problem string
	}{
		"without credentials":  {func(f fixture) { f.byFile("clientId: 0oa1") }, "It has no token and no private key."},
		"with a hidden letter": {func(f fixture) { f.byFile(`token: "can\u200bary"`) }, "API token has a zero-width space (U+200B) inside. Copy it again."},
		"that is no YAML":      {func(f fixture) { f.byFile("token: [canary") }, "The Okta configuration file isn't YAML as Okta's tools write it."},
		"absent": {func(f fixture) {
			f.byFile("token: x")
			assert.NilError(f.T, os.Remove(f.session.Files.Okta))
		}, "It doesn't exist."},
		"a folder": {func(f fixture) {
			f.byFile("token: x")
			f.session.Files.Okta = filepath.Dir(f.session.Files.Okta)
		}, "The Okta configuration file isn't a regular file."},
	} {
		scenes[name] = scene{
			arrange: tt.arrange, class: explain.ClassUsage, question: guide.OktaSignIn,
			problem: "~/.okta/okta.yaml can't be used: " + tt.problem, fix: "Choose another sign-in method.",
		}
	}
	scenes["with a key elsewhere"] = scene{
		arrange: func(f fixture) { f.byFile("clientId: 0oa1", "privateKey: ~/.okta/canary.pem") }, class: explain.ClassUsage, question: guide.OktaSignIn,
		problem: "The private key is the path of a file that can't be read.",
	}
	scenes["of another org"] = scene{
		arrange: func(f fixture) { f.byFile("orgUrl: https://other.okta.com", "token: 00canary") }, class: explain.ClassUsage, question: guide.OktaSignIn,
		problem: "~/.okta/okta.yaml is for other.okta.com, not for {okta}.", fix: "Change the Okta org, or choose another sign-in method.",
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
