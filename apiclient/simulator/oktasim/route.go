package oktasim

import "net/http"

// access is what a caller needs.
type access int

const (
	public   access = iota // nothing: not limited either (contract okta.md 6)
	anyone                 // nothing, or what the end point itself asks for; a POST carries a form
	token                  // an API token or an access token
	licensed               // the same, of an org with API Access Management
	owner                  // an API token, also a read-only admin's
)

type route struct {
	method, path string
	status       int // when all goes well
	access       access
	handle       func(*Server, *call) (any, error)
}

const (
	app1    = "/api/v1/apps/{appId}"
	secret1 = app1 + "/credentials/secrets/{secretId}"
	origin1 = "/api/v1/trustedOrigins/{originId}"
	server1 = "/api/v1/authorizationServers/{serverId}"
	policy1 = server1 + "/policies/{policyId}"
	rule1   = policy1 + "/rules/{ruleId}"
)

var table = []route{
	{"GET", "/.well-known/okta-organization", 200, public, (*Server).wellKnownOrg},
	{"GET", "/.well-known/openid-configuration", 200, public, (*Server).orgOpenID},
	{"GET", "/.well-known/oauth-authorization-server", 200, public, (*Server).orgOAuth},
	{"GET", "/oauth2/v1/keys", 200, public, (*Server).publishKeys},
	{"GET", "/oauth2/{serverId}/.well-known/openid-configuration", 200, public, (*Server).customOpenID},
	{"GET", "/oauth2/{serverId}/.well-known/oauth-authorization-server", 200, public, (*Server).customOAuth},
	{"GET", "/oauth2/{serverId}/v1/keys", 200, public, custom((*Server).publishKeys)},

	{"GET", "/oauth2/v1/authorize", 200, anyone, (*Server).authorize},
	{"POST", "/oauth2/v1/authorize", 200, anyone, (*Server).authorize},
	{"POST", "/oauth2/v1/token", 200, anyone, (*Server).grantToken},
	{"POST", "/oauth2/v1/introspect", 200, anyone, (*Server).introspect},
	{"POST", "/oauth2/v1/revoke", 200, anyone, (*Server).revoke},
	{"GET", "/oauth2/v1/userinfo", 200, anyone, (*Server).userinfo},
	{"GET", "/oauth2/v1/logout", 200, anyone, (*Server).logout},
	{"POST", "/oauth2/v1/logout", 200, anyone, (*Server).logout},
	{"GET", "/oauth2/{serverId}/v1/authorize", 200, anyone, custom((*Server).authorize)},
	{"POST", "/oauth2/{serverId}/v1/authorize", 200, anyone, custom((*Server).authorize)},
	{"POST", "/oauth2/{serverId}/v1/token", 200, anyone, custom((*Server).grantToken)},
	{"POST", "/oauth2/{serverId}/v1/introspect", 200, anyone, custom((*Server).introspect)},
	{"POST", "/oauth2/{serverId}/v1/revoke", 200, anyone, custom((*Server).revoke)},
	{"GET", "/oauth2/{serverId}/v1/userinfo", 200, anyone, custom((*Server).userinfo)},
	{"GET", "/oauth2/{serverId}/v1/logout", 200, anyone, custom((*Server).logout)},
	{"POST", "/oauth2/{serverId}/v1/logout", 200, anyone, custom((*Server).logout)},
	{"DELETE", "/api/v1/sessions/me", 204, anyone, (*Server).closeSession},
	{"POST", "/oauth2/v1/device/authorize", 200, anyone, (*Server).askDevice},
	{"GET", "/activate", 200, anyone, (*Server).showActivation},
	{"POST", "/activate", 200, anyone, (*Server).answerActivation},

	{"GET", "/api/v1/org", 200, token, (*Server).getOrg},
	{"GET", "/api/v1/domains", 200, token, (*Server).listDomains},
	{"GET", "/api/v1/logs", 200, token, (*Server).listLogs},
	{"GET", "/api/v1/users/{userId}", 200, token, (*Server).getUser},
	{"GET", "/api/v1/users/{userId}/roles", 200, token, (*Server).listRoles},
	{"DELETE", "/api/v1/api-tokens/current", 204, owner, (*Server).revokeToken},

	{"GET", "/api/v1/apps", 200, token, (*Server).listApps},
	{"POST", "/api/v1/apps", 200, token, (*Server).createApp},
	{"GET", app1, 200, token, (*Server).getApp},
	{"PUT", app1, 200, token, (*Server).replaceApp},
	{"DELETE", app1, 204, token, (*Server).deleteApp},
	{"POST", app1 + "/lifecycle/activate", 200, token, (*Server).activateApp},
	{"POST", app1 + "/lifecycle/deactivate", 200, token, (*Server).deactivateApp},
	{"GET", app1 + "/credentials/secrets", 200, token, (*Server).listSecrets},
	{"POST", app1 + "/credentials/secrets", 201, token, (*Server).createSecret},
	{"GET", secret1, 200, token, (*Server).getSecret},
	{"DELETE", secret1, 204, token, (*Server).deleteSecret},
	{"POST", secret1 + "/lifecycle/activate", 200, token, (*Server).activateSecret},
	{"POST", secret1 + "/lifecycle/deactivate", 200, token, (*Server).deactivateSecret},
	{"GET", app1 + "/groups", 200, token, (*Server).listAssignedGroups},
	{"GET", app1 + "/groups/{groupId}", 200, token, (*Server).getAssignedGroup},
	{"PUT", app1 + "/groups/{groupId}", 200, token, (*Server).assignGroup},
	{"DELETE", app1 + "/groups/{groupId}", 204, token, (*Server).unassignGroup},
	{"GET", app1 + "/users", 200, token, (*Server).listAssignedUsers},
	{"POST", app1 + "/users", 200, token, (*Server).assignUser},
	{"GET", app1 + "/users/{userId}", 200, token, (*Server).getAssignedUser},
	{"DELETE", app1 + "/users/{userId}", 204, token, (*Server).unassignUser},

	{"GET", "/api/v1/groups", 200, token, (*Server).listGroups},
	{"GET", "/api/v1/groups/{groupId}", 200, token, (*Server).getGroup},

	{"GET", "/api/v1/trustedOrigins", 200, token, (*Server).listOrigins},
	{"POST", "/api/v1/trustedOrigins", 200, token, (*Server).createOrigin},
	{"GET", origin1, 200, token, (*Server).getOrigin},
	{"PUT", origin1, 200, token, (*Server).replaceOrigin},
	{"DELETE", origin1, 204, token, (*Server).deleteOrigin},
	{"POST", origin1 + "/lifecycle/activate", 200, token, (*Server).activateOrigin},
	{"POST", origin1 + "/lifecycle/deactivate", 200, token, (*Server).deactivateOrigin},

	{"GET", "/api/v1/authorizationServers", 200, licensed, (*Server).listServers},
	{"GET", server1, 200, licensed, (*Server).getServer},
	{"GET", server1 + "/policies", 200, licensed, (*Server).listPolicies},
	{"POST", server1 + "/policies", 201, licensed, (*Server).createPolicy},
	{"GET", policy1, 200, licensed, (*Server).getPolicy},
	{"DELETE", policy1, 204, licensed, (*Server).deletePolicy},
	{"POST", policy1 + "/lifecycle/deactivate", 204, licensed, (*Server).deactivatePolicy},
	{"GET", policy1 + "/rules", 200, licensed, (*Server).listRules},
	{"POST", policy1 + "/rules", 201, licensed, (*Server).createRule},
	{"GET", rule1, 200, licensed, (*Server).getRule},
	{"PUT", rule1, 200, licensed, (*Server).replaceRule},
	{"DELETE", rule1, 204, licensed, (*Server).deleteRule},
}

// custom takes a handler to the custom server that the path names.
func custom(handle func(*Server, *call) (any, error)) func(*Server, *call) (any, error) {
	return func(s *Server, c *call) (any, error) {
		as, err := s.published(c)
		if err != nil {
			return nil, err
		}
		c.as = as
		return handle(s, c)
	}
}

// routes puts the table behind a router that knows paths only, because Okta words a wrong method itself.
func (s *Server) routes() *http.ServeMux {
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
