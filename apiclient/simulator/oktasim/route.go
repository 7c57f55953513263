package oktasim

import (
	"net/http"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
)

// access is what a caller needs.
type access int

const (
	public   access = iota // nothing: not limited either (contract okta.md 6)
	anyone                 // nothing, or what the endpoint itself asks for; a POST carries a form
	token                  // an API token or an access token
	licensed               // the same, of an org with API Access Management
	owner                  // an API token, also a read-only admin's
)

type route struct {
	method, path string
	status       int // when all goes well
	access       access
	handle       handler
}

var table = slices.Concat(fixedRoutes, authServerRoutes,
	apps.routes(), secrets.routes(), assignedGroups.routes(), assignedUsers.routes(), users.routes(), groups.routes(), origins.routes(),
	servers.routes(), policies.routes(), rules.routes(), signOnPolicies.routes(), signOnRules.routes(), claims.routes(), federatedClaims.routes(),
)

var fixedRoutes = []route{
	{"GET", "/.well-known/okta-organization", 200, public, (*Server).wellKnownOrg},
	{"GET", "/.well-known/oauth-authorization-server/oauth2/{serverId}", 200, public, atCustom(metadata("oauth"))}, // RFC 8414 3
	{"DELETE", "/api/v1/sessions/me", 204, anyone, (*Server).closeSession},
	{"POST", "/oauth2/v1/device/authorize", 200, anyone, (*Server).askDevice},
	{"GET", "/activate", 200, anyone, (*Server).showActivation},
	{"POST", "/activate", 200, anyone, (*Server).answerActivation},

	{"GET", "/api/v1/org", 200, token, (*Server).getOrg},
	{"GET", "/api/v1/domains", 200, token, (*Server).listDomains},
	{"GET", "/api/v1/logs", 200, token, (*Server).listLogs},
	{"GET", "/api/v1/users/{userId}/roles", 200, token, (*Server).listRoles},
	{"DELETE", "/api/v1/api-tokens/current", 204, owner, (*Server).revokeToken},
	{"GET", appPath + "/grants", 200, token, forApp((*Server).listGrants)},
	{"PUT", appPath + "/policies/{policyId}", 204, token, forApp((*Server).assignPolicy)},
	{"GET", "/api/v1/internal/apps/{appId}/settings/oauth/idToken", 200, token, forApp((*Server).idTokenSettings)},
	{"POST", "/api/v1/internal/apps/{appId}/settings/oauth/idToken", 200, token, forApp((*Server).idTokenSettings)},
}

// authServerRoutes are those of the org's own server, and below /oauth2/{serverId} of the custom ones.
var authServerRoutes = func() []route {
	var all []route
	for _, rt := range []route{
		{"GET", "/.well-known/openid-configuration", 200, public, metadata("openid")},
		{"GET", "/.well-known/oauth-authorization-server", 200, public, metadata("oauth")},
		{"GET", "/v1/userinfo", 200, anyone, (*Server).userinfo},
		{"GET", "/v1/keys", 200, public, (*Server).publishKeys},
		{"GET", "/v1/authorize", 200, anyone, (*Server).authorize},
		{"POST", "/v1/authorize", 200, anyone, (*Server).authorize},
		{"POST", "/v1/token", 200, anyone, (*Server).grantToken},
		{"POST", "/v1/revoke", 200, anyone, (*Server).revoke},
	} {
		custom := rt
		custom.path, custom.handle = "/oauth2/{serverId}"+rt.path, atCustom(rt.handle)
		if strings.HasPrefix(rt.path, "/v1/") {
			rt.path = "/oauth2" + rt.path
		}
		all = append(all, rt, custom)
	}
	return all
}()

// atCustom takes a handler to the custom server that the path names. Without the license there is none.
func atCustom(handle handler) handler {
	return func(s *Server, c *call) (any, error) {
		name := c.r.PathValue("serverId")
		if c.as = s.serverNamed(name); c.as == nil || s.profile.noAPIAM {
			return nil, refusal.NotFound(name, servers.kind)
		}
		return handle(s, c)
	}
}

// router puts the table behind a router that knows paths only, because Okta words a wrong method itself.
func (s *Server) router() *http.ServeMux {
	mux := http.NewServeMux()
	methods := map[string]map[string]route{}
	for _, rt := range table {
		if methods[rt.path] == nil {
			methods[rt.path] = map[string]route{}
			byMethod := methods[rt.path]
			mux.HandleFunc(rt.path, func(w http.ResponseWriter, r *http.Request) { s.dispatch(w, r, byMethod) })
		}
		methods[rt.path][rt.method] = rt
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { s.dispatch(w, r, nil) })
	return mux
}
