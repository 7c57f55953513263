package oktasim

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/jsontree"
)

const defaultPolicies = "/api/v1/authorizationServers/default/policies"

func policyBody(name string, changes object) object {
	return jsontree.Merge(object{
		"type": "OAUTH_AUTHORIZATION_POLICY", "status": "ACTIVE", "name": name, "description": "made by a test", "priority": 1,
		"conditions": object{"clients": object{"include": []any{"ALL_CLIENTS"}}},
	}, changes)
}

func ruleBody(changes object) object {
	return jsontree.Merge(object{
		"type": "RESOURCE_ACCESS", "name": "Messenger sign-in", "status": "ACTIVE", "priority": 1,
		"conditions": object{
			"people": object{"groups": object{"include": []any{"EVERYONE"}}}, "grantTypes": object{"include": []any{"authorization_code"}},
			"scopes": object{"include": []any{"*"}},
		},
		"actions": object{"token": object{"accessTokenLifetimeMinutes": 60, "refreshTokenLifetimeMinutes": 0, "refreshTokenWindowMinutes": 10080}},
	}, changes)
}

func TestAuthorizationServer(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	list := o.do("GET", "/api/v1/authorizationServers", nil).want(t, "200")
	ids := list.column("id")
	assert.Assert(t, len(ids) == 1 && strings.HasPrefix(ids[0], "aus") && list.column("name")[0] == "default",
		"servers %s", list.raw)
	for _, id := range []string{ids[0], "default"} {
		a := o.do("GET", "/api/v1/authorizationServers/"+id, nil).want(t, "200")
		assert.Check(t, a.text("id") == ids[0] && a.text("credentials.signing.kid") == o.keyID("/oauth2/default") &&
			a.text("issuer") == o.http.URL+"/oauth2/default" && a.at("default") == true, "%s: %s", id, a.raw)
		got := o.do("GET", "/api/v1/authorizationServers/"+id+"/policies", nil).want(t, "200").raw
		assert.Check(t, is.Equal(got, "[]"), "a new org's default server has policies")
	}
	assert.Check(t, o.keyID("/oauth2") != o.keyID("/oauth2/default"), "both kinds of server have the same key")
	o.do("GET", "/api/v1/authorizationServers/aus0", nil).want(t, "404 E0000007")
}

func TestPolicies(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	first := o.do("POST", defaultPolicies, policyBody("First", nil)).want(t, "201")
	assert.Check(t, first.at("priority") == 1.0 &&
		first.at("system") == false && strings.HasPrefix(first.text("id"), "00p"), "made %s", first.raw)
	o.do("POST", defaultPolicies, policyBody("Second", nil)).want(t, "201") // at priority 1: before the first
	o.do("POST", defaultPolicies, policyBody("Third", object{"priority": 99})).want(t, "201")
	assert.Check(t, is.DeepEqual(o.do("GET", defaultPolicies, nil).column("name"), []string{"Second", "First", "Third"}))
	at := defaultPolicies + "/" + first.text("id")
	got := o.do("GET", at, nil).want(t, "200").at("priority")
	assert.Check(t, got == 2.0, "priority %v", got)
	for cause, change := range map[string]object{
		"type: 'OTHER' is not one of OAUTH_AUTHORIZATION_POLICY": {"type": "OTHER"},
		"name: must be 1 to 100 characters":                      {"name": ""},
		"conditions: must be an object":                          {"conditions": "x"},
		"description: The field cannot be null":                  {"description": nil},
	} {
		o.do("POST", defaultPolicies, policyBody("x", change)).want(t, "400 E0000001 "+cause)
	}
	o.do("POST", defaultPolicies, object{"name": "x"}).want(t, "400 E0000001 type: The field cannot be left blank")
	o.do("POST", at+"/lifecycle/deactivate", nil).want(t, "204")
	assert.Check(t, is.Equal(o.do("GET", at, nil).want(t, "200").text("status"), "INACTIVE"))
	o.do("POST", at+"/lifecycle/activate", nil).want(t, "204")
	assert.Check(t, is.Equal(o.do("GET", at, nil).want(t, "200").text("status"), "ACTIVE"))
	o.do("DELETE", at, nil).want(t, "204")
	o.do("GET", at, nil).want(t, "404 E0000007")
	assert.Check(t, is.Equal(o.Counts().Policies, 2))
}

func TestRules(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	list := defaultPolicies + "/" + o.do("POST", defaultPolicies, policyBody("P", nil)).want(t, "201").text("id") + "/rules"
	made := o.do("POST", list, ruleBody(nil)).want(t, "201")
	at := list + "/" + made.text("id")
	if diff := cmp.Diff([]any{}, made.at("conditions.people.users.exclude")); diff != "" || made.text("_links.self.href") != o.http.URL+at {
		t.Errorf("made %s", made.raw)
	}
	put := o.do("PUT", at, ruleBody(object{"name": "Renamed", "actions": object{"token": object{"accessTokenLifetimeMinutes": 5}}})).want(t, "200")
	assert.Check(t, put.text("name") == "Renamed" &&
		put.at("actions.token.accessTokenLifetimeMinutes") == 5.0 && put.at("actions.token.refreshTokenWindowMinutes") == 10080.0, "put %s", put.raw)
	for cause, change := range map[string]object{
		"type: 'SIGN_ON' is not one of RESOURCE_ACCESS":      {"type": "SIGN_ON"},
		"accessTokenLifetimeMinutes: must be 5 to 1440":      {"actions": object{"token": object{"accessTokenLifetimeMinutes": 4}}},
		"accessTokenLifetimeMinutes: must be a whole number": {"actions": object{"token": object{"accessTokenLifetimeMinutes": 5.5}}},
	} {
		o.do("POST", list, ruleBody(change)).want(t, "400 E0000001 "+cause)
	}
	assert.Check(t, is.Equal(o.do("GET", at, nil).want(t, "200").text("name"), "Renamed"), "name")
	assert.Check(t, is.Len(o.do("GET", list, nil).want(t, "200").column("id"), 1), "rules")
	for verb, status := range map[string]string{"deactivate": "INACTIVE", "activate": "ACTIVE"} {
		o.do("POST", at+"/lifecycle/"+verb, nil).want(t, "204")
		assert.Check(t, is.Equal(o.do("GET", at, nil).want(t, "200").text("status"), status))
	}
	o.do("DELETE", at, nil).want(t, "204")
	o.do("GET", at, nil).want(t, "404 E0000007")
}

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
