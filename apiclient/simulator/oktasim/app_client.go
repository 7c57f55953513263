package oktasim

import (
	"cmp"
	_ "embed"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/shape"
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

// requestsText has what a caller can set of each kind of object.
//
//go:embed requests.yaml
var requestsText []byte

var requests = sync.OnceValue(func() map[string]shape.Shape { return shape.Read(requestsText) })

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
