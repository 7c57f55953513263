package oktasim

import (
	"slices"
	"time"
)

type user struct {
	id, first, last, email string
	realm, kind, roleID    string
	role                   string // of an admin; empty: none
	status                 string // ACTIVE, or why the person cannot sign in
	created                time.Time
}

func (u *user) key() string { return u.id }

func (u *user) name() string { return u.first + " " + u.last }

// The seeded people: an admin and a visitor of the pages.
const (
	adminLogin   = "ada@acme.test"
	visitorLogin = "alice@acme.test"
)

// roles are the admin roles that somebody has here (contract okta.md 8). All let their holder read.
var roles = map[string]struct {
	label  string
	writes bool
}{
	"SUPER_ADMIN":     {"Super Administrator", true},
	"READ_ONLY_ADMIN": {"Read-only Administrator", false},
}

// adminRole is the role of everybody who manages the org.
func (s *Server) adminRole() string {
	if s.opts.ReadOnly {
		return "READ_ONLY_ADMIN"
	}
	return "SUPER_ADMIN"
}

// person finds somebody by login.
func (s *Server) person(login string) *user {
	at := slices.IndexFunc(s.users, func(u *user) bool { return u.email == login })
	if at < 0 {
		return nil
	}
	return s.users[at]
}

// SetUserStatus gives the person with this login another status of Okta's, such as SUSPENDED, and reports whether
// there is one. Only an ACTIVE person can sign in (contract okta.md 9.8).
func (s *Server) SetUserStatus(login, status string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.person(login)
	if u != nil {
		u.status = status
	}
	return u != nil
}

// user finds a person by id, by login, or as "me". A service app is nobody, which the contract leaves open
// (okta.md 8): it is taken to have no permission.
func (s *Server) user(c *call) (*user, error) {
	id := c.id("userId")
	if id == "me" {
		if c.who.user == nil {
			return nil, fail("E0000006")
		}
		return c.who.user, nil
	}
	if u := s.person(id); u != nil {
		return u, nil
	}
	return find(s.users, id, "User")
}

func (s *Server) getUser(c *call) (any, error) {
	u, err := s.user(c)
	if err != nil {
		return nil, err
	}
	return object{
		"id": u.id, "status": u.status, "created": stamp(u.created), "activated": stamp(u.created), "statusChanged": stamp(u.created),
		"lastLogin": nil, "lastUpdated": stamp(u.created), "passwordChanged": nil,
		"realmId": u.realm, "type": object{"id": u.kind},
		"profile": object{
			"firstName": u.first, "lastName": u.last, "mobilePhone": nil, "secondEmail": nil, "login": u.email, "email": u.email,
		},
		"credentials": object{"provider": object{"type": "OKTA", "name": "OKTA"}},
		"_links":      object{"self": link(c.url("users", u.id))},
	}, nil
}

func (s *Server) listRoles(c *call) (any, error) {
	u, err := s.user(c)
	if err != nil {
		return nil, err
	}
	if u.role == "" {
		return []object{}, nil
	}
	return []object{{
		"id": u.roleID, "label": roles[u.role].label, "type": u.role, "status": active,
		"created": stamp(u.created), "lastUpdated": stamp(u.created), "assignmentType": "USER",
		"_links": object{"assignee": link(c.url("users", u.id))},
	}}, nil
}

// belongs reports whether u is in the group. Everyone is all people by definition.
func (g *group) belongs(u *user) bool {
	return g.everyone() || slices.Contains(g.members, u.id)
}

func (g *group) everyone() bool { return g.kind == "BUILT_IN" && g.name == "Everyone" }
