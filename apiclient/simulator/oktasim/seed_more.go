package oktasim

import (
	"fmt"

	"msgsso-wizard/apiclient/simulator/oktasim/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/signing"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// seedMore adds the people, the apps that an admin prepared for tools, and whatever makes the org large. Its
// ids are a row of their own, so that the size of an org changes no other object's id.
func (s *Server) seedMore(seed uint64) {
	row := s.ids
	s.ids = simkit.NewIDs(seed, moreStream)
	defer func() { s.ids = row }()

	s.org.domainID = s.id("OcD")
	alice := s.seedUser(s.id("00u"), "Alice", "Customer", visitorLogin, s.admin.tree["realmId"], jsontree.Text(s.admin.tree, "type.id"))
	for name, u := range map[string]*user{"Okta Administrators": s.admin, "Web customers": alice} {
		for _, g := range s.groups {
			if g.name == name {
				g.members = []string{u.id}
			}
		}
	}
	s.seedTools()
	for n := range s.opts.Groups {
		s.seedGroup(fmt.Sprintf("Group %04d", n+1), "One of many")
	}
	for n := range s.opts.Apps {
		s.seedApp(fmt.Sprintf("App %04d", n+1), fmt.Sprintf("https://app%04d.acme.test/callback", n+1), nil)
	}
	for at, name := range s.opts.Names {
		if at == 0 {
			s.org.company = name
			jsontree.Put(s.admin.tree, "profile.login", name)
			jsontree.Put(s.admin.tree, "profile.email", name)
		}
		s.seedGroup(name, name)
		s.seedApp(name, "https://app.acme.test/callback", nil)
	}
}

func (s *Server) seedGroup(name, description string) {
	s.groups = append(s.groups, &group{entry: s.newEntry("00g", nil), kind: "OKTA_GROUP", name: name, description: description})
}

// toolScopes are what a super admin granted to the seeded tools (contract okta.md 3.5).
var toolScopes = []string{
	"okta.apps.manage", "okta.apps.read", "okta.authorizationServers.manage", "okta.authorizationServers.read", "okta.domains.read",
	"okta.groups.read", "okta.logs.read", "okta.orgs.read", "okta.policies.read", "okta.roles.read", "okta.trustedOrigins.manage", "okta.trustedOrigins.read", "okta.users.read",
}

// seedTools makes the apps by which a tool can sign in without an API token: two services and a device
// (contract okta.md 3.2, 3.3).
func (s *Server) seedTools() {
	service := func(label string, dpop bool) *app {
		a := s.seedApp(label, "", object{
			"credentials": object{"oauthClient": object{"token_endpoint_auth_method": "private_key_jwt"}},
			"settings": object{"oauthClient": object{
				"application_type": "service", "grant_types": []any{serviceGrant}, "response_types": []any{"token"}, "redirect_uris": []any{},
				"dpop_bound_access_tokens": dpop,
			}},
		})
		a.role, a.signer = s.adminRole(), signing.ServiceKey(s.ids.Text(43))
		return a
	}
	s.service, s.bearer = service("Setup service", true), service("Setup service without DPoP", false)
	s.native = s.seedApp("Setup on a device", "http://localhost:8787/callback", object{
		"credentials": object{"oauthClient": object{"token_endpoint_auth_method": noAuth, "pkce_required": true}},
		"settings":    object{"oauthClient": object{"application_type": "native", "grant_types": []any{codeGrant, deviceGrant}}},
	})
	everyone := s.newEntry("", object{"priority": 0, "profile": object{}})
	everyone.id = s.groups[0].id
	s.native.groups = []*entry{&everyone}
	for _, a := range []*app{s.service, s.bearer, s.native} {
		a.granted = toolScopes
	}
}
