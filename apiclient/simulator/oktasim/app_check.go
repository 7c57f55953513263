package oktasim

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// client is a wish for an app integration, with the defaults filled in.
type client struct {
	object
	kind, method       string
	grants, responses  []string
	redirects, logouts []string
}

func newClient(whole object) client {
	at := func(name string) []string { return textsAt(whole, oauthSettings+"."+name) }
	return client{
		object:    whole,
		kind:      textAt(whole, oauthSettings+".application_type"),
		method:    textAt(whole, oauthCredentials+".token_endpoint_auth_method"),
		grants:    at("grant_types"),
		responses: at("response_types"),
		redirects: at("redirect_uris"),
		logouts:   at("post_logout_redirect_uris"),
	}
}

var (
	idForm     = regexp.MustCompile(`^[A-Za-z0-9$\-_.+!*'(),]*$`)
	secretForm = regexp.MustCompile(`^[\x20-\x7E]*$`)
)

// appRules are the rules that tie members together (contract okta.md 1.1 and 1.6). why is empty when the
// rule is kept.
var appRules = []struct {
	member string
	why    func(s *Server, c client) string
}{
	{"label", func(_ *Server, c client) string {
		return when(strings.ContainsFunc(textAt(c.object, "label"), func(r rune) bool { return r > 0xFFFF }),
			"label: The field contains characters that are not supported")
	}},
	{"grant_types", func(_ *Server, c client) string {
		return when(c.kind == "web" && !hasText(c.grants, "authorization_code"),
			"grant_types: 'authorization_code' is required for an application of type 'web'")
	}},
	{"redirect_uris", func(_ *Server, c client) string {
		return when(len(c.redirects) == 0 && c.kind != "service" && hasText(c.grants, "authorization_code"),
			"redirect_uris: At least one redirect URI is required")
	}},
	{"response_types", func(_ *Server, c client) string {
		return when(hasText(c.grants, "authorization_code") && !hasText(c.responses, "code"),
			"response_types: 'code' is required for the grant type 'authorization_code'")
	}},
	{"response_types", func(_ *Server, c client) string {
		return when(hasText(c.grants, "implicit") && !hasText(c.responses, "token") && !hasText(c.responses, "id_token"),
			"response_types: 'token' or 'id_token' is required for the grant type 'implicit'")
	}},
	{"redirect_uris", func(_ *Server, c client) string {
		wildcard := textAt(c.object, oauthSettings+".wildcard_redirect") == "SUBDOMAIN"
		return badURI("redirect_uris", c.redirects, wildcard, c.kind == "native")
	}},
	{"post_logout_redirect_uris", func(_ *Server, c client) string {
		return badURI("post_logout_redirect_uris", c.logouts, false, c.kind == "native")
	}},
	{"App Instance", func(_ *Server, c client) string {
		_, set := dig(c.object, oauthSettings+".refresh_token")
		return when(set && !hasText(c.grants, "refresh_token"),
			"'refresh_token' grant type is required to configure the refresh token settings.")
	}},
	{"pkce_required", func(_ *Server, c client) string {
		return when(c.method == "none" && !flagAt(c.object, oauthCredentials+".pkce_required"),
			"pkce_required: must be true when 'token_endpoint_auth_method' is 'none'")
	}},
	{"client_id", func(_ *Server, c client) string {
		id := textAt(c.object, oauthCredentials+".client_id")
		return when(id == "ALL_CLIENTS" || !idForm.MatchString(id), "client_id: The value is not allowed")
	}},
	{"client_secret", func(_ *Server, c client) string {
		return badSecret(textAt(c.object, oauthCredentials+".client_secret"), c.method)
	}},
	{"consent_method", func(s *Server, c client) string {
		return when(s.opts.NoAPIAccessManagement && textAt(c.object, oauthSettings+".consent_method") == "REQUIRED",
			"consent_method: 'REQUIRED' is not available for this organization")
	}},
	{"issuer_mode", func(_ *Server, c client) string {
		return when(textAt(c.object, oauthSettings+".issuer_mode") == "DYNAMIC", "issuer_mode: 'DYNAMIC' is not enabled for this organization")
	}},
	{"initiate_login_uri", func(_ *Server, c client) string {
		return when(textAt(c.object, oauthSettings+".idp_initiated_login.mode") != "DISABLED" && textAt(c.object, oauthSettings+".initiate_login_uri") == "",
			"initiate_login_uri: The field is required when 'idp_initiated_login' is not 'DISABLED'")
	}},
}

// appWish is the app integration that a request body asks for.
func (s *Server) appWish(c *call) (client, error) {
	if err := c.needBody(); err != nil {
		return client{}, err
	}
	if err := check(appFields, c.body); err != nil {
		return client{}, err
	}
	wish := pick(appFields, c.body)
	got := newClient(merge(s.appDefaults(wish), wish))
	for _, rule := range appRules {
		if why := rule.why(s, got); why != "" {
			return client{}, invalid(rule.member, why)
		}
	}
	return got, nil
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

func when(broken bool, why string) string {
	if broken {
		return why
	}
	return ""
}

func hasText(items []string, want string) bool { return slices.Contains(items, want) }
