package oktasim

import (
	"fmt"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// seedMore adds the people, the apps that an admin prepared for tools, and whatever makes the org large. Its
// ids are a row of their own, so that the size of an org changes no other object's id.
func (s *Server) seedMore(seed uint64) {
	row := s.ids
	s.ids = simkit.NewIDs(seed, moreStream)
	defer func() { s.ids = row }()

	s.org.domainID = s.id("OcD")
	alice := &user{
		id: s.id("00u"), first: "Alice", last: "Customer", email: visitorLogin,
		realm: s.admin.realm, kind: s.admin.kind, status: active, created: s.now(),
	}
	s.users = append(s.users, alice)
	for name, u := range map[string]*user{"Okta Administrators": s.admin, "Web customers": alice} {
		for _, g := range s.groups {
			if g.name == name {
				g.members = []string{u.id}
			}
		}
	}
	s.seedTools()
	for n := range s.opts.Groups {
		name := fmt.Sprintf("Group %04d", n+1)
		s.groups = append(s.groups, &group{id: s.id("00g"), kind: "OKTA_GROUP", name: name, description: "One of many", created: s.now()})
	}
	for n := range s.opts.Apps {
		s.apps = append(s.apps, s.newApp(s.seededClient(object{
			"label": fmt.Sprintf("App %04d", n+1),
			"settings": object{"oauthClient": object{
				"grant_types": []any{"authorization_code"}, "response_types": []any{"code"},
				"redirect_uris": []any{fmt.Sprintf("https://app%04d.acme.test/callback", n+1)},
			}},
		})))
	}
	s.seedNames()
}

// seedNames gives things names that somebody thought of.
func (s *Server) seedNames() {
	if len(s.opts.Names) == 0 {
		return
	}
	s.org.company, s.admin.email = s.opts.Names[0], s.opts.Names[0]
	for _, name := range s.opts.Names {
		s.groups = append(s.groups, &group{id: s.id("00g"), kind: "OKTA_GROUP", name: name, description: name, created: s.now()})
		s.apps = append(s.apps, s.newApp(s.seededClient(object{
			"label": name,
			"settings": object{"oauthClient": object{
				"grant_types": []any{"authorization_code"}, "response_types": []any{"code"}, "redirect_uris": []any{"https://app.acme.test/callback"},
			}},
		})))
	}
}

func (s *Server) seededClient(wish object) client { return newClient(merge(s.appDefaults(wish), wish)) }

// toolScopes are what a super admin granted to the seeded tools (contract okta.md 3.5).
var toolScopes = []string{
	"okta.apps.manage", "okta.apps.read", "okta.authorizationServers.manage", "okta.authorizationServers.read", "okta.domains.read",
	"okta.groups.read", "okta.logs.read", "okta.orgs.read", "okta.roles.read", "okta.trustedOrigins.manage", "okta.trustedOrigins.read", "okta.users.read",
}

// seedTools makes the apps by which a tool can sign in without an API token: two services and a device
// (contract okta.md 3.2, 3.3).
func (s *Server) seedTools() {
	service := func(label string, dpop bool) *app {
		a := s.newApp(s.seededClient(object{
			"label":       label,
			"credentials": object{"oauthClient": object{"token_endpoint_auth_method": "private_key_jwt"}},
			"settings": object{"oauthClient": object{
				"application_type": "service", "grant_types": []any{"client_credentials"}, "response_types": []any{"token"},
				"dpop_bound_access_tokens": dpop,
			}},
		}))
		a.role = s.adminRole()
		a.signer = &signingKey{s.ids.Text(43), servicePair}
		return a
	}
	s.service, s.bearer = service("Setup service", true), service("Setup service without DPoP", false)
	s.native = s.newApp(s.seededClient(object{
		"label":       "Setup on a device",
		"credentials": object{"oauthClient": object{"token_endpoint_auth_method": "none", "pkce_required": true}},
		"settings": object{"oauthClient": object{
			"application_type": "native", "grant_types": []any{"authorization_code", deviceGrant}, "response_types": []any{"code"},
			"redirect_uris": []any{"http://localhost:8787/callback"},
		}},
	}))
	s.native.groups = []*assignment{{group: s.groups[0], updated: s.now(), priority: 1, profile: object{}}} // Everyone
	for _, a := range []*app{s.service, s.bearer, s.native} {
		a.granted = toolScopes
		s.apps = append(s.apps, a)
	}
}
