package oktasim

import "cmp"

// seed fills a new org. The order is fixed, because it decides which id each object gets.
func (s *Server) seed() {
	now := s.now()
	s.token = cmp.Or(s.opts.Token, "00"+s.ids.Text(40))
	s.org = org{
		id: s.id("00o"), company: "Acme", subdomain: "acme", created: now,
		accessPolicy: s.id("rst"), enrollment: s.id("rst"),
	}
	s.orgKey, s.asKey = &signingKey{s.ids.Text(43), orgPair}, &signingKey{s.ids.Text(43), customPair}
	s.admin = &user{
		id: s.id("00u"), first: "Ada", last: "Admin", email: adminLogin,
		realm: s.id("guo"), kind: s.id("oty"), roleID: s.id("ra1"), role: s.adminRole(), status: active, created: now,
	}
	s.users = []*user{s.admin}
	for _, g := range []group{
		{kind: "BUILT_IN", name: "Everyone", description: "All users in your organization"},
		{kind: "BUILT_IN", name: "Okta Administrators", description: "Okta manages this group, which contains all administrators in your organization."},
		{kind: "OKTA_GROUP", name: "Web customers", description: "People with an account on the web site"},
		{kind: "OKTA_GROUP", name: "Web partners", description: "Partners with an account on the web site"},
		{kind: "OKTA_GROUP", name: "Everyone in sales", description: "Sales, all regions"},
		{kind: "OKTA_GROUP", name: "Support staff", description: "Agents and their leads"},
	} {
		g.id, g.created = s.id("00g"), now
		s.groups = append(s.groups, &g)
	}
	s.seedApps()
	s.seedServer()
}

func (s *Server) seedApps() {
	for _, x := range []struct{ name, label, status string }{
		{"saasure", "Okta Admin Console", active},
		{"okta_enduser", "Okta Dashboard", active},
		{"flow", "Okta Workflows", active},
		{"custom_identity_source", "HR import", active},
		{"oidc_client", "Customer portal", active},
		{"oidc_client", "Old chat", inactive},
	} {
		wish := object{
			"label": x.label,
			"settings": object{"oauthClient": object{
				"grant_types": []any{"authorization_code"}, "response_types": []any{"code"},
				"redirect_uris": []any{"https://www.acme.test/" + x.name + "/callback"},
			}},
		}
		a := s.newApp(newClient(merge(s.appDefaults(wish), wish)))
		a.name, a.status = x.name, x.status
		if x.name == "custom_identity_source" {
			a.signOnMode, a.secrets = nil, nil
			delete(a.tree["credentials"].(object), "oauthClient")
			delete(a.tree["settings"].(object), "oauthClient")
		}
		s.apps = append(s.apps, a)
	}
}

func (s *Server) seedServer() {
	as := &authServer{id: s.id("aus"), name: "default", created: s.now()}
	if s.opts.DefaultHasPolicy {
		p := s.newPolicy(object{
			"type": "OAUTH_AUTHORIZATION_POLICY", "name": "Default Policy", "description": "Lets every client in",
			"conditions": object{"clients": object{"include": []any{"ALL_CLIENTS"}}},
		})
		p.rules = append(p.rules, s.newRule(object{
			"type": "RESOURCE_ACCESS", "name": "Default Policy Rule",
			"conditions": object{
				"people":     object{"groups": object{"include": []any{"EVERYONE"}}},
				"grantTypes": object{"include": []any{"authorization_code", "implicit", "refresh_token"}},
				"scopes":     object{"include": []any{"*"}},
			},
		}))
		as.policies = append(as.policies, p)
	}
	s.servers = append(s.servers, as)
}
