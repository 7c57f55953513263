package oktasim

import (
	"slices"
	"time"
)

// assignment is a group that may use an app integration.
type assignment struct {
	group    *group
	updated  time.Time
	priority int
	profile  object
}

func (x *assignment) key() string { return x.group.id }

// assignedUser is a person who may use an app integration without a group.
type assignedUser struct {
	user          *user
	scope, name   string
	created, last time.Time
}

func (x *assignedUser) key() string { return x.user.id }

func (s *Server) listAssignedGroups(c *call) (any, error) {
	a, err := s.app(c)
	if err != nil {
		return nil, err
	}
	q := c.r.URL.Query().Get("q")
	groups := keep(a.groups, func(x *assignment) bool { return startsWith(x.group.name, q) })
	groups, err = page(c, groups, paging{standard: 20, least: 20, most: 200})
	return render(groups, func(x *assignment) object { return assignmentJSON(c, a, x) }), err
}

func (s *Server) getAssignedGroup(c *call) (any, error) {
	a, err := s.app(c)
	if err != nil {
		return nil, err
	}
	x, err := find(a.groups, c.id("groupId"), "GroupAppAssignment")
	if err != nil {
		return nil, err
	}
	return assignmentJSON(c, a, x), nil
}

func (s *Server) assignGroup(c *call) (any, error) {
	a, err := s.app(c)
	if err != nil {
		return nil, err
	}
	g, err := find(s.groups, c.id("groupId"), "UserGroup")
	if err != nil {
		return nil, err
	}
	if err := check([]field{{path: "priority", kind: number}, {path: "profile", kind: free}}, c.body); err != nil {
		return nil, err
	}
	if err := a.assignable("GroupAppAssignment"); err != nil {
		return nil, err
	}
	x, err := find(a.groups, g.id, "")
	if err != nil {
		x = &assignment{group: g, priority: len(a.groups) + 1, profile: object{}}
		a.groups = append(a.groups, x)
	}
	x.updated = s.now()
	if n, ok := c.body["priority"].(float64); ok {
		x.priority = int(n)
	}
	if profile, ok := c.body["profile"].(object); ok {
		x.profile = profile
	}
	slices.SortStableFunc(a.groups, func(x, y *assignment) int { return x.priority - y.priority })
	return assignmentJSON(c, a, x), nil
}

// assignable refuses to assign anybody to an app that lets everybody in (contract okta.md 2).
func (a *app) assignable(entity string) error {
	if flagAt(a.tree, "settings.implicitAssignment") {
		return invalid(entity, "It is not possible to assign groups to an AppInstance that has Federation Broker Mode enabled")
	}
	return nil
}

func (s *Server) unassignGroup(c *call) (any, error) {
	a, err := s.app(c)
	if err != nil {
		return nil, err
	}
	x, err := find(a.groups, c.id("groupId"), "GroupAppAssignment")
	if err != nil {
		return nil, err
	}
	a.groups = remove(a.groups, x.key())
	return object{}, nil
}

func assignmentJSON(c *call, a *app, x *assignment) object {
	return object{
		"id": x.group.id, "lastUpdated": stamp(x.updated), "priority": x.priority, "profile": x.profile,
		"_links": object{
			"app":   link(c.url("apps", a.id)),
			"self":  link(c.url("apps", a.id, "groups", x.group.id)),
			"group": link(c.url("groups", x.group.id)),
		},
	}
}

func (s *Server) listAssignedUsers(c *call) (any, error) {
	a, err := s.app(c)
	if err != nil {
		return nil, err
	}
	q := c.r.URL.Query().Get("q")
	users := keep(a.users, func(x *assignedUser) bool { return startsWith(x.name, q) || startsWith(x.user.email, q) })
	users, err = page(c, users, paging{standard: 50, least: 1, most: 500})
	return render(users, func(x *assignedUser) object { return assignedUserJSON(c, a, x) }), err
}

func (s *Server) assignUser(c *call) (any, error) {
	a, err := s.app(c)
	if err != nil {
		return nil, err
	}
	if err := c.needBody(); err != nil {
		return nil, err
	}
	fields := []field{{path: "id", required: true}, {path: "scope", values: []string{"USER", "GROUP"}}, {path: "credentials", kind: tree}, {path: "credentials.userName"}}
	if err := check(fields, c.body); err != nil {
		return nil, err
	}
	u, err := find(s.users, textAt(c.body, "id"), "User")
	if err != nil {
		return nil, err
	}
	if err := a.assignable("AppUser"); err != nil {
		return nil, err
	}
	x, err := find(a.users, u.id, "")
	if err != nil {
		x = &assignedUser{user: u, scope: "USER", name: u.email, created: s.now()}
		a.users = append(a.users, x)
	}
	x.last = s.now()
	if name := textAt(c.body, "credentials.userName"); name != "" {
		x.name = name
	}
	return assignedUserJSON(c, a, x), nil
}

// assignedUser returns the app and the assignment that the path names.
func (s *Server) assignedUser(c *call) (*app, *assignedUser, error) {
	a, err := s.app(c)
	if err != nil {
		return nil, nil, err
	}
	x, err := find(a.users, c.id("userId"), "AppUser")
	return a, x, err
}

func (s *Server) getAssignedUser(c *call) (any, error) {
	a, x, err := s.assignedUser(c)
	if err != nil {
		return nil, err
	}
	return assignedUserJSON(c, a, x), nil
}

func (s *Server) unassignUser(c *call) (any, error) {
	a, x, err := s.assignedUser(c)
	if err != nil {
		return nil, err
	}
	a.users = remove(a.users, x.key())
	return object{}, nil
}

func assignedUserJSON(c *call, a *app, x *assignedUser) object {
	return object{
		"id": x.user.id, "created": stamp(x.created), "lastUpdated": stamp(x.last),
		"scope": x.scope, "status": active, "statusChanged": stamp(x.created), "passwordChanged": nil, "syncState": "DISABLED",
		"credentials": object{"userName": x.name},
		"profile":     object{"name": x.user.name(), "given_name": x.user.first, "family_name": x.user.last, "email": x.user.email},
		"_links":      object{"app": link(c.url("apps", a.id)), "user": link(c.url("users", x.user.id))},
	}
}
