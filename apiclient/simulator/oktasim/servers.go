package oktasim

import (
	"slices"
	"strings"

	"msgsso-wizard/apiclient/simulator/oktasim/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// authServer is a custom authorization server. The one that every org starts with answers to the name "default" as well
// as to its id.
type authServer struct {
	entry
	name     string
	policies []*policy
}

// policy is an access policy of an authorization server, or a sign-in policy of apps.
type policy struct {
	entry
	rules []*entry
}

var servers = &resource[*authServer]{
	path: "/api/v1/authorizationServers/{serverId}", kind: "AuthorizationServer", access: licensed, verbs: map[verb]int{list: 200, get: 200},
	listing: listing{search: []string{"name"}, standard: 200, least: 1, most: 200},
	in:      func(s *Server, _ *call) (*[]*authServer, error) { return &s.servers, nil },
	alias: func(s *Server, _ *call, id string) (string, error) {
		if as := s.serverNamed(id); as != nil {
			return as.id, nil
		}
		return id, nil
	},
	show: showServer,
}

// serverNamed is the authorization server with this name or id, nil when there is none.
func (s *Server) serverNamed(name string) *authServer {
	at := slices.IndexFunc(s.servers, func(as *authServer) bool { return as.id == name || as.name == name })
	if at < 0 {
		return nil
	}
	return s.servers[at]
}

// showServer links to the name that the server was asked for by.
func showServer(s *Server, c *call, as *authServer) object {
	asked := c.r.PathValue("serverId")
	if asked == "" {
		asked = as.id
	}
	at, issuer, created := c.url("authorizationServers", asked), simkit.Base(c.r)+"/oauth2/"+as.name, stamp(as.created)
	document := func(name string) object {
		return object{"name": name, "href": issuer + "/.well-known/" + name, "hints": object{"allow": []string{"GET"}}}
	}
	return object{
		"id": as.id, "name": as.name, "description": "Default Authorization Server for your Applications",
		"audiences": []string{"api://" + as.name}, "issuer": issuer, "issuerMode": "DYNAMIC", "status": active,
		"created": created, "lastUpdated": created, "default": true,
		"credentials": object{"signing": object{"kid": s.asKey.ID, "rotationMode": "MANUAL", "lastRotated": created}},
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
	}
}

// policies are the access policies of an authorization server (contract okta.md 4).
var policies = &resource[*policy]{
	path: "/api/v1/authorizationServers/{serverId}/policies/{policyId}", kind: "Policy", access: licensed, prefix: "00p",
	verbs: map[verb]int{list: 200, create: 201, get: 200, replace: 200, remove: 204, deactivate: 204},
	fields: []jsontree.Field{
		{Path: "type", Required: true, Values: []string{"OAUTH_AUTHORIZATION_POLICY"}},
		{Path: "name", Required: true, Min: 1, Max: 100},
		{Path: "description", Min: 1, Max: 255},
		{Path: "status", Values: []string{active, inactive}},
		{Path: "priority", Kind: jsontree.NumberKind, Min: 1, Max: 1000},
		{Path: "conditions", Kind: jsontree.TreeKind, Required: true},
		{Path: "conditions.clients", Kind: jsontree.TreeKind, Required: true},
		{Path: "conditions.clients.include", Kind: jsontree.TextsKind, Required: true},
	},
	ordered: true,
	in:      within(servers, func(as *authServer) *[]*policy { return &as.policies }),
	make:    func(_ *Server, _ *call, e entry) *policy { return &policy{entry: e} },
	show: func(_ *Server, c *call, p *policy) object {
		at := c.url("authorizationServers", c.r.PathValue("serverId"), "policies", p.id)
		links := statusLinks(at, &p.entry)
		links["rules"] = link(at+"/rules", "GET")
		return jsontree.Merge(p.tree, object{
			"id": p.id, "system": false, "created": stamp(p.created), "lastUpdated": stamp(p.updated), "_links": links,
		})
	},
}

// rules say who gets tokens under an access policy, by which grants, with which scopes (contract okta.md 4).
var rules = &resource[*entry]{
	path: policies.path + "/rules/{ruleId}", kind: "PolicyRule", access: licensed, prefix: "0pr",
	verbs: map[verb]int{list: 200, create: 201, get: 200, replace: 200, remove: 204},
	fields: []jsontree.Field{
		{Path: "type", Required: true, Values: []string{"RESOURCE_ACCESS"}},
		{Path: "name", Required: true, Min: 1},
		{Path: "status", Values: []string{active, inactive}},
		{Path: "priority", Kind: jsontree.NumberKind, Min: 1, Max: 1000},
		{Path: "conditions", Kind: jsontree.TreeKind, Required: true},
		{Path: "conditions.people.users.include", Kind: jsontree.TextsKind},
		{Path: "conditions.people.users.exclude", Kind: jsontree.TextsKind},
		{Path: "conditions.people.groups.include", Kind: jsontree.TextsKind},
		{Path: "conditions.people.groups.exclude", Kind: jsontree.TextsKind},
		{Path: "conditions.grantTypes.include", Kind: jsontree.TextsKind, Values: grantTypes},
		{Path: "conditions.scopes.include", Kind: jsontree.TextsKind},
		{Path: "actions.token.accessTokenLifetimeMinutes", Kind: jsontree.NumberKind, Min: 5, Max: 1440},
		{Path: "actions.token.refreshTokenLifetimeMinutes", Kind: jsontree.NumberKind},
		{Path: "actions.token.refreshTokenWindowMinutes", Kind: jsontree.NumberKind, Min: 10, Max: 2628000},
	},
	in:       within(policies, func(p *policy) *[]*entry { return &p.rules }),
	ordered:  true,
	defaults: func(*Server, *call, *entry) object { return ruleDefaults() },
	make:     plainEntry,
	show: func(_ *Server, c *call, x *entry) object {
		at := c.url("authorizationServers", c.r.PathValue("serverId"), "policies", c.r.PathValue("policyId"), "rules", x.id)
		return jsontree.Merge(x.tree, object{
			"id": x.id, "system": false, "created": stamp(x.created), "lastUpdated": stamp(x.updated),
			"_links": statusLinks(at, x),
		})
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
			"accessTokenLifetimeMinutes": 60, "refreshTokenLifetimeMinutes": 0, "refreshTokenWindowMinutes": 10080,
		}},
	}
}

// covers reports whether a policy speaks of an app.
func (p *policy) covers(a *app) bool {
	clients := p.texts("conditions.clients.include")
	return p.active() && (slices.Contains(clients, "ALL_CLIENTS") || slices.Contains(clients, a.clientID))
}

// ruleCovers reports whether a rule speaks of a person and of authorization codes.
func (s *Server) ruleCovers(rule *entry, u *user) bool {
	people := func(list string) bool {
		ids := rule.texts("conditions.people.groups." + list)
		return slices.Contains(rule.texts("conditions.people.users."+list), u.id) || slices.Contains(ids, "EVERYONE") ||
			slices.ContainsFunc(s.groups, func(g *group) bool { return slices.Contains(ids, g.id) && g.belongs(u) })
	}
	return rule.active() && slices.Contains(rule.texts("conditions.grantTypes.include"), codeGrant) && people("include") && !people("exclude")
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

// signOnPolicies are the app sign-in policies of the org (contract okta.md 1.8, 9.3). They are only read here.
var signOnPolicies = &resource[*policy]{
	path: "/api/v1/policies/{policyId}", kind: "Policy", access: token, verbs: map[verb]int{list: 200, get: 200},
	listing: listing{keeps: func(c *call) func(object) bool {
		return func(doc object) bool { return doc["type"] == c.r.URL.Query().Get("type") }
	}},
	ordered: true,
	in:      func(s *Server, _ *call) (*[]*policy, error) { return &s.signOn, nil },
	show: func(_ *Server, c *call, p *policy) object {
		at := c.url("policies", p.id)
		links := statusLinks(at, &p.entry)
		links["rules"] = link(at+"/rules", "GET", "POST")
		return jsontree.Merge(p.tree, object{
			"id": p.id, "conditions": nil, "created": stamp(p.created), "lastUpdated": stamp(p.updated), "_links": links,
		})
	},
}

var signOnRules = &resource[*entry]{
	path: "/api/v1/policies/{policyId}/rules/{ruleId}", kind: "PolicyRule", access: token, verbs: map[verb]int{list: 200},
	in: within(signOnPolicies, func(p *policy) *[]*entry { return &p.rules }),
	show: func(_ *Server, c *call, x *entry) object {
		return jsontree.Merge(x.tree, object{
			"id": x.id, "created": stamp(x.created), "lastUpdated": stamp(x.updated),
			"_links": statusLinks(c.url("policies", c.r.PathValue("policyId"), "rules", x.id), x),
		})
	},
}

// seedSignOn adds the policy that new apps get, which asks for two factors, and one that asks for a password only.
func (s *Server) seedSignOn(seed uint64) {
	ids := simkit.NewIDs(seed, signOnStream)
	for _, x := range []struct {
		id, ruleID, name, description, factors string
		standard                               bool
	}{
		{s.org.accessPolicy, ids.Text(17), "Any two factors", "Any two factors are needed", "2FA", true},
		{"rst" + ids.Text(17), ids.Text(17), "Password only", "A password is enough", "1FA", false},
	} {
		p := &policy{entry: s.newEntry("", object{
			"type": "ACCESS_POLICY", "status": active, "name": x.name, "description": x.description, "system": x.standard,
		})}
		rule := s.newEntry("", object{
			"type": "ACCESS_POLICY", "status": active, "name": "Catch-all Rule", "priority": 99, "system": true, "conditions": nil,
			"actions": object{"appSignOn": object{
				"access": "ALLOW", "verificationMethod": object{"factorMode": x.factors, "type": "ASSURANCE", "reauthenticateIn": "PT2H"},
			}},
		})
		p.id, rule.id, p.rules = x.id, "rul"+x.ruleID, []*entry{&rule}
		s.signOn = append(s.signOn, p)
	}
}
