package tofu

import "net/http"

// configure are the calls that the providers make before any other.
var configure = []Call{
	{Method: "GET", Path: "/api/v1/users/me", Status: http.StatusOK, Needs: []string{"id"}},
	{Method: "GET", Path: "/.well-known/okta-organization", Status: http.StatusOK, Needs: []string{"pipeline"}},
	{Method: "GET", Path: "/api/v2/authorization/products", Status: http.StatusOK, Needs: []string{"entities.0.id", "total"}},
}

const (
	appURL    = "/api/v1/apps/{app}"
	idToken   = "/api/v1/internal/apps/{app}/settings/oauth/idToken" //nolint:gosec // an address
	memberURL = appURL + "/groups/{group}"
	originURL = "/api/v1/trustedOrigins/{origin}"
	policyURL = "/api/v1/authorizationServers/{server}/policies/{policy}"
	ruleURL   = policyURL + "/rules/{rule}"

	// The body of an app: its label, its note, and the client ID differ.
	appBody = `{"name":"oidc_client","label":"%label","signOnMode":"OPENID_CONNECT",
		"accessibility":{"selfService":false},"visibility":{"autoSubmitToolbar":false,"hide":{"iOS":true,"web":true}},
		"credentials":{"oauthClient":{%client"autoKeyRotation":true,"pkce_required":false,"token_endpoint_auth_method":"client_secret_basic"},
			"userNameTemplate":{"template":"${source.login}","type":"BUILT_IN"}},
		"settings":{"notes":{"admin":"%note"},"oauthClient":{"application_type":"web","grant_types":["authorization_code","refresh_token"],
			"response_types":["code"],"redirect_uris":["https://www.example.com/support"],
			"post_logout_redirect_uris":["https://www.example.com/support"],"consent_method":"TRUSTED","issuer_mode":"ORG_URL",
			"wildcard_redirect":"DISABLED","idp_initiated_login":{"mode":"DISABLED","default_scope":[]},
			"refresh_token":{"rotation_type":"STATIC","leeway":0}}},
		"profile":{"managedBy":"msgsso-wizard"}}`
	ruleBody = `{"type":"RESOURCE_ACCESS","name":"Messenger sign-in","status":"ACTIVE","priority":1,
		"actions":{"token":{"accessTokenLifetimeMinutes":%minutes,"refreshTokenLifetimeMinutes":0,"refreshTokenWindowMinutes":10080}},
		"conditions":{"grantTypes":{"include":["authorization_code"]},"scopes":{"include":["*"]},
			"people":{"groups":{"include":["EVERYONE"]},"users":{}}}}`
	policyBody = `{"type":"OAUTH_AUTHORIZATION_POLICY","status":"ACTIVE","name":"Genesys Messenger","description":"%description","priority":1,
		"conditions":{"clients":{"include":["{client}"]}}}`
)

// signOn are the calls that give an app the org's usual sign-in policy, after a create and after an update.
var signOn = []Call{
	{Method: "POST", Path: idToken, Body: `{"issuerMode":"ORG_URL"}`, Status: http.StatusOK, Needs: []string{"issuerMode"}},
	{Method: "GET", Path: "/api/v1/policies?type=ACCESS_POLICY", Status: http.StatusOK, Keep: "signOn=0.id", Needs: []string{"0.system"}},
	{Method: "PUT", Path: appURL + "/policies/{signOn}", Status: http.StatusNoContent},
}

var okta = []Resource{
	{
		Kind: "okta_app_oauth",
		Create: append([]Call{{
			Method: "POST", Path: "/api/v1/apps?activate=true", Status: http.StatusOK,
			Body: with(appBody, "%label", "Genesys Cloud Messenger", "%client", "", "%note", "Created by msgsso-wizard."),
			Keep: "app=id client=credentials.oauthClient.client_id", Needs: []string{"credentials.oauthClient.client_secret"},
		}}, signOn...),
		Refresh: []Call{
			{Method: "GET", Path: appURL, Status: http.StatusOK, Needs: []string{"_links.accessPolicy.href", "_links.logo", "settings.oauthClient"}},
			{Method: "GET", Path: idToken, Status: http.StatusOK},
		},
		// With omit_secret the secret goes as an empty text, which keeps it.
		Update: append([]Call{{
			Method: "PUT", Path: appURL, Status: http.StatusOK, Against: "a secret has 14 characters at least",
			Body:  with(appBody, "%label", "Genesys Cloud Messenger", "%client", `"client_id":"{client}","client_secret":"",`, "%note", "Changed."),
			Needs: []string{"credentials.oauthClient.client_secret"},
		}}, signOn[1:]...),
		Destroy: append([]Call{{Method: "POST", Path: appURL + "/lifecycle/deactivate", Status: http.StatusOK}}, gone(appURL, http.StatusNoContent)...),
		File: map[string]Attribute{
			"label": {"label", "Genesys Cloud Messenger"}, "status": {"status", "ACTIVE"}, "type": {"settings.oauthClient.application_type", "web"},
			"client_id":                  {"credentials.oauthClient.client_id", "{client}"},
			"token_endpoint_auth_method": {"credentials.oauthClient.token_endpoint_auth_method", "client_secret_basic"},
			"pkce_required":              {"credentials.oauthClient.pkce_required", false},
			"auto_key_rotation":          {"credentials.oauthClient.autoKeyRotation", true},
			"grant_types":                {"settings.oauthClient.grant_types", []any{"authorization_code", "refresh_token"}},
			"response_types":             {"settings.oauthClient.response_types", []any{"code"}},
			"redirect_uris":              {"settings.oauthClient.redirect_uris", []any{"https://www.example.com/support"}},
			"post_logout_redirect_uris":  {"settings.oauthClient.post_logout_redirect_uris", []any{"https://www.example.com/support"}},
			"consent_method":             {"settings.oauthClient.consent_method", "TRUSTED"},
			"issuer_mode":                {"settings.oauthClient.issuer_mode", "ORG_URL"},
			"login_mode":                 {"settings.oauthClient.idp_initiated_login.mode", "DISABLED"},
			"wildcard_redirect":          {"settings.oauthClient.wildcard_redirect", "DISABLED"},
			"refresh_token_rotation":     {"settings.oauthClient.refresh_token.rotation_type", "STATIC"},
			"refresh_token_leeway":       {"settings.oauthClient.refresh_token.leeway", 0},
			"hide_ios":                   {"visibility.hide.iOS", true}, "hide_web": {"visibility.hide.web", true},
			"auto_submit_toolbar": {"visibility.autoSubmitToolbar", false}, "user_name_template": {"credentials.userNameTemplate.template", "${source.login}"},
			"admin_note": {"settings.notes.admin", "Created by msgsso-wizard."}, "profile": {"profile.managedBy", "msgsso-wizard"},
			"client_secret": {"credentials.oauthClient.client_secret", nil}, // a read never has it
		},
		Edited: map[string]Attribute{"admin_note": {"settings.notes.admin", "Changed."}},
	},
	{
		Kind:    "okta_app_group_assignment",
		Create:  []Call{{Method: "PUT", Path: memberURL, Body: `{"profile":{}}`, Status: http.StatusOK, Needs: []string{"id"}}},
		Refresh: []Call{{Method: "GET", Path: memberURL, Status: http.StatusOK, Needs: []string{"profile", "priority"}}},
		Update:  []Call{{Method: "PUT", Path: memberURL, Body: `{"priority":1,"profile":{}}`, Status: http.StatusOK}},
		Destroy: gone(memberURL, http.StatusNoContent),
		File:    map[string]Attribute{"group_id": {"id", "{group}"}, "priority": {"priority", 0}, "profile": {"profile", map[string]any{}}},
		Edited:  map[string]Attribute{"priority": {"priority", 1}},
	},
	{
		Kind: "okta_trusted_origin",
		Create: []Call{{
			Method: "POST", Path: "/api/v1/trustedOrigins", Status: http.StatusOK, Keep: "origin=id",
			Body: `{"name":"Genesys Messenger","origin":"https://www.example.com","scopes":[{"type":"CORS"},{"type":"REDIRECT"}]}`,
		}},
		Refresh: []Call{{Method: "GET", Path: originURL, Status: http.StatusOK, Needs: []string{"scopes"}}},
		Update: []Call{{
			Method: "PUT", Path: originURL, Status: http.StatusOK, Needs: []string{"status", "scopes"},
			Body: `{"name":"Support page","origin":"https://www.example.com","scopes":[{"type":"CORS"},{"type":"REDIRECT"}]}`,
		}},
		Destroy: gone(originURL, http.StatusNoContent),
		File: map[string]Attribute{
			"name": {"name", "Genesys Messenger"}, "origin": {"origin", "https://www.example.com"}, "active": {"status", "ACTIVE"},
			"scopes": {"scopes", []any{map[string]any{"type": "CORS"}, map[string]any{"type": "REDIRECT"}}},
		},
		Edited: map[string]Attribute{"name": {"name", "Support page"}},
	},
	{
		Kind: "okta_auth_server_policy",
		Create: []Call{
			{Method: "GET", Path: "/api/v1/authorizationServers/default", Status: http.StatusOK, Keep: "server=id"},
			{
				Method: "POST", Path: "/api/v1/authorizationServers/{server}/policies", Status: http.StatusCreated, Keep: "policy=id",
				Body: with(policyBody, "%description", "Created by msgsso-wizard"),
			},
		},
		Refresh: []Call{{Method: "GET", Path: policyURL, Status: http.StatusOK, Needs: []string{"conditions.clients.include"}}},
		Update: []Call{
			{Method: "PUT", Path: policyURL, Status: http.StatusOK, Body: with(policyBody, "%description", "Changed")},
			{Method: "POST", Path: policyURL + "/lifecycle/deactivate", Status: http.StatusNoContent},
			{Method: "POST", Path: policyURL + "/lifecycle/activate", Status: http.StatusNoContent},
		},
		Destroy: gone(policyURL, http.StatusNoContent),
		File: map[string]Attribute{
			"name": {"name", "Genesys Messenger"}, "description": {"description", "Created by msgsso-wizard"}, "priority": {"priority", 1},
			"status": {"status", "ACTIVE"}, "client_whitelist": {"conditions.clients.include.0", "{client}"},
		},
		Edited: map[string]Attribute{"description": {"description", "Changed"}},
	},
	{
		Kind:   "okta_auth_server_policy_rule",
		Create: []Call{{Method: "POST", Path: policyURL + "/rules", Status: http.StatusCreated, Keep: "rule=id", Body: with(ruleBody, "%minutes", "60")}},
		Refresh: []Call{{
			Method: "GET", Path: ruleURL, Status: http.StatusOK,
			Needs: []string{"actions.token", "conditions.grantTypes.include", "conditions.scopes.include", "conditions.people.users"},
		}},
		Update:  []Call{{Method: "PUT", Path: ruleURL, Status: http.StatusOK, Body: with(ruleBody, "%minutes", "90")}},
		Destroy: gone(ruleURL, http.StatusNoContent),
		File: map[string]Attribute{
			"name": {"name", "Messenger sign-in"}, "priority": {"priority", 1}, "status": {"status", "ACTIVE"}, "type": {"type", "RESOURCE_ACCESS"},
			"grant_type_whitelist":           {"conditions.grantTypes.include", []any{"authorization_code"}},
			"scope_whitelist":                {"conditions.scopes.include", []any{"*"}},
			"group_whitelist":                {"conditions.people.groups.include", []any{"EVERYONE"}},
			"access_token_lifetime_minutes":  {"actions.token.accessTokenLifetimeMinutes", 60},
			"refresh_token_lifetime_minutes": {"actions.token.refreshTokenLifetimeMinutes", 0},
			"refresh_token_window_minutes":   {"actions.token.refreshTokenWindowMinutes", 10080},
		},
		Edited: map[string]Attribute{"access_token_lifetime_minutes": {"actions.token.accessTokenLifetimeMinutes", 90}},
	},
}
