package oktasim

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// What Okta's Terraform provider sets and asks for (contract okta.md 1.1, 1.8).
func TestAppKeepsWhatItIsGiven(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	const settings = "settings.oauthClient"
	given := object{
		settings + ".network":                              object{"connection": "ZONE", "include": []any{"nzo1"}, "exclude": []any{}},
		settings + ".jwks":                                 object{"keys": []any{object{"kty": "RSA", "use": nil}}},
		settings + ".jwks_uri":                             "https://www.example.com/keys",
		settings + ".frontchannel_logout_uri":              "https://www.example.com/out",
		settings + ".frontchannel_logout_session_required": true,
		settings + ".backchannel_token_delivery_mode":      "poll",
		settings + ".backchannel_custom_authenticator_id":  "aut00000000000000000",
		settings + ".id_token_encrypted_response_alg":      "RSA-OAEP-256",
	}
	made := o.do("POST", "/api/v1/apps", webApp(given)).want(t, "200")
	read := o.do("GET", "/api/v1/apps/"+made.text("id"), nil).want(t, "200")
	for path, want := range given {
		assert.Check(t, is.DeepEqual(read.at(path), want), path)
	}
}

func TestProviderCalls(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	id := o.do("POST", "/api/v1/apps", webApp(nil)).want(t, "200").text("id")
	app, idToken := "/api/v1/apps/"+id, "/api/v1/internal/apps/"+id+"/settings/oauth/idToken"
	want := object{"issuer": o.http.URL, "orgUrl": nil, "customUrl": nil, "audience": id, "issuerMode": "ORG_URL"}
	assert.Check(t, is.DeepEqual(o.do("GET", idToken, nil).want(t, "200").doc, any(want)))
	a := o.do("POST", idToken, object{"issuerMode": "CUSTOM_URL"}).want(t, "200")
	assert.Check(t, a.at("issuer") == nil && a.text("issuerMode") == "CUSTOM_URL", a.raw)
	assert.Check(t, is.Equal(o.do("GET", app, nil).text("settings.oauthClient.issuer_mode"), "CUSTOM_URL"),
		"issuer mode")
	o.do("POST", idToken, object{}).want(t, "400 E0000001 issuerMode: The field cannot be left blank")
	o.do("GET", "/api/v1/internal/apps/0oaNone/settings/oauth/idToken", nil).want(t, "404 E0000007")

	listed := o.do("GET", "/api/v1/policies?type=ACCESS_POLICY", nil).want(t, "200")
	assert.DeepEqual(t, listed.column("name"), []string{"Any two factors", "Password only"})
	o.do("GET", "/api/v1/policies?type=PASSWORD", nil).want(t, "200")
	for _, policy := range listed.column("id") {
		o.do("PUT", app+"/policies/"+policy, nil).want(t, "204")
		got := o.do("GET", app, nil).text("_links.accessPolicy.href")
		assert.Check(t, is.Equal(got, o.http.URL+"/api/v1/policies/"+policy), "the app has the policy")
	}
	o.do("PUT", app+"/policies/rstNone", nil).want(t, "404 E0000007")

	assert.Check(t, is.DeepEqual(o.do("GET", "/api/v1/users?limit=200", nil).want(t, "200").column("profile.login"), []string{adminLogin, visitorLogin}))
	got := o.do("GET", `/api/v1/users?search=profile.login+eq+"alice@acme.test"`, nil).column("profile.login")
	assert.Check(t, len(got) == 1 && got[0] == visitorLogin, "found %v", got)
	assert.Check(t, is.Equal(o.do("GET", app+"/grants", nil).want(t, "200").raw, "[]"), "grants")
	if got := o.do("GET", "/api/v1/apps/"+o.service.id+"/grants", nil).want(t, "200").column("scopeId"); len(got) != len(toolScopes) {
		t.Errorf("grants of a service %v", got)
	}
}

// A policy is replaced as a whole; without a priority it stays where it is.
func TestReplacePolicy(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	at := defaultPolicies + "/" + o.do("POST", defaultPolicies, policyBody("First", nil)).want(t, "201").text("id")
	o.do("POST", defaultPolicies, policyBody("Second", object{"priority": 2})).want(t, "201")
	body := policyBody("Renamed", object{"conditions": object{"clients": object{"include": []any{"x"}}}})
	delete(body, "priority")
	delete(body, "status")
	a := o.do("PUT", at, body).want(t, "200")
	assert.Check(t, a.text("name") == "Renamed" && a.at("priority") == 1.0 && a.text("status") == "ACTIVE", a.raw)
	o.do("PUT", at, policyBody("Last", object{"priority": 9})).want(t, "200")
	assert.Check(t, is.DeepEqual(o.do("GET", defaultPolicies, nil).column("name"), []string{"Second", "Last"}))
	o.do("PUT", at, object{"name": "x"}).want(t, "400 E0000001 type: The field cannot be left blank")
	o.do("PUT", defaultPolicies+"/00pNone", body).want(t, "404 E0000007")
}

// A client that may call from some zones only gets no tokens from here (contract okta.md 11).
func TestNetworkZone(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	for zone, want := range map[string]string{"nzo1": "403 access_denied", "ALL_IP_ZONES": "200"} {
		x := o.webClient(object{"settings.oauthClient.network": object{"connection": "ZONE", "include": []any{zone}}})
		a := o.redeem("/oauth2", x, o.browser().code("/oauth2", x.id, nil), nil).want(t, want)
		if want != "200" && a.text("error_description") != oauthError("disallowed_network_zone").Words {
			t.Error(a.raw)
		}
	}
}
