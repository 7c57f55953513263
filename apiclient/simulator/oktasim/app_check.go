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

// checkApp refuses an app integration that breaks a rule.
func checkApp(s *Server, call *call) error {
	c := wishedClient{object: call.tree}
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
