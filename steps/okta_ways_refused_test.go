package steps

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/internal/eventually"
)

// oauthRefusal is an answer of a token end point (contract okta.md 11).
func oauthRefusal(status int, code, text string) simkit.Fault {
	return simkit.Fault{Status: status, Header: jsonHeader, Body: `{"error":"` + code + `","error_description":"` + text + `"}`}
}

const (
	fixApp      = "Check the client id, and for a service app its key and the key's id (the app > General > Public keys); the app must be active."
	fixGrant    = "Give it the grant type that this way needs (the app > General): Device Authorization for the browser, Client Credentials for a service app. Or sign in another way (--okta-sign-in)."
	fixExpired  = "Try again: there will be a new code. Or sign in another way (--okta-sign-in)."
	fixNoPerson = "Run the wizard in a terminal, or choose a way of signing in that needs nobody."
)

type lostWay struct {
	wrap     func(http.Handler) http.Handler
	arrange  func(*testing.T, *simulator.Server, *Env)
	act      func(context.Context, Prompt) (string, error) // what the person does
	nobody   bool                                          // there is no person
	class    Class
	question Key
	retry    bool
	problem  string
	fix      string
}

func asDevice(t *testing.T, sim *simulator.Server, env *Env) {
	t.Helper()
	byDevice(t, env, sim.DeviceApp())
}

// service answers with a service app whose answers are then changed.
func service(key Key, value string) func(*testing.T, *simulator.Server, *Env) {
	return func(t *testing.T, sim *simulator.Server, env *Env) {
		t.Helper()
		byKey(t, env, must(sim.ServiceApp())(t))
		if value == "" {
			set(t, env, key) // nothing typed
			return
		}
		set(t, env, key, value)
	}
}

func tokenFault(f simkit.Fault) func(*testing.T, *simulator.Server, *Env) {
	return func(t *testing.T, sim *simulator.Server, env *Env) {
		t.Helper()
		byKey(t, env, must(sim.ServiceApp())(t))
		sim.Okta().Faults.Add(fault("POST", `^/oauth2/v1/token$`, f))
	}
}

var lostOktaWays = map[string]lostWay{
	"device, nobody there": {
		arrange: asDevice, nobody: true, class: ClassUsage,
		problem: "Signing in this way needs a person at a terminal.", fix: fixNoPerson,
	},
	"device, refused": {
		wrap: quick, arrange: asDevice, act: decide("deny"), class: ClassSignIn, question: OktaSignIn, retry: true,
		problem: "The sign-in to Okta was refused in the browser.",
		fix:     "Try again and let the device in, or sign in another way (--okta-sign-in).",
	},
	"device, a code that is over before it is shown": {
		wrap: replacing(`/device/authorize$`, `"expires_in":600`, `"expires_in":1`), arrange: asDevice,
		class: ClassSignIn, question: OktaSignIn, retry: true, problem: "Nobody used Okta's code in time.", fix: fixExpired,
	},
	"device, a code that Okta says is over": {
		wrap: quick, class: ClassSignIn, question: OktaSignIn, retry: true, problem: "Nobody used Okta's code in time.", fix: fixExpired,
		arrange: func(t *testing.T, sim *simulator.Server, env *Env) {
			t.Helper()
			asDevice(t, sim, env)
			sim.Okta().Faults.Add(fault("POST", `^/oauth2/v1/token$`, oauthRefusal(400, "expired_token", "The device code has expired.")))
		},
	},
	"device, unknown client": {
		arrange: func(t *testing.T, _ *simulator.Server, env *Env) { t.Helper(); byDevice(t, env, "0oaNobody") },
		class:   ClassSignIn, question: OktaClientID, fix: fixApp,
		problem: "{okta} does not accept the app that the wizard signs in with. Okta says: Invalid value for 'client_id' parameter.",
	},
	"device, an app of another grant": {
		arrange: func(t *testing.T, sim *simulator.Server, env *Env) {
			t.Helper()
			byDevice(t, env, must(sim.BearerApp())(t).ClientID)
		},
		class: ClassSignIn, question: OktaSignIn, fix: fixGrant,
		problem: "The app may not sign in this way. Okta says: The client is not authorized to use the provided grant type. Configured grant types: [client_credentials].",
	},
	"wrong key": {
		arrange: func(t *testing.T, sim *simulator.Server, env *Env) {
			t.Helper()
			key := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))(t)
			der := must(x509.MarshalPKCS8PrivateKey(key))(t)
			service(OktaKey, string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})))(t, sim, env)
		},
		class: ClassSignIn, question: OktaClientID, fix: fixApp,
		problem: "{okta} does not accept the app that the wizard signs in with. Okta says: The client_assertion is not a JWT that is signed by a key of the client.",
	},
	"wrong key id": {
		arrange: service(OktaKeyID, "another"), class: ClassSignIn, question: OktaClientID, fix: fixApp,
		problem: "{okta} does not accept the app that the wizard signs in with. Okta says: The client_assertion is not a JWT that is signed by a key of the client.",
	},
	"service app, unknown client": {
		arrange: service(OktaClientID, "0oaNobody"), class: ClassSignIn, question: OktaClientID, fix: fixApp,
		problem: "{okta} does not accept the app that the wizard signs in with. Okta says: Invalid value for 'client_id' parameter.",
	},
	"no key id": {
		arrange: service(OktaKeyID, ""), class: ClassUsage, question: OktaSignIn,
		problem: "The id of the service app's key (kid) is needed: Okta shows it beside the public key.",
	},
	"what is no key": {
		arrange: service(OktaKey, "canary of a key"), class: ClassUsage, question: OktaSignIn,
		problem: "The private key is neither PEM (PKCS#8, PKCS#1 or SEC1) nor a JSON Web Key.",
	},
	"no client id": {
		arrange: service(OktaClientID, ""), class: ClassUsage, question: OktaClientID,
		problem: "Not answered: Client id (--okta-client-id or OKTA_CLIENT_CLIENTID or MSGSSO_OKTA_CLIENT_ID).",
		fix:     "Set each, or start the wizard in a terminal, where it asks.",
	},
	"a scope that was not granted": {
		arrange: tokenFault(oauthRefusal(400, "invalid_scope", "The requested scope is invalid.")),
		class:   ClassPermission, question: OktaClientID,
		problem: "The app has not got every scope that the wizard needs. Okta says: The requested scope is invalid.",
		fix: "A super admin grants them to the app (the app > Okta API Scopes): okta.apps.manage, okta.groups.read, okta.trustedOrigins.manage, " +
			"okta.authorizationServers.manage, okta.orgs.read, okta.users.read, okta.roles.read, okta.domains.read.",
	},
	"a token end point that is broken": {
		arrange: tokenFault(oauthRefusal(500, "server_error", "Sorry.")), class: ClassFault, retry: true,
		problem: "Okta has a problem of its own (HTTP 500) and could not read the org.",
		fix:     "Try again in a moment; the wizard looks first and makes nothing twice.",
	},
}

func TestLostOktaWays(t *testing.T) {
	t.Parallel()
	for name, tt := range lostOktaWays {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, env := world(t, simulator.Options{Seed: 6, WrapOkta: tt.wrap})
			if !tt.nobody {
				env.Prompt = (&person{act: tt.act}).prompt
			}
			tt.arrange(t, sim, env)
			planned := make(chan error, 1)
			go func() {
				_, err := MakePlan(t.Context(), env)
				planned <- err
			}()
			err := eventually.From(t, planned, "the refusal")
			e := asError(t, err)
			same(t, "problem", tt.problem, anonymous(sim, e.Problem))
			same(t, "fix", tt.fix, e.Fix)
			same(t, "exit code", int(tt.class), ExitCode(err))
			same(t, "question", tt.question, e.Question)
			same(t, "retry", tt.retry, e.Retry)
			same(t, "writes", 0, env.Calls().Writes)
			if strings.Contains(err.Error(), "canary") || e.Err != nil && strings.Contains(e.Err.Error(), "canary") {
				t.Errorf("%q holds a secret", err)
			}
		})
	}
}

// TestDeviceInTheMiddle: an access token that ends during a run has the person asked once more.
func TestDeviceInTheMiddle(t *testing.T) {
	t.Parallel()
	sim, env := world(t, simulator.Options{Seed: 6, WrapOkta: quick})
	somebody := &person{act: decide("allow")}
	env.Prompt = somebody.prompt
	asDevice(t, sim, env)
	sim.Okta().Faults.Add(fault("POST", `^/api/v1/apps$`, simkit.Fault{
		Status: http.StatusUnauthorized, Times: 1, Body: `{"errorCode":"E0000011","errorSummary":"Invalid token provided"}`,
		Header: http.Header{"Content-Type": {"application/json"}, "Www-Authenticate": {`Bearer error="invalid_token"`}},
	}))
	mustRun(t, env)
	same(t, "prompts", 2, len(somebody.asked))
	first, second := must(url.Parse(somebody.asked[0].URL))(t), must(url.Parse(somebody.asked[1].URL))(t)
	same(t, "page", first.Path, second.Path)
	same(t, "another code", false, somebody.asked[0].Code == somebody.asked[1].Code)
	wouldSignIn(t, sim, env)
}
