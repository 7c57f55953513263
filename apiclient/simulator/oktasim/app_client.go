package oktasim

import (
	"cmp"
	_ "embed"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/oktasim/schema"
	"msgsso-wizard/apiclient/simulator/simkit"
)

const (
	oauthCredentials = "credentials.oauthClient"
	oauthSettings    = "settings.oauthClient"

	// pushed is RFC 9126's name (section 6) for a client that must push its authorization requests. Okta's definition
	// names no member for that.
	pushed = "require_pushed_authorization_requests"
)

var (
	idForm     = regexp.MustCompile(`^[A-Za-z0-9$\-_.+!*'(),]*$`)
	secretForm = regexp.MustCompile(`^[\x20-\x7E]*$`)
)

// clientRules tie members of an app integration together (contract okta.md 1.1); defaults are filled in.
var clientRules = []struct {
	member, cause string
	broken        func(s *Server, a *app) bool
}{
	{"label", "The field contains characters that are not supported", func(_ *Server, a *app) bool {
		return strings.ContainsFunc(a.label(), func(r rune) bool { return r > 0xFFFF })
	}},
	{"grant_types", "'authorization_code' is required for an application of type 'web'", func(_ *Server, a *app) bool {
		return a.setting("application_type") == "web" && !a.has("grant_types", codeGrant)
	}},
	{"redirect_uris", "At least one redirect URI is required", func(_ *Server, a *app) bool {
		return len(a.settings("redirect_uris")) == 0 && a.setting("application_type") != "service" && a.has("grant_types", codeGrant)
	}},
	{"response_types", "'code' is required for the grant type 'authorization_code'", func(_ *Server, a *app) bool {
		return a.has("grant_types", codeGrant) && !a.has("response_types", "code")
	}},
	{"response_types", "'token' or 'id_token' is required for the grant type 'implicit'", func(_ *Server, a *app) bool {
		return a.has("grant_types", "implicit") && !a.has("response_types", "token") && !a.has("response_types", "id_token")
	}},
	{"pkce_required", "must be true when 'token_endpoint_auth_method' is 'none'", func(_ *Server, a *app) bool {
		return a.text(oauthCredentials+".token_endpoint_auth_method") == noAuth && !a.flag(oauthCredentials+".pkce_required")
	}},
	{"client_id", "The value is not allowed", func(_ *Server, a *app) bool {
		id := a.text(oauthCredentials + ".client_id")
		return id == "ALL_CLIENTS" || !idForm.MatchString(id)
	}},
	{"consent_method", "'REQUIRED' is not available for this organization", func(s *Server, a *app) bool {
		return s.profile.noAPIAM && a.setting("consent_method") == "REQUIRED"
	}},
	{"issuer_mode", "'DYNAMIC' is not enabled for this organization", func(_ *Server, a *app) bool {
		return a.setting("issuer_mode") == "DYNAMIC"
	}},
	{"initiate_login_uri", "The field is required when 'idp_initiated_login' is not 'DISABLED'", func(_ *Server, a *app) bool {
		return a.setting("idp_initiated_login.mode") != "DISABLED" && a.setting("initiate_login_uri") == ""
	}},
}

func (a *app) has(list, value string) bool { return slices.Contains(a.settings(list), value) }

// checkClient refuses an app integration that breaks a rule.
func checkClient(s *Server, a *app) error {
	for _, rule := range clientRules {
		if rule.broken(s, a) {
			return refusal.Field(rule.member, rule.cause)
		}
	}
	if a.setting("refresh_token.rotation_type") != "" && !a.has("grant_types", refreshGrant) {
		return refusal.Invalid("App Instance", "'refresh_token' grant type is required to configure the refresh token settings.")
	}
	return cmp.Or(
		a.badURI("redirect_uris", a.setting("wildcard_redirect") == "SUBDOMAIN"),
		a.badURI("post_logout_redirect_uris", false),
		badSecret(a.text(oauthCredentials+".client_secret"), a.text(oauthCredentials+".token_endpoint_auth_method")),
	)
}

// badURI refuses the first bad address. Wildcards need https, one star in the lowest label and a label between it and
// the top one.
func (a *app) badURI(member string, wildcard bool) error {
	for _, address := range a.settings(member) {
		u, err := url.Parse(address)
		web := err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != ""
		problem := ""
		switch {
		case err != nil || !web && (a.setting("application_type") != "native" || u.Scheme == ""):
			problem = "must be an absolute URI"
		case strings.Contains(address, "#"):
			problem = "must not contain a fragment"
		case strings.Contains(address, "*") && (!wildcard || !goodWildcard(u)):
			problem = "must not contain a wildcard"
		default:
			continue
		}
		return refusal.Field(member, fmt.Sprintf("'%s' %s", address, problem))
	}
	return nil
}

func goodWildcard(u *url.URL) bool {
	labels := strings.Split(u.Hostname(), ".")
	return u.Scheme == "https" && strings.Count(u.Host+u.Path, "*") == 1 && strings.Contains(labels[0], "*") && len(labels) > 2
}

// badSecret refuses a secret that the caller chose; none is fine.
func badSecret(secret, method string) error {
	problem := ""
	switch {
	case secret == "":
		return nil
	case !secretForm.MatchString(secret):
		problem = "must only contain printable ASCII: [x20-x7E]+"
	case len(secret) < 14:
		problem = "must be at least '14' characters long."
	case len(secret) > 100:
		problem = "can't be more than '100' characters long."
	case len(secret) < 32 && method == "client_secret_jwt":
		problem = "must be at least '32' characters long when 'token_endpoint_auth_method' is 'client_secret_jwt'."
	default:
		return nil
	}
	return refusal.Field("client_secret", "'client_secret' "+problem)
}

var grantTypes = []string{
	"authorization_code", "client_credentials", "implicit", "interaction_code", "password", "refresh_token",
	"urn:ietf:params:oauth:grant-type:device_code", "urn:ietf:params:oauth:grant-type:jwt-bearer",
	"urn:ietf:params:oauth:grant-type:saml2-bearer", "urn:ietf:params:oauth:grant-type:token-exchange",
	"urn:openid:params:grant-type:ciba", "urn:okta:params:oauth:grant-type:otp", "urn:okta:params:oauth:grant-type:oob",
	"http://auth0.com/oauth/grant-type/mfa-otp", "http://auth0.com/oauth/grant-type/mfa-oob",
}

// appFields are the members of an app integration that a caller can set (contract okta.md 1.1), objects first.
var appFields = slices.Concat([]schema.Field{
	{Path: "name", Required: true, Values: []string{"oidc_client"}},
	{Path: "label", Required: true, Min: 1, Max: 100},
	{Path: "signOnMode", Required: true, Values: []string{"OPENID_CONNECT"}},
	{Path: "credentials", Kind: schema.TreeKind, Required: true},
	{Path: "settings", Kind: schema.TreeKind, Required: true},
	{Path: oauthSettings, Kind: schema.TreeKind, Required: true},

	{Path: "accessibility.errorRedirectUrl", Null: true},
	{Path: "accessibility.loginRedirectUrl", Null: true},
	{Path: "credentials.userNameTemplate.type", Values: []string{"BUILT_IN", "CUSTOM", "NONE"}},
	{Path: oauthCredentials + ".client_id", Min: 6, Max: 100},
	{Path: oauthCredentials + ".token_endpoint_auth_method", Values: []string{basicAuth, "client_secret_jwt", postAuth, noAuth, keyAuth}},
	{Path: "settings.notes.admin", Null: true},
	{Path: "settings.notes.enduser", Null: true},
	{Path: oauthSettings + ".application_type", Values: []string{"browser", "native", "service", "web"}},
	{Path: oauthSettings + ".grant_types", Kind: schema.TextsKind, Required: true, Values: grantTypes, Min: 1},
	{Path: oauthSettings + ".response_types", Kind: schema.TextsKind, Values: []string{"code", "id_token", "token"}},
	{Path: oauthSettings + ".refresh_token.rotation_type", Required: true, Values: []string{"ROTATE", "STATIC"}},
	{Path: oauthSettings + ".refresh_token.leeway", Kind: schema.NumberKind, Max: 60},
	{Path: oauthSettings + ".consent_method", Values: []string{"REQUIRED", "TRUSTED"}},
	{Path: oauthSettings + ".issuer_mode", Values: []string{customURL, "DYNAMIC", orgURL}},
	{Path: oauthSettings + ".wildcard_redirect", Values: []string{"DISABLED", "SUBDOMAIN"}},
	{Path: oauthSettings + ".idp_initiated_login.mode", Required: true, Values: []string{"DISABLED", "SPEC", "OKTA"}},
	{Path: oauthSettings + ".client_uri", Max: 1024},
	{Path: oauthSettings + ".logo_uri", Max: 1024},
	{Path: oauthSettings + ".frontchannel_logout_uri", Max: 1024},
	{Path: oauthSettings + ".backchannel_custom_authenticator_id", Min: 20, Max: 20},
	{Path: oauthSettings + ".backchannel_token_delivery_mode", Values: []string{"poll", "ping", "push"}},
	{Path: oauthSettings + ".network.connection", Required: true, Values: []string{"ANYWHERE", "ZONE"}},
	{Path: oauthSettings + ".id_token_encrypted_response_alg", Values: []string{"RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512"}},
},
	schema.Fields(schema.TextKind, "credentials.userNameTemplate.template", oauthCredentials+".client_secret",
		"settings.notifications.vpn.message", "settings.notifications.vpn.helpUrl",
		oauthSettings+".initiate_login_uri", oauthSettings+".policy_uri", oauthSettings+".tos_uri", oauthSettings+".jwks_uri",
		oauthSettings+".backchannel_authentication_request_signing_alg"),
	schema.Fields(schema.FlagKind, "accessibility.selfService", "visibility.autoLaunch", "visibility.autoSubmitToolbar",
		"visibility.hide.iOS", "visibility.hide.web", oauthCredentials+".autoKeyRotation", oauthCredentials+".pkce_required",
		"settings.implicitAssignment", "settings.manualProvisioning", oauthSettings+".dpop_bound_access_tokens", oauthSettings+"."+pushed,
		oauthSettings+".participate_slo", oauthSettings+".frontchannel_logout_session_required"),
	schema.Fields(schema.TextsKind, oauthSettings+".redirect_uris", oauthSettings+".post_logout_redirect_uris",
		oauthSettings+".idp_initiated_login.default_scope", oauthSettings+".network.include", oauthSettings+".network.exclude"),
	schema.Fields(schema.FreeKind, "profile", "settings.app", "visibility.appLinks", "settings.notifications.vpn.network", oauthSettings+".jwks"),
)

// appDefaults is what a body leaves out.
func appDefaults(s *Server, c *call, old *entry) object {
	defaults := s.clientDefaults(c.tree)
	if old == nil && c.r.URL.Query().Get("activate") == "false" {
		defaults["status"] = inactive
	}
	return defaults
}

//go:embed app.json
var newApp []byte

// clientDefaults is what an app integration has when nothing is said, nulls included.
func (s *Server) clientDefaults(wish object) object {
	doc := simkit.Embedded[object](newApp)
	kind := jsontree.Text(wish, oauthSettings+".application_type")
	jsontree.Put(doc, oauthCredentials+".pkce_required", kind == "browser" || kind == "native")
	jsontree.Put(doc, oauthSettings+".issuer_mode", orgURL)
	if s.profile.customDomain {
		jsontree.Put(doc, oauthSettings+".issuer_mode", customURL)
	}
	if slices.Contains(jsontree.Texts(wish, oauthSettings+".grant_types"), refreshGrant) {
		rotation := map[bool]string{true: "ROTATE", false: "STATIC"}[kind == "browser"]
		jsontree.Put(doc, oauthSettings+".refresh_token.rotation_type", rotation)
	}
	return doc
}
