package oktasim

import (
	"regexp"
	"slices"
	"strings"
)

// resources say which scope a management call needs, the first match counts. Reading needs .read, writing
// .manage, and who may write may read (contract okta.md 3.5).
var resources = []struct {
	path *regexp.Regexp
	name string
}{
	{regexp.MustCompile(`^/api/v1/apps(/|$)`), "apps"},
	{regexp.MustCompile(`^/api/v1/groups(/|$)`), "groups"},
	{regexp.MustCompile(`^/api/v1/trustedOrigins(/|$)`), "trustedOrigins"},
	{regexp.MustCompile(`^/api/v1/authorizationServers(/|$)`), "authorizationServers"},
	{regexp.MustCompile(`^/api/v1/users/[^/]+/roles$`), "roles"},
	{regexp.MustCompile(`^/api/v1/users/[^/]+$`), "users"},
	{regexp.MustCompile(`^/api/v1/logs$`), "logs"},
	{regexp.MustCompile(`^/api/v1/org$`), "orgs"},
	{regexp.MustCompile(`^/api/v1/domains$`), "domains"},
}

// neededScope is the scope that a call needs; empty: no OAuth token opens it.
func (c *call) neededScope() string {
	for _, x := range resources {
		if !x.path.MatchString(c.r.URL.Path) {
			continue
		}
		if c.writes() {
			return "okta." + x.name + ".manage"
		}
		return "okta." + x.name + ".read"
	}
	return ""
}

// allows reports whether the scopes cover the needed one.
func allows(scopes []string, needed string) bool {
	manage := strings.TrimSuffix(needed, ".read") + ".manage"
	return slices.Contains(scopes, needed) || slices.Contains(scopes, manage)
}

// scopesFor are the scopes that a request asks for, all of which must be allowed; at least one is needed.
func scopesFor(asked string, allowed ...[]string) ([]string, error) {
	scopes := strings.Fields(asked)
	all := slices.Concat(allowed...)
	if len(scopes) == 0 || slices.ContainsFunc(scopes, func(x string) bool { return !slices.Contains(all, x) }) {
		return nil, refuse("invalid_scope")
	}
	return scopes, nil
}
