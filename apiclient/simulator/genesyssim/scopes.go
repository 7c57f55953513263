package genesyssim

import (
	"net/http"
	"strings"
)

// scopes are what a user's token needs, by the beginning of the path below /api/v2 (security of the API's
// definition). Reading is also allowed by the scope's :readonly form, where there is one.
var scopes = []struct {
	path, scope string
	whole       bool // there is no :readonly form
}{
	{path: "/organizations/", scope: "organization"},
	{path: "/users/", scope: "user-basic-info", whole: true},
	{path: "/tokens/", scope: "user-basic-info", whole: true},
	{path: "/authorization/", scope: "authorization"},
	{path: "/integrations", scope: "integrations"},
	{path: "/webdeployments/", scope: "webdeployments"},
	{path: "/flows", scope: "architect"},
	{path: "/conversations/messaging/", scope: "messaging"},
}

// scopesFor are the scopes of which an operation takes any; the first is the least.
func scopesFor(pattern string) []string {
	method, path, _ := strings.Cut(pattern, " ")
	for _, s := range scopes {
		switch {
		case !strings.HasPrefix(path, s.path):
		case method == http.MethodGet && !s.whole:
			return []string{s.scope + ":readonly", s.scope}
		default:
			return []string{s.scope}
		}
	}
	return nil
}
