package oktasim

import (
	"cmp"

	"msgsso-wizard/apiclient/simulator/oktasim/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/signing"
)

// seed fills a new org. The order is fixed, because it decides which id each object gets.
func (s *Server) seed() {
	now := s.now()
	s.token = cmp.Or(s.opts.Token, "00"+s.ids.Text(40))
	s.org = org{
		id: s.id("00o"), company: "Acme", subdomain: "acme", created: now,
		accessPolicy: s.id("rst"), enrollment: s.id("rst"),
	}
	s.orgKey, s.asKey = signing.OrgKey(s.ids.Text(43)), signing.CustomKey(s.ids.Text(43))
	id, realm, kind, roleID := s.id("00u"), s.id("guo"), s.id("oty"), s.id("ra1")
	s.admin = s.seedUser(id, "Ada", "Admin", adminLogin, realm, kind)
	s.admin.roleID, s.admin.role = roleID, s.adminRole()
	for _, g := range []group{
		{kind: "BUILT_IN", name: "Everyone", description: "All users in your organization"},
		{kind: "BUILT_IN", name: "Okta Administrators", description: "Okta manages this group, which contains all administrators in your organization."},
		{kind: "OKTA_GROUP", name: "Web customers", description: "People with an account on the web site"},
		{kind: "OKTA_GROUP", name: "Web partners", description: "Partners with an account on the web site"},
		{kind: "OKTA_GROUP", name: "Everyone in sales", description: "Sales, all regions"},
		{kind: "OKTA_GROUP", name: "Support staff", description: "Agents and their leads"},
	} {
		g.entry = s.newEntry("00g", nil)
		s.groups = append(s.groups, &g)
	}
	s.seedApps()
	s.seedServer()
}

// seedUser adds somebody.
func (s *Server) seedUser(id, first, last, login string, realm, kind any) *user {
	u := &user{entry: s.newEntry("", object{
		"status": active, "realmId": realm, "type": object{"id": kind},
		"profile": object{"firstName": first, "lastName": last, "mobilePhone": nil, "secondEmail": nil, "login": login, "email": login},
	})}
	u.id = id
	s.users = append(s.users, u)
	return u
}

// seedApp adds an app integration like one that somebody made.
func (s *Server) seedApp(label, redirectURI string, changes object) *app {
	wish := jsontree.Merge(object{
		"label": label,
		"settings": object{"oauthClient": object{
			"grant_types": []any{codeGrant}, "response_types": []any{"code"}, "redirect_uris": []any{redirectURI},
		}},
	}, changes)
	a := s.makeApp(nil, s.newEntry("0oa", jsontree.Merge(s.clientDefaults(wish), wish)))
	s.apps = append(s.apps, a)
	return a
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
		a := s.seedApp(x.label, "https://www.acme.test/"+x.name+"/callback", object{"name": x.name, "status": x.status})
		if x.name == "custom_identity_source" {
			a.tree["signOnMode"], a.secrets = nil, nil
			delete(a.tree["credentials"].(object), "oauthClient")
			delete(a.tree["settings"].(object), "oauthClient")
		}
	}
}

func (s *Server) seedServer() {
	as := &authServer{entry: s.newEntry("aus", nil), name: "default"}
	if s.opts.DefaultHasPolicy {
		p := &policy{entry: s.newEntry("00p", object{
			"type": "OAUTH_AUTHORIZATION_POLICY", "status": active, "name": "Default Policy", "description": "Lets every client in",
			"conditions": object{"clients": object{"include": []any{"ALL_CLIENTS"}}},
		})}
		rule := s.newEntry("0pr", jsontree.Merge(ruleDefaults(), object{
			"type": "RESOURCE_ACCESS", "name": "Default Policy Rule",
			"conditions": object{
				"people":     object{"groups": object{"include": []any{"EVERYONE"}}},
				"grantTypes": object{"include": []any{codeGrant, "implicit", refreshGrant}},
				"scopes":     object{"include": []any{"*"}},
			},
		}))
		p.rules, as.policies = []*entry{&rule}, []*policy{p}
	}
	s.servers = append(s.servers, as)
}
