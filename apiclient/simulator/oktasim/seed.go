package oktasim

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/signing"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// seedText has what an admin made in a new org: groups, app integrations, the access policy of some profiles, the apps of
// tools, and the scopes that a super admin granted to these (contract okta.md 3.5).
//
//go:embed seed.json
var seedText []byte

type seeds struct {
	Groups                        []struct{ Kind, Name, Description string }
	Apps                          []struct{ Name, Label, Status string }
	Policy, Rule, Service, Device object
	ToolScopes                    []string
}

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
	s.admin.roleID, s.admin.roles = roleID, s.adminRoles()
	from := simkit.Embedded[seeds](seedText)
	for _, g := range from.Groups {
		s.seedGroup(g.Name, g.Description).kind = g.Kind
	}
	s.seedApps(from)
	s.seedServer(from)
}

// seedUser adds a user.
func (s *Server) seedUser(id, first, last, login string, realm, kind any) *user {
	u := &user{entry: s.newEntry("", object{
		"status": active, "realmId": realm, "type": object{"id": kind},
		"profile": object{"firstName": first, "lastName": last, "mobilePhone": nil, "secondEmail": nil, "login": login, "email": login},
	})}
	u.id = id
	s.users = append(s.users, u)
	return u
}

// seedApp adds an app integration like one that an admin made.
func (s *Server) seedApp(label, redirectURI string, changes object) *app {
	wish := jsontree.Merge(object{
		"label": label,
		"settings": object{"oauthClient": object{
			"grant_types": []any{codeGrant}, "response_types": []any{"code"}, "redirect_uris": []any{redirectURI},
		}},
	}, changes)
	a := s.makeApp(s.newEntry("0oa", jsontree.Merge(s.clientDefaults(wish), object{"status": active}, wish)))
	s.apps = append(s.apps, a)
	return a
}

func (s *Server) seedApps(from seeds) {
	for _, x := range from.Apps {
		a := s.seedApp(x.Label, "https://www.acme.test/"+x.Name+"/callback", object{"name": x.Name, "status": x.Status})
		if x.Name == "custom_identity_source" {
			a.tree["signOnMode"], a.secrets = nil, nil
			delete(a.tree["credentials"].(object), "oauthClient")
			delete(a.tree["settings"].(object), "oauthClient")
		}
	}
}

func (s *Server) seedServer(from seeds) {
	as := &authServer{entry: s.newEntry("aus", nil), name: "default"}
	if s.profile.hasPolicy {
		p, rule := &policy{entry: s.newEntry("00p", from.Policy)}, s.newEntry("0pr", jsontree.Merge(ruleDefaults(), from.Rule))
		p.rules, as.policies = []*entry{&rule}, []*policy{p}
	}
	s.servers = append(s.servers, as)
}

// seedMore adds the users, the apps that an admin prepared for tools, and whatever makes the org large. Its
// IDs are a separate row, so that the size of an org changes no other object's id.
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
	if s.opts.OthersBut != "" {
		s.super = s.seedUser(s.id("00u"), "Sam", "Super", superLogin, s.admin.tree["realmId"], jsontree.Text(s.admin.tree, "type.id"))
		s.super.roleID, s.super.roles = s.id("ra1"), []string{superAdmin}
	}
	s.office = s.id("nzo")
}

func (s *Server) seedGroup(name, description string) *group {
	g := &group{entry: s.newEntry("00g", nil), kind: "OKTA_GROUP", name: name, description: description}
	s.groups = append(s.groups, g)
	return g
}

// seedTools makes the apps by which a tool can sign in without an API token: two services and a device
// (contract okta.md 3.2, 3.3).
func (s *Server) seedTools() {
	from := simkit.Embedded[seeds](seedText)
	service := func(label string, dpop bool) *app {
		a := s.seedApp(label, "", from.Service)
		jsontree.Put(a.tree, oauthSettings+".dpop_bound_access_tokens", dpop)
		a.roles, a.signer = s.adminRoles(), signing.ServiceKey(s.ids.Text(43))
		return a
	}
	s.service, s.bearer = service("Setup service", true), service("Setup service without DPoP", false)
	s.native = s.seedApp("Setup on a device", "http://localhost:8787/callback", from.Device)
	everyone := s.newEntry("", object{"priority": 0, "profile": object{}})
	everyone.id = s.groups[0].id
	s.native.groups = []*entry{&everyone}
	for _, a := range []*app{s.service, s.bearer, s.native} {
		a.granted = slices.DeleteFunc(slices.Clone(from.ToolScopes), func(scope string) bool { return slices.Contains(s.opts.Ungranted, scope) })
	}
}
