package simulator

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"msgsso-wizard/apiclient/simulator/oktasim"
)

type object = map[string]any

// A verifier and its S256 challenge (RFC 7636, appendix B).
const (
	verifier  = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
	challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
	chatPage  = "http://localhost:8080/"
)

// both is an Okta org and a Genesys Cloud organization that are set up for each other, by hand.
type both struct {
	t                *testing.T
	sim              *Server
	okta, genesys    string // Authorization headers of the admins
	app              object
	integration      string
	deployment       string
	typeID           string
	property         string // key of the Discovery URI
	credential, kind string // key and type of the credential
	fields           [2]string
}

// send makes a call whose body is JSON, or a form, and returns what came back.
func (b *both) send(method, address, sign string, body any) (int, http.Header, any) {
	b.t.Helper()
	kind, text := "application/json", ""
	if form, ok := body.(url.Values); ok {
		kind, text = "application/x-www-form-urlencoded", form.Encode()
	} else if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			b.t.Fatal(err)
		}
		text = string(raw)
	}
	r, err := http.NewRequestWithContext(b.t.Context(), method, address, strings.NewReader(text))
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Authorization", sign)
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	var answer any
	_ = json.Unmarshal(raw, &answer) // a page stays nil
	return resp.StatusCode, resp.Header, answer
}

// must makes an admin's call of one of the two services that has to succeed.
func (b *both) must(method, address string, body any) object {
	b.t.Helper()
	sign := b.okta
	if strings.HasPrefix(address, b.sim.GenesysURL()) {
		sign = b.genesys
	}
	status, _, answer := b.send(method, address, sign, body)
	if status/100 != 2 {
		b.t.Fatalf("%s %s: %d %v", method, address, status, answer)
	}
	if list, ok := answer.([]any); ok {
		return list[0].(object)
	}
	o, _ := answer.(object)
	return o
}

func startBoth(t *testing.T, opts oktasim.Options) *both {
	t.Helper()
	opts.Profile = oktasim.Workforce
	b := &both{t: t, sim: start(t, Options{Seed: 12, Okta: opts})}
	b.okta = "SSWS " + b.sim.Credentials().OktaToken
	login := b.sim.Credentials().GenesysClientID + ":" + b.sim.Credentials().GenesysClientSecret
	basic := "Basic " + base64.StdEncoding.EncodeToString([]byte(login))
	_, _, token := b.send(http.MethodPost, b.sim.GenesysURL()+"/oauth/token", basic, url.Values{"grant_type": {"client_credentials"}})
	b.genesys = "Bearer " + token.(object)["access_token"].(string)

	b.app = b.newApp()
	b.discover()
	api := b.sim.GenesysURL() + "/api/v2"
	made := b.must(http.MethodPost, api+"/integrations", object{"name": "SSO", "integrationType": object{"id": b.typeID}})
	b.integration = made["id"].(string)
	b.connect(1, b.app, "/oauth2/default")
	b.must(http.MethodPatch, api+"/integrations/"+b.integration, object{"intendedState": "ENABLED"})
	configuration := b.must(http.MethodPost, api+"/webdeployments/configurations", object{
		"name": "SSO", "authenticationSettings": object{"enabled": true, "integrationId": b.integration},
	})["id"].(string)
	b.must(http.MethodPost, api+"/webdeployments/configurations/"+configuration+"/versions/draft/publish", nil)
	b.deployment = b.must(http.MethodPost, api+"/webdeployments/deployments", object{
		"name": "SSO", "allowAllDomains": true, "configuration": object{"id": configuration, "version": "1"},
	})["id"].(string)
	return b
}

// newApp makes an app integration that everyone may use, and returns its client.
func (b *both) newApp() object {
	b.t.Helper()
	api := b.sim.OktaURL() + "/api/v1"
	made := b.must(http.MethodPost, api+"/apps", object{
		"name": "oidc_client", "label": "SSO", "signOnMode": "OPENID_CONNECT",
		"credentials": object{"oauthClient": object{"token_endpoint_auth_method": "client_secret_basic"}},
		"settings": object{"oauthClient": object{
			"application_type": "web", "grant_types": []string{"authorization_code", "refresh_token"}, "response_types": []string{"code"},
			"redirect_uris": []string{chatPage}, "consent_method": "TRUSTED",
		}},
	})
	everyone := b.must(http.MethodGet, api+"/groups?q=Everyone", nil)["id"].(string)
	b.must(http.MethodPut, api+"/apps/"+made["id"].(string)+"/groups/"+everyone, object{})
	return made["credentials"].(object)["oauthClient"].(object)
}

// discover finds the names that differ from one seed to the next (contract genesys.md 1.2).
func (b *both) discover() {
	b.t.Helper()
	api := b.sim.GenesysURL() + "/api/v2/integrations/"
	for _, one := range b.must(http.MethodGet, api+"types?pageSize=200", nil)["entities"].([]any) {
		if one.(object)["description"] == "oAuth configuration for Messenger deployments" && one.(object)["nonInstallable"] == false {
			b.typeID = one.(object)["id"].(string)
		}
	}
	for key, spec := range b.must(http.MethodGet, api+"types/"+b.typeID, nil)["credentials"].(object) {
		b.credential, b.kind = key, spec.(object)["credentialTypes"].([]any)[0].(string)
	}
	for key, p := range b.must(http.MethodGet, api+"types/"+b.typeID+"/configschemas/properties", nil)["properties"].(object) {
		if p.(object)["title"] == "Discovery URI" {
			b.property = key
		}
	}
	for _, one := range b.must(http.MethodGet, api+"credentials/types", nil)["entities"].([]any) {
		if one.(object)["name"] == b.kind {
			order := one.(object)["displayOrder"].([]any)
			b.fields = [2]string{order[0].(string), order[1].(string)}
		}
	}
}

// connect gives the integration a client of Okta's and an authorization server; version is the configuration's.
func (b *both) connect(version int, client object, serverPath string) {
	b.t.Helper()
	api := b.sim.GenesysURL() + "/api/v2/integrations/"
	held := b.must(http.MethodPost, api+"credentials", object{"name": "SSO", "type": object{"name": b.kind}, "credentialFields": object{
		b.fields[0]: client["client_id"], b.fields[1]: client["client_secret"],
	}})
	b.must(http.MethodPut, api+b.integration+"/config/current", object{
		"name": "SSO", "version": version, "advanced": object{}, "notes": "",
		"properties":  object{b.property: b.sim.OktaURL() + serverPath + "/.well-known/openid-configuration"},
		"credentials": object{b.credential: object{"id": held["id"]}},
	})
}

// visit signs a visitor in at Okta and exchanges the code at Genesys Cloud.
func (b *both) visit() (int, object) {
	b.t.Helper()
	_, header, _ := b.send(http.MethodPost, b.sim.OktaURL()+"/oauth2/default/v1/authorize?"+url.Values{
		"response_type": {"code"}, "client_id": {b.app["client_id"].(string)}, "redirect_uri": {chatPage}, "state": {"s"}, "nonce": {"n"},
		"scope": {"openid profile email offline_access"}, "code_challenge": {challenge}, "code_challenge_method": {"S256"},
	}.Encode(), "", url.Values{"login": {"alice@acme.test"}})
	back, err := url.Parse(header.Get("Location"))
	if err != nil || back.Query().Get("code") == "" {
		b.t.Fatalf("Okta sends back %q", header.Get("Location"))
	}
	status, _, answer := b.send(http.MethodPost, b.sim.GenesysURL()+"/api/v2/webdeployments/token/oauthcodegrantjwtexchange", "", object{
		"deploymentId": b.deployment, "oauth": object{
			"code": back.Query().Get("code"), "redirectUri": chatPage, "nonce": "n", "codeVerifier": verifier,
		},
	})
	return status, answer.(object)
}

func TestSignIn(t *testing.T) {
	b := startBoth(t, oktasim.Options{})
	status, answer := b.visit()
	if status != http.StatusOK || answer["refreshToken"] == nil || b.sim.Genesys().VisitorTokens() != 2 {
		t.Fatalf("%d %v", status, answer)
	}
	raw, err := base64.RawURLEncoding.DecodeString(strings.Split(answer["jwt"].(string), ".")[1])
	if err != nil || !strings.Contains(string(raw), `"email":"alice@acme.test"`) {
		t.Errorf("%s %v", raw, err)
	}
}

// One thing is wrong at a time; Genesys Cloud says the same of all.
func TestSignInBroken(t *testing.T) {
	for name, c := range map[string]struct {
		opts  oktasim.Options
		spoil func(b *both)
	}{
		"the org server instead of default": {spoil: func(b *both) { b.connect(2, b.app, "") }},
		"the credential of another app":     {spoil: func(b *both) { b.connect(2, b.newApp(), "/oauth2/default") }},
		"a secret that is no more": {spoil: func(b *both) {
			b.connect(2, object{"client_id": b.app["client_id"], "client_secret": "old"}, "/oauth2/default")
		}},
		"another nonce":    {opts: oktasim.Options{WrongNonce: true}},
		"keys unreachable": {opts: oktasim.Options{KeysDown: true}},
	} {
		t.Run(name, func(t *testing.T) {
			b := startBoth(t, c.opts)
			if c.spoil != nil {
				c.spoil(b)
			}
			if status, answer := b.visit(); status != http.StatusUnauthorized || answer["code"] != "bad.credentials" {
				t.Errorf("%d %v", status, answer)
			}
		})
	}
}
