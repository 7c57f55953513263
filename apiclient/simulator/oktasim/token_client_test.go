package oktasim

import (
	"maps"
	"net/http"
	"net/url"
	"testing"

	"gotest.tools/v3/assert"
)

// The client is looked at before the code; no code is good.
func TestCodeIsRefused(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	made := o.do("POST", "/api/v1/apps", webApp(nil)).want(t, "200")
	id, secret := made.text("credentials.oauthClient.client_id"), made.text("credentials.oauthClient.client_secret")
	off := o.do("POST", "/api/v1/apps?activate=false", webApp(nil)).want(t, "200")
	offID, offSecret := off.text("id"), off.text("credentials.oauthClient.client_secret")
	machine := o.do("POST", "/api/v1/apps", webApp(object{
		"settings.oauthClient.grant_types": []any{"client_credentials"}, "settings.oauthClient.response_types": []any{"token"},
		"settings.oauthClient.application_type": "service", "settings.oauthClient.redirect_uris": nil,
	})).want(t, "200")
	basic := func(id, secret string) http.Header { return webClient{id, secret}.header() }
	form := func(more url.Values) url.Values {
		all := url.Values{"grant_type": {codeGrant}, "code": {"none"}, "redirect_uri": {chatPage}}
		maps.Copy(all, more)
		return all
	}
	for name, tt := range map[string]struct {
		form        url.Values
		header      http.Header
		want, words string
	}{
		"right client":        {form(nil), basic(id, secret), "400 invalid_grant", "The authorization code is invalid or has expired."},
		"both ways":           {form(url.Values{"client_id": {id}, "client_secret": {secret}}), basic(id, secret), "400 invalid_request", oauthError("several_credentials").Words},
		"wrong secret":        {form(nil), basic(id, secret+"x"), "401 invalid_client", "The client secret supplied for a confidential client is invalid."},
		"unknown client":      {form(nil), basic("0oaNobody", secret), "401 invalid_client", "Invalid value for 'client_id' parameter."},
		"nobody":              {form(nil), nil, "401 invalid_client", "No client credentials found"},
		"inactive app":        {form(nil), basic(offID, offSecret), "401 invalid_client", "Invalid value for 'client_id' parameter."},
		"app of other grants": {form(nil), basic(machine.text("id"), machine.text("credentials.oauthClient.client_secret")), "400 unauthorized_client", "The client is not authorized to use the provided grant type. Configured grant types: [client_credentials]."},
	} {
		for _, server := range []string{"/oauth2", "/oauth2/default"} {
			a := o.post(server+"/v1/token", tt.form, tt.header)
			assert.Check(t, a.outcome() == tt.want && a.text("error_description") == tt.words,
				"%s at %s: %s %s", name, server, a.outcome(), a.raw)
		}
	}
	o.post("/oauth2/none/v1/token", form(nil), basic(id, secret)).want(t, "404 E0000007")
	o.post("/oauth2/default/v1/token", url.Values{}, nil).want(t, "400 invalid_request")
	o.post("/oauth2/default/v1/token", url.Values{"grant_type": {serviceGrant}}, nil).want(t, "400 unsupported_grant_type")
	start(t, Options{Profile: NoAPIAM}).post("/oauth2/default/v1/token", form(nil), nil).want(t, "404 E0000007")
}

// A client proves who it is in the way that its app is set to, and in no other.
func TestClientMethods(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	method := func(name string) object { return object{"credentials.oauthClient.token_endpoint_auth_method": name} }
	public := method(noAuth)
	public["credentials.oauthClient.pkce_required"] = true
	challenge := map[string]string{"code_challenge": challengeOf(verifier), "code_challenge_method": "S256"}
	for name, app := range map[string]object{basicAuth: method(basicAuth), postAuth: method(postAuth), noAuth: public} {
		x := o.webClient(app)
		for sent, tt := range map[string]struct {
			form   url.Values
			header http.Header
		}{
			basicAuth: {nil, x.header()},
			postAuth:  {url.Values{"client_id": {x.id}, "client_secret": {x.secret}}, nil},
			noAuth:    {url.Values{"client_id": {x.id}}, nil},
		} {
			form := url.Values{
				"grant_type": {codeGrant}, "code": {o.browser().code("/oauth2", x.id, challenge)}, "redirect_uri": {chatPage}, "code_verifier": {verifier},
			}
			maps.Copy(form, tt.form)
			want, words := "401 invalid_client", "The client must say who it is by its token_endpoint_auth_method, '"+name+"'."
			switch sent {
			case name:
				want, words = "200", ""
			case noAuth:
				words = oauthError("invalid_client_secret").Words
			}
			a := o.post("/oauth2/v1/token", form, tt.header)
			assert.Check(t, a.outcome() == want && a.text("error_description") == words, "%s by %s: %s", name, sent, a.raw)
		}
	}
}
