package oktasim

var grantTypes = []string{
	"authorization_code", "client_credentials", "implicit", "interaction_code", "password", "refresh_token",
	"urn:ietf:params:oauth:grant-type:device_code", "urn:ietf:params:oauth:grant-type:jwt-bearer",
	"urn:ietf:params:oauth:grant-type:saml2-bearer", "urn:ietf:params:oauth:grant-type:token-exchange",
	"urn:openid:params:grant-type:ciba", "urn:okta:params:oauth:grant-type:otp", "urn:okta:params:oauth:grant-type:oob",
	"http://auth0.com/oauth/grant-type/mfa-otp", "http://auth0.com/oauth/grant-type/mfa-oob",
}

const (
	oauthCredentials = "credentials.oauthClient"
	oauthSettings    = "settings.oauthClient"
)

// appFields are the members of an app integration that a caller can set (contract okta.md 1.1). An object
// comes before its members.
var appFields = []field{
	{path: "name", required: true, values: []string{"oidc_client"}},
	{path: "label", required: true, min: 1, max: 100},
	{path: "signOnMode", required: true, values: []string{"OPENID_CONNECT"}},
	{path: "profile", kind: free},

	{path: "accessibility", kind: tree},
	{path: "accessibility.selfService", kind: flag},
	{path: "accessibility.errorRedirectUrl"},
	{path: "accessibility.loginRedirectUrl"},
	{path: "visibility", kind: tree},
	{path: "visibility.autoLaunch", kind: flag},
	{path: "visibility.autoSubmitToolbar", kind: flag},
	{path: "visibility.appLinks", kind: free},
	{path: "visibility.hide", kind: tree},
	{path: "visibility.hide.iOS", kind: flag},
	{path: "visibility.hide.web", kind: flag},

	{path: "credentials", kind: tree, required: true},
	{path: "credentials.userNameTemplate", kind: tree},
	{path: "credentials.userNameTemplate.template"},
	{path: "credentials.userNameTemplate.type", values: []string{"BUILT_IN", "CUSTOM", "NONE"}},
	{path: oauthCredentials, kind: tree},
	{path: oauthCredentials + ".autoKeyRotation", kind: flag},
	{path: oauthCredentials + ".client_id", min: 6, max: 100},
	{path: oauthCredentials + ".client_secret"},
	{path: oauthCredentials + ".pkce_required", kind: flag},
	{path: oauthCredentials + ".token_endpoint_auth_method", values: []string{"client_secret_basic", "client_secret_jwt", "client_secret_post", "none", "private_key_jwt"}},

	{path: "settings", kind: tree, required: true},
	{path: "settings.implicitAssignment", kind: flag},
	{path: "settings.manualProvisioning", kind: flag},
	{path: "settings.notes", kind: tree},
	{path: "settings.notes.admin"},
	{path: "settings.notes.enduser"},
	{path: "settings.notifications", kind: tree},
	{path: "settings.notifications.vpn", kind: tree},
	{path: "settings.notifications.vpn.network", kind: free},
	{path: "settings.notifications.vpn.message"},
	{path: "settings.notifications.vpn.helpUrl"},
	{path: oauthSettings, kind: tree, required: true},
	{path: oauthSettings + ".application_type", values: []string{"browser", "native", "service", "web"}},
	{path: oauthSettings + ".grant_types", kind: texts, required: true, values: grantTypes, min: 1},
	{path: oauthSettings + ".response_types", kind: texts, values: []string{"code", "id_token", "token"}},
	{path: oauthSettings + ".redirect_uris", kind: texts},
	{path: oauthSettings + ".post_logout_redirect_uris", kind: texts},
	{path: oauthSettings + ".refresh_token", kind: tree},
	{path: oauthSettings + ".refresh_token.rotation_type", required: true, values: []string{"ROTATE", "STATIC"}},
	{path: oauthSettings + ".refresh_token.leeway", kind: number, max: 60},
	{path: oauthSettings + ".consent_method", values: []string{"REQUIRED", "TRUSTED"}},
	{path: oauthSettings + ".issuer_mode", values: []string{"CUSTOM_URL", "DYNAMIC", "ORG_URL"}},
	{path: oauthSettings + ".wildcard_redirect", values: []string{"DISABLED", "SUBDOMAIN"}},
	{path: oauthSettings + ".initiate_login_uri"},
	{path: oauthSettings + ".idp_initiated_login", kind: tree},
	{path: oauthSettings + ".idp_initiated_login.mode", required: true, values: []string{"DISABLED", "SPEC", "OKTA"}},
	{path: oauthSettings + ".idp_initiated_login.default_scope", kind: texts},
	{path: oauthSettings + ".dpop_bound_access_tokens", kind: flag},
	{path: oauthSettings + ".participate_slo", kind: flag},
	{path: oauthSettings + ".client_uri", max: 1024},
	{path: oauthSettings + ".logo_uri", max: 1024},
	{path: oauthSettings + ".policy_uri"},
	{path: oauthSettings + ".tos_uri"},
}

// appDefaults is what an app integration has when its caller says nothing, nulls included.
func (s *Server) appDefaults(wish object) object {
	issuerMode := orgURL
	if s.opts.customDomain {
		issuerMode = customURL
	}
	client := object{
		"client_uri": nil, "logo_uri": nil,
		"redirect_uris": []any{}, "response_types": []any{},
		"application_type": "web", "consent_method": "TRUSTED", "issuer_mode": issuerMode,
		"idp_initiated_login":      object{"mode": "DISABLED", "default_scope": []any{}},
		"wildcard_redirect":        "DISABLED",
		"dpop_bound_access_tokens": false, "participate_slo": false,
	}
	kind := textAt(wish, oauthSettings+".application_type")
	if hasText(textsAt(wish, oauthSettings+".grant_types"), "refresh_token") {
		rotation := "STATIC"
		if kind == "browser" {
			rotation = "ROTATE"
		}
		client["refresh_token"] = object{"rotation_type": rotation}
	}
	return object{
		"accessibility": object{"selfService": false, "errorRedirectUrl": nil, "loginRedirectUrl": nil},
		"visibility": object{
			"autoLaunch": false, "autoSubmitToolbar": false, "hide": object{"iOS": true, "web": true},
			"appLinks": object{"oidc_client_link": true},
		},
		"credentials": object{
			"userNameTemplate": object{"template": "${source.login}", "type": "BUILT_IN"},
			"oauthClient": object{
				"autoKeyRotation": true, "token_endpoint_auth_method": "client_secret_basic",
				"pkce_required": kind == "browser" || kind == "native",
			},
		},
		"settings": object{
			"app":                object{},
			"notifications":      object{"vpn": object{"network": object{"connection": "DISABLED"}, "message": nil, "helpUrl": nil}},
			"manualProvisioning": false, "implicitAssignment": false, "emOptInStatus": "NONE",
			"notes":       object{"admin": nil, "enduser": nil},
			"oauthClient": client,
		},
	}
}
