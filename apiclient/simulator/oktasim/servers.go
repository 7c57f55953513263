package oktasim

import (
	"cmp"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// authServer is a custom authorization server. The one that every org starts with answers to the name "default" as well
// as to its id.
type authServer struct {
	entry
	name     string
	policies []*policy
	claims   []*entry
}

// policy is an access policy of an authorization server.
type policy struct {
	entry
	rules []*entry
}

var servers = &resource[*authServer]{
	path: "/api/v1/authorizationServers/{serverId}", kind: "AuthorizationServer", access: licensed, verbs: map[verb]int{list: 200, get: 200},
	listing: listing{search: []string{"name"}, standard: 200, least: 1, most: 200},
	in:      all(func(s *Server) *[]*authServer { return &s.servers }),
	alias: func(s *Server, _ *call, id string) string {
		if as := s.serverNamed(id); as != nil {
			return as.id
		}
		return id
	},
	show: showServer,
}

// serverNamed is the authorization server with this name or id, nil when there is none.
func (s *Server) serverNamed(name string) *authServer {
	return first(s.servers, func(as *authServer) bool { return as.id == name || as.name == name })
}

// showServer links to the name that the server was asked for by.
func showServer(s *Server, c *call, as *authServer) object {
	at := c.url("authorizationServers", cmp.Or(c.r.PathValue("serverId"), as.id))
	issuer := simkit.Base(c.r) + "/oauth2/" + as.name
	document := func(name string) object {
		return object{"name": name, "href": issuer + "/.well-known/" + name, "hints": object{"allow": []string{"GET"}}}
	}
	return as.document(object{
		"name": as.name, "description": "Default Authorization Server for your Applications",
		"audiences": []string{"api://" + as.name}, "issuer": issuer, "issuerMode": "DYNAMIC", "status": active, "default": true,
		"credentials": object{"signing": object{"kid": s.asKey.ID, "rotationMode": "MANUAL", "lastRotated": simkit.Stamp(as.created)}},
		"_links": object{
			"rotateKey":  link(at+"/credentials/lifecycle/keyRotate", "POST"),
			"metadata":   []object{document("oauth-authorization-server"), document("openid-configuration")},
			"keys":       link(at+"/credentials/keys", "GET"),
			"claims":     link(at+"/claims", "GET", "POST"),
			"policies":   link(at+"/policies", "GET", "POST"),
			"self":       link(at, "GET", "DELETE", "PUT"),
			"scopes":     link(at+"/scopes", "GET", "POST"),
			"deactivate": link(at+"/lifecycle/deactivate", "POST"),
		},
	})
}

// policies are the access policies of an authorization server (contract okta.md 4).
var policies = &resource[*policy]{
	path: "/api/v1/authorizationServers/{serverId}/policies/{policyId}", kind: "Policy", access: licensed, prefix: "00p",
	verbs:   map[verb]int{list: 200, create: 201, get: 200, replace: 200, remove: 204, activate: 204, deactivate: 204},
	request: "policy",
	ordered: true,
	in:      within(servers, func(_ *call, as *authServer) *[]*policy { return &as.policies }),
	make:    func(_ *Server, e entry) *policy { return &policy{entry: e} },
	show: func(_ *Server, c *call, p *policy) object {
		at := c.url("authorizationServers", c.r.PathValue("serverId"), "policies", p.id)
		links := statusLinks(at, &p.entry)
		links["rules"] = link(at+"/rules", "GET")
		return p.document(object{"system": false, "_links": links})
	},
}

// rules say who gets tokens under an access policy, by which grants, with which scopes (contract okta.md 4).
var rules = &resource[*entry]{
	path: policies.path + "/rules/{ruleId}", kind: "PolicyRule", access: licensed, prefix: "0pr",
	verbs:    map[verb]int{list: 200, create: 201, get: 200, replace: 200, remove: 204, activate: 204, deactivate: 204},
	request:  "rule",
	in:       within(policies, func(_ *call, p *policy) *[]*entry { return &p.rules }),
	ordered:  true,
	defaults: func(*Server, *call, *entry) object { return ruleDefaults() },
	make:     plainEntry,
	show: func(_ *Server, c *call, x *entry) object {
		at := c.url("authorizationServers", c.r.PathValue("serverId"), "policies", c.r.PathValue("policyId"), "rules", x.id)
		return x.document(object{"system": false, "_links": statusLinks(at, x)})
	},
}

// ruleDefaults has the empty lists that Okta adds. Visitors of the org's own server, which has no rules, get tokens that
// live as these say (contract okta.md 4).
func ruleDefaults() object {
	return object{
		"conditions": object{
			"people":     object{"users": object{"exclude": []any{}}},
			"grantTypes": object{"include": []any{}},
			"scopes":     object{"include": []any{}},
		},
		"actions": object{"token": object{
			"accessTokenLifetimeMinutes": 60.0, "refreshTokenLifetimeMinutes": 0.0, "refreshTokenWindowMinutes": 10080.0,
		}},
	}
}

// covers reports whether a policy speaks of an app.
func (p *policy) covers(a *app) bool {
	clients := p.texts("conditions.clients.include")
	return p.active() && (slices.Contains(clients, "ALL_CLIENTS") || slices.Contains(clients, a.clientID))
}

// ruleCovers reports whether a rule speaks of a user and of authorization codes.
func (s *Server) ruleCovers(rule *entry, u *user) bool {
	covers := func(list string) bool {
		ids := rule.texts("conditions.people.groups." + list)
		return slices.Contains(rule.texts("conditions.people.users."+list), u.id) || slices.Contains(ids, "EVERYONE") ||
			slices.ContainsFunc(s.groups, func(g *group) bool { return slices.Contains(ids, g.id) && g.belongs(u) })
	}
	return rule.active() && slices.Contains(rule.texts("conditions.grantTypes.include"), codeGrant) && covers("include") && !covers("exclude")
}

// ruleGives refuses the scopes that a rule does not give.
func ruleGives(rule *entry, scopes []string) error {
	given := rule.texts("conditions.scopes.include")
	if slices.Contains(given, "*") {
		return nil
	}
	refused := keep(slices.Clone(scopes), func(x string) bool { return !slices.Contains(given, x) })
	switch len(refused) {
	case 0:
		return nil
	case len(scopes):
		return refusal.OAuth("no_scope_allowed")
	}
	return refusal.OAuth("scope_denied", strings.Join(refused, ", "))
}
