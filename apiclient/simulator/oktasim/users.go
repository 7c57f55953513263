package oktasim

import (
	"fmt"
	"slices"

	"msgsso-wizard/apiclient/simulator/oktasim/eventlog"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/simkit"
)

type user struct {
	entry
	roleID string
	roles  []string // of an admin; nil: none
}

func (u *user) login() string     { return u.text("profile.login") }
func (u *user) firstName() string { return u.text("profile.firstName") }
func (u *user) lastName() string  { return u.text("profile.lastName") }
func (u *user) name() string      { return u.firstName() + " " + u.lastName() }

func (u *user) party() eventlog.Party {
	return eventlog.Party{ID: u.id, Kind: "User", Login: u.login(), Name: u.name()}
}

// The seeded users: an admin and a visitor of the pages.
const (
	adminLogin   = "ada@acme.test"
	superLogin   = "sam@acme.test"
	visitorLogin = "alice@acme.test"
)

// superAdmin is the role that allows everything.
const superAdmin = "SUPER_ADMIN"

// roles are the admin roles that users have here (contract okta.md 3.5, 8). All let their holder read, and write to what
// is below these paths. The custom one happens to allow everything.
var roles = map[string]struct {
	label  string
	writes []string // nil: everywhere
}{
	superAdmin:                    {"Super Administrator", nil},
	"ORG_ADMIN":                   {"Organization Administrator", []string{"trustedOrigins"}},
	"APP_ADMIN":                   {"Application Administrator", []string{"apps"}},
	"API_ACCESS_MANAGEMENT_ADMIN": {"API Access Management Administrator", []string{"apps", "authorizationServers"}},
	"READ_ONLY_ADMIN":             {"Read-only Administrator", []string{}},
	"CUSTOM":                      {"Messenger setup", nil},
}

// adminRoles are the roles of all who manage the org.
func (s *Server) adminRoles() []string {
	switch {
	case len(s.opts.Roles) > 0:
		return s.opts.Roles
	case s.opts.ReadOnly:
		return []string{"READ_ONLY_ADMIN"}
	}
	return []string{superAdmin}
}

// SetAdminRoles gives the seeded admin other roles.
func (s *Server) SetAdminRoles(roles ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.admin.roles = roles
}

var users = &resource[*user]{
	path: "/api/v1/users/{userId}", kind: "User", access: token, verbs: map[verb]int{list: 200, get: 200},
	listing: listing{
		search: []string{"profile.firstName", "profile.lastName", "profile.email"}, standard: 200, least: 1, most: 200,
		filters: map[string][]string{"filter": userMembers, "search": userMembers},
	},
	// The contract leaves open what "me" is for a service app (okta.md 8): here it has no permission.
	in: func(s *Server, c *call) (*[]*user, error) {
		if c.r.PathValue("userId") == "me" && c.who.user == nil {
			return nil, refusal.Of("E0000006")
		}
		return &s.users, nil
	},
	alias: func(s *Server, c *call, id string) string {
		if id == "me" {
			return c.who.user.id
		}
		if u := s.userNamed(id); u != nil {
			return u.id
		}
		return id
	},
	show: func(_ *Server, c *call, u *user) object {
		at := simkit.Stamp(u.created)
		return u.document(object{
			"activated": at, "statusChanged": at, "lastLogin": nil, "passwordChanged": nil,
			"credentials": object{"provider": object{"type": "OKTA", "name": "OKTA"}},
			"_links":      object{"self": link(c.url("users", u.id))},
		})
	},
}

var userMembers = []string{"id", "status", "profile.login", "profile.email", "profile.firstName", "profile.lastName"}

// userNamed finds a user by login.
func (s *Server) userNamed(login string) *user {
	return first(s.users, func(u *user) bool { return u.login() == login })
}

func (s *Server) listRoles(c *call) (any, error) {
	all := []object{}
	_, u, err := users.open(s, c, get)
	if err != nil {
		return nil, err
	}
	for i, name := range u.roles {
		id := u.roleID
		if i > 0 {
			id = fmt.Sprintf("%s%d", id[:len(id)-1], i)
		}
		all = append(all, object{
			"id": id, "label": roles[name].label, "type": name, "status": active,
			"created": simkit.Stamp(u.created), "lastUpdated": simkit.Stamp(u.created), "assignmentType": "USER",
			"_links": object{"assignee": link(c.url("users", u.id))},
		})
	}
	return all, nil
}

// group needs no tree: an org can have thousands.
type group struct {
	entry
	kind, name, description string
	members                 []string // IDs of users; Everyone needs none
}

var groups = &resource[*group]{
	path: "/api/v1/groups/{groupId}", kind: "UserGroup", access: token, verbs: map[verb]int{list: 200, get: 200},
	listing: listing{
		search: []string{"profile.name"}, standard: 200, least: 1, most: 10000, searchedOnce: true,
		filters: map[string][]string{
			"filter": {"id", "type"}, "search": {"id", "type", "profile.name", "profile.description"},
		},
	},
	in: all(func(s *Server) *[]*group { return &s.groups }),
	show: func(_ *Server, c *call, g *group) object {
		logo := func(size string) object {
			return object{"name": size, "href": simkit.Base(c.r) + "/img/logos/groups/okta-" + size + ".png", "type": "image/png"}
		}
		return g.document(object{
			"lastMembershipUpdated": simkit.Stamp(g.updated), "objectClass": []string{"okta:user_group"}, "type": g.kind,
			"profile": object{"name": g.name, "description": g.description},
			"_links": object{
				"logo":  []object{logo("medium"), logo("large")},
				"users": link(c.url("groups", g.id, "users")), "apps": link(c.url("groups", g.id, "apps")),
			},
		})
	},
}

// belongs reports whether u is in the group. Everyone is all users by definition.
func (g *group) belongs(u *user) bool {
	return g.kind == "BUILT_IN" && g.name == "Everyone" || slices.Contains(g.members, u.id)
}
