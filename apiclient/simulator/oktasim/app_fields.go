package oktasim

import (
	"slices"

	"msgsso-wizard/apiclient/simulator/oktasim/jsontree"
)

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

// appFields are the members of an app integration that a caller can set (contract okta.md 1.1).
var appFields = []jsontree.Field{
	{Path: "name", Required: true, Values: []string{"oidc_client"}},
	{Path: "label", Required: true, Min: 1, Max: 100},
	{Path: "signOnMode", Required: true, Values: []string{"OPENID_CONNECT"}},
	{Path: "profile", Kind: jsontree.FreeKind},

	{Path: "accessibility.selfService", Kind: jsontree.FlagKind},
	{Path: "accessibility.errorRedirectUrl", Null: true},
	{Path: "accessibility.loginRedirectUrl", Null: true},
	{Path: "visibility.autoLaunch", Kind: jsontree.FlagKind},
	{Path: "visibility.autoSubmitToolbar", Kind: jsontree.FlagKind},
	{Path: "visibility.appLinks", Kind: jsontree.FreeKind},
	{Path: "visibility.hide.iOS", Kind: jsontree.FlagKind},
	{Path: "visibility.hide.web", Kind: jsontree.FlagKind},

	{Path: "credentials", Kind: jsontree.TreeKind, Required: true},
	{Path: "credentials.userNameTemplate.template"},
	{Path: "credentials.userNameTemplate.type", Values: []string{"BUILT_IN", "CUSTOM", "NONE"}},
	{Path: oauthCredentials + ".autoKeyRotation", Kind: jsontree.FlagKind},
	{Path: oauthCredentials + ".client_id", Min: 6, Max: 100},
	{Path: oauthCredentials + ".client_secret"},
	{Path: oauthCredentials + ".pkce_required", Kind: jsontree.FlagKind},
	{Path: oauthCredentials + ".token_endpoint_auth_method", Values: []string{"client_secret_basic", "client_secret_jwt", "client_secret_post", "none", "private_key_jwt"}},

	{Path: "settings", Kind: jsontree.TreeKind, Required: true},
	{Path: "settings.implicitAssignment", Kind: jsontree.FlagKind},
	{Path: "settings.manualProvisioning", Kind: jsontree.FlagKind},
	{Path: "settings.notes.admin", Null: true},
	{Path: "settings.notes.enduser", Null: true},
	{Path: "settings.notifications.vpn.network", Kind: jsontree.FreeKind},
	{Path: "settings.notifications.vpn.message"},
	{Path: "settings.notifications.vpn.helpUrl"},
	{Path: oauthSettings, Kind: jsontree.TreeKind, Required: true},
	{Path: oauthSettings + ".application_type", Values: []string{"browser", "native", "service", "web"}},
	{Path: oauthSettings + ".grant_types", Kind: jsontree.TextsKind, Required: true, Values: grantTypes, Min: 1},
	{Path: oauthSettings + ".response_types", Kind: jsontree.TextsKind, Values: []string{"code", "id_token", "token"}},
	{Path: oauthSettings + ".redirect_uris", Kind: jsontree.TextsKind},
	{Path: oauthSettings + ".post_logout_redirect_uris", Kind: jsontree.TextsKind},
	{Path: oauthSettings + ".refresh_token.rotation_type", Required: true, Values: []string{"ROTATE", "STATIC"}},
	{Path: oauthSettings + ".refresh_token.leeway", Kind: jsontree.NumberKind, Max: 60},
	{Path: oauthSettings + ".consent_method", Values: []string{"REQUIRED", "TRUSTED"}},
	{Path: oauthSettings + ".issuer_mode", Values: []string{"CUSTOM_URL", "DYNAMIC", "ORG_URL"}},
	{Path: oauthSettings + ".wildcard_redirect", Values: []string{"DISABLED", "SUBDOMAIN"}},
	{Path: oauthSettings + ".initiate_login_uri"},
	{Path: oauthSettings + ".idp_initiated_login.mode", Required: true, Values: []string{"DISABLED", "SPEC", "OKTA"}},
	{Path: oauthSettings + ".idp_initiated_login.default_scope", Kind: jsontree.TextsKind},
	{Path: oauthSettings + ".dpop_bound_access_tokens", Kind: jsontree.FlagKind},
	{Path: oauthSettings + ".participate_slo", Kind: jsontree.FlagKind},
	{Path: oauthSettings + ".client_uri", Max: 1024},
	{Path: oauthSettings + ".logo_uri", Max: 1024},
	{Path: oauthSettings + ".policy_uri"},
	{Path: oauthSettings + ".tos_uri"},
	{Path: oauthSettings + ".jwks", Kind: jsontree.FreeKind},
	{Path: oauthSettings + ".jwks_uri"},
	{Path: oauthSettings + ".id_token_encrypted_response_alg"},
	{Path: oauthSettings + ".frontchannel_logout_uri", Max: 1024},
	{Path: oauthSettings + ".frontchannel_logout_session_required", Kind: jsontree.FlagKind},
	{Path: oauthSettings + ".backchannel_authentication_request_signing_alg", Values: signingForms},
	{Path: oauthSettings + ".backchannel_custom_authenticator_id", Min: 20, Max: 20},
	{Path: oauthSettings + ".backchannel_token_delivery_mode", Values: []string{"poll", "ping", "push"}},
	{Path: oauthSettings + ".network.connection", Required: true, Values: []string{"ANYWHERE", "ZONE"}},
	{Path: oauthSettings + ".network.include", Kind: jsontree.TextsKind},
	{Path: oauthSettings + ".network.exclude", Kind: jsontree.TextsKind},
}

// appDefaults is what a body leaves out. A replacement leaves the status as it is.
func appDefaults(s *Server, c *call, _ []*app, old *entry) object {
	defaults := s.clientDefaults(c.tree)
	switch {
	case old != nil:
		defaults["status"] = old.text("status")
	case c.r.URL.Query().Get("activate") == "false":
		defaults["status"] = inactive
	}
	return defaults
}

// clientDefaults is what an app integration has when nothing is said, nulls included.
func (s *Server) clientDefaults(wish object) object {
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
	kind := jsontree.Text(wish, oauthSettings+".application_type")
	if slices.Contains(jsontree.Texts(wish, oauthSettings+".grant_types"), refreshGrant) {
		rotation := "STATIC"
		if kind == "browser" {
			rotation = "ROTATE"
		}
		client["refresh_token"] = object{"rotation_type": rotation}
	}
	return object{
		"name": "oidc_client", "signOnMode": "OPENID_CONNECT", "status": active,
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
