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
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

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
