package oktasim

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/simulator/oktasim/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
)

var (
	idForm     = regexp.MustCompile(`^[A-Za-z0-9$\-_.+!*'(),]*$`)
	secretForm = regexp.MustCompile(`^[\x20-\x7E]*$`)
)

// wishedClient is the client of an app integration, with the defaults filled in.
type wishedClient struct {
	object
	kind              string
	grants, responses []string
}

func (c wishedClient) setting(name string) string {
	return jsontree.Text(c.object, oauthSettings+"."+name)
}

func (c wishedClient) list(name string) []string {
	return jsontree.Texts(c.object, oauthSettings+"."+name)
}
func (c wishedClient) has(grant string) bool { return slices.Contains(c.grants, grant) }

// clientRules tie members together (contract okta.md 1.1).
var clientRules = []struct {
	member, cause string
	broken        func(s *Server, c wishedClient) bool
}{
	{"label", "label: The field contains characters that are not supported", func(_ *Server, c wishedClient) bool {
		return strings.ContainsFunc(jsontree.Text(c.object, "label"), func(r rune) bool { return r > 0xFFFF })
	}},
	{"grant_types", "grant_types: 'authorization_code' is required for an application of type 'web'", func(_ *Server, c wishedClient) bool {
		return c.kind == "web" && !c.has(codeGrant)
	}},
	{"redirect_uris", "redirect_uris: At least one redirect URI is required", func(_ *Server, c wishedClient) bool {
		return len(c.list("redirect_uris")) == 0 && c.kind != "service" && c.has(codeGrant)
	}},
	{"response_types", "response_types: 'code' is required for the grant type 'authorization_code'", func(_ *Server, c wishedClient) bool {
		return c.has(codeGrant) && !slices.Contains(c.responses, "code")
	}},
	{"response_types", "response_types: 'token' or 'id_token' is required for the grant type 'implicit'", func(_ *Server, c wishedClient) bool {
		return c.has("implicit") && !slices.Contains(c.responses, "token") && !slices.Contains(c.responses, "id_token")
	}},
	{"App Instance", "'refresh_token' grant type is required to configure the refresh token settings.", func(_ *Server, c wishedClient) bool {
		return c.setting("refresh_token.rotation_type") != "" && !c.has(refreshGrant)
	}},
	{"pkce_required", "pkce_required: must be true when 'token_endpoint_auth_method' is 'none'", func(_ *Server, c wishedClient) bool {
		return c.method() == noAuth && !jsontree.Flag(c.object, oauthCredentials+".pkce_required")
	}},
	{"client_id", "client_id: The value is not allowed", func(_ *Server, c wishedClient) bool {
		id := jsontree.Text(c.object, oauthCredentials+".client_id")
		return id == "ALL_CLIENTS" || !idForm.MatchString(id)
	}},
	{"consent_method", "consent_method: 'REQUIRED' is not available for this organization", func(s *Server, c wishedClient) bool {
		return s.opts.NoAPIAccessManagement && c.setting("consent_method") == "REQUIRED"
	}},
	{"issuer_mode", "issuer_mode: 'DYNAMIC' is not enabled for this organization", func(_ *Server, c wishedClient) bool {
		return c.setting("issuer_mode") == "DYNAMIC"
	}},
	{"initiate_login_uri", "initiate_login_uri: The field is required when 'idp_initiated_login' is not 'DISABLED'", func(_ *Server, c wishedClient) bool {
		return c.setting("idp_initiated_login.mode") != "DISABLED" && c.setting("initiate_login_uri") == ""
	}},
}

func (c wishedClient) method() string {
	return jsontree.Text(c.object, oauthCredentials+".token_endpoint_auth_method")
}

// checkClient refuses an app integration that breaks a rule.
func checkClient(s *Server, wish object) error {
	c := wishedClient{object: wish}
	c.kind, c.grants, c.responses = c.setting("application_type"), c.list("grant_types"), c.list("response_types")
	for _, rule := range clientRules {
		if rule.broken(s, c) {
			return refusal.Invalid(rule.member, rule.cause)
		}
	}
	wildcard, native := c.setting("wildcard_redirect") == "SUBDOMAIN", c.kind == "native"
	cause := cmp.Or(
		badURI("redirect_uris", c.list("redirect_uris"), wildcard, native),
		badURI("post_logout_redirect_uris", c.list("post_logout_redirect_uris"), false, native),
		badSecret(jsontree.Text(c.object, oauthCredentials+".client_secret"), c.method()),
	)
	if cause == "" {
		return nil
	}
	member, _, _ := strings.Cut(cause, ":")
	return refusal.Invalid(member, cause)
}

// badURI says what is wrong with the first bad address. Wildcards need https, one star in the lowest label
// and a label between it and the top one.
func badURI(member string, addresses []string, wildcard, anyScheme bool) string {
	for _, address := range addresses {
		u, err := url.Parse(address)
		web := err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != ""
		problem := ""
		switch {
		case err != nil || !web && (!anyScheme || u.Scheme == ""):
			problem = "must be an absolute URI"
		case strings.Contains(address, "#"):
			problem = "must not contain a fragment"
		case strings.Contains(address, "*") && (!wildcard || !goodWildcard(u)):
			problem = "must not contain a wildcard"
		}
		if problem != "" {
			return fmt.Sprintf("%s: '%s' %s", member, address, problem)
		}
	}
	return ""
}

func goodWildcard(u *url.URL) bool {
	labels := strings.Split(u.Hostname(), ".")
	return u.Scheme == "https" && strings.Count(u.Host+u.Path, "*") == 1 && strings.Contains(labels[0], "*") && len(labels) > 2
}

// badSecret says what is wrong with a secret that the caller chose; none is fine.
func badSecret(secret, method string) string {
	switch {
	case secret == "":
		return ""
	case !secretForm.MatchString(secret):
		return "client_secret: 'client_secret' must only contain printable ASCII: [x20-x7E]+"
	case len(secret) < 14:
		return "client_secret: 'client_secret' must be at least '14' characters long."
	case len(secret) > 100:
		return "client_secret: 'client_secret' can't be more than '100' characters long."
	case len(secret) < 32 && method == "client_secret_jwt":
		return "client_secret: 'client_secret' must be at least '32' characters long when 'token_endpoint_auth_method' is 'client_secret_jwt'."
	}
	return ""
}

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
	{Path: oauthSettings + ".backchannel_authentication_request_signing_alg", Values: []string{"HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512"}},
	{Path: oauthSettings + ".backchannel_custom_authenticator_id", Min: 20, Max: 20},
	{Path: oauthSettings + ".backchannel_token_delivery_mode", Values: []string{"poll", "ping", "push"}},
	{Path: oauthSettings + ".network.connection", Required: true, Values: []string{"ANYWHERE", "ZONE"}},
	{Path: oauthSettings + ".network.include", Kind: jsontree.TextsKind},
	{Path: oauthSettings + ".network.exclude", Kind: jsontree.TextsKind},
}

// appDefaults is what a body leaves out.
func appDefaults(s *Server, c *call, old *entry) object {
	defaults := s.clientDefaults(c.tree)
	if old == nil && c.r.URL.Query().Get("activate") == "false" {
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
		"name": "oidc_client", "signOnMode": "OPENID_CONNECT",
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
