package oktasim

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"testing"
)

// The client is looked at before the code; no code is good.
func TestCodeIsRefused(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	made := o.do("POST", "/api/v1/apps", webApp(nil)).want(t, "200")
	id, secret := made.text("credentials.oauthClient.client_id"), made.text("credentials.oauthClient.client_secret")
	off := o.do("POST", "/api/v1/apps", webApp(nil)).want(t, "200")
	offID, offSecret := off.text("id"), off.text("credentials.oauthClient.client_secret")
	o.do("POST", "/api/v1/apps/"+offID+"/lifecycle/deactivate", nil).want(t, "200")
	machine := o.do("POST", "/api/v1/apps", webApp(object{
		"settings.oauthClient.grant_types": []any{"client_credentials"}, "settings.oauthClient.response_types": []any{"token"},
		"settings.oauthClient.application_type": "service", "settings.oauthClient.redirect_uris": nil,
	})).want(t, "200")
	basic := func(id, secret string) http.Header {
		both := url.QueryEscape(id) + ":" + url.QueryEscape(secret)
		return http.Header{"Authorization": {"Basic " + base64.StdEncoding.EncodeToString([]byte(both))}}
	}
	form := func(more url.Values) url.Values {
		all := url.Values{"grant_type": {codeGrant}, "code": {"none"}, "redirect_uri": {chatPage}}
		for name, values := range more {
			all[name] = values
		}
		return all
	}
	for name, tt := range map[string]struct {
		form        url.Values
		header      http.Header
		want, words string
	}{
		"right client":        {form(nil), basic(id, secret), "400 invalid_grant", "The authorization code is invalid or has expired."},
		"right, in the form":  {form(url.Values{"client_id": {id}, "client_secret": {secret}}), nil, "400 invalid_grant", "The authorization code is invalid or has expired."},
		"wrong secret":        {form(nil), basic(id, secret+"x"), "401 invalid_client", "The client secret supplied for a confidential client is invalid."},
		"no secret":           {form(url.Values{"client_id": {id}}), nil, "401 invalid_client", "The client secret supplied for a confidential client is invalid."},
		"another's secret":    {form(nil), basic(id, offSecret), "401 invalid_client", "The client secret supplied for a confidential client is invalid."},
		"unknown client":      {form(nil), basic("0oaNobody", secret), "401 invalid_client", "Invalid value for 'client_id' parameter."},
		"nobody":              {form(nil), nil, "401 invalid_client", "Invalid value for 'client_id' parameter."},
		"inactive app":        {form(nil), basic(offID, offSecret), "401 invalid_client", "Invalid value for 'client_id' parameter."},
		"app of other grants": {form(nil), basic(machine.text("id"), machine.text("credentials.oauthClient.client_secret")), "400 unauthorized_client", "The client is not authorized to use the provided grant type. Configured grant types: [client_credentials]."},
	} {
		for _, server := range []string{"/oauth2", "/oauth2/default"} {
			a := o.post(server+"/v1/token", tt.form, tt.header)
			if a.outcome() != tt.want || a.text("error_description") != tt.words {
				t.Errorf("%s at %s: %s %s", name, server, a.outcome(), a.raw)
			}
		}
	}
	o.post("/oauth2/none/v1/token", form(nil), basic(id, secret)).want(t, "404 E0000007")
	o.post("/oauth2/default/v1/token", url.Values{}, nil).want(t, "400 invalid_request")
	o.post("/oauth2/default/v1/token", url.Values{"grant_type": {serviceGrant}}, nil).want(t, "400 unsupported_grant_type")
	start(t, Options{NoAPIAccessManagement: true}).post("/oauth2/default/v1/token", form(nil), nil).want(t, "404 E0000007")
}

// Who only asks is sent back without a page, if the address is the app's.
func TestAskingWithoutAPrompt(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	app := o.openApp(nil)
	quiet := map[string]string{"prompt": "none", "login_hint": "", "scope": "openid"}
	for _, server := range []string{"/oauth2", "/oauth2/default"} {
		to, query := o.visit(server, app, quiet).landing(t)
		if to != chatPage || query.Get("error") != "login_required" || query.Get("state") != "s t&1" {
			t.Errorf("%s: %s %v", server, to, query)
		}
	}
	quiet["redirect_uri"] = chatPage + "/"
	if a := o.visit("/oauth2/default", app, quiet).want(t, "400"); a.header.Get("Location") != "" {
		t.Error(a.header)
	}
}
