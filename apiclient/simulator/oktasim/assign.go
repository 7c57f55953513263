package oktasim

import (
	"slices"

	"msgsso-wizard/apiclient/simulator/oktasim/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// assignedGroups are the groups that may use an app integration (contract okta.md 2).
var assignedGroups = &resource[*entry]{
	path: appPath + "/groups/{groupId}", kind: "GroupAppAssignment", access: token,
	verbs:   map[verb]int{list: 200, get: 200, assign: 200, remove: 204},
	fields:  []jsontree.Field{{Path: "priority", Kind: jsontree.NumberKind}, {Path: "profile", Kind: jsontree.FreeKind}},
	listing: listing{standard: 20, least: 20, most: 200},
	in:      within(apps, func(a *app) *[]*entry { return &a.groups }),
	key:     func(c *call) string { return c.r.PathValue("groupId") },
	defaults: func(s *Server, c *call, old *entry) object {
		if old != nil {
			return old.tree
		}
		a, _ := apps.one(s, c) // it has been found before
		return object{"priority": len(a.groups), "profile": object{}}
	},
	guard: func(s *Server, c *call, _ *entry, doing verb) error {
		if doing != assign {
			return nil
		}
		if _, err := groups.one(s, c); err != nil {
			return err
		}
		return assignable(s, c, "GroupAppAssignment")
	},
	make: plainEntry,
	done: func(s *Server, c *call, _ *entry, _ verb) {
		if a, err := apps.one(s, c); err == nil {
			slices.SortStableFunc(a.groups, func(x, y *entry) int { return jsontree.Whole(x.tree, "priority") - jsontree.Whole(y.tree, "priority") })
		}
	},
	show: func(_ *Server, c *call, x *entry) object {
		app := c.r.PathValue("appId")
		return jsontree.Merge(x.tree, object{
			"id": x.id, "lastUpdated": stamp(x.updated),
			"_links": object{"app": link(c.url("apps", app)), "self": link(c.url("apps", app, "groups", x.id)), "group": link(c.url("groups", x.id))},
		})
	},
}

// assignable refuses assignments to an app that lets everyone in (contract okta.md 2).
func assignable(s *Server, c *call, kind string) error {
	a, err := apps.one(s, c)
	if err == nil && a.flag("settings.implicitAssignment") {
		err = refusal.Invalid(kind, "It is not possible to assign groups to an AppInstance that has Federation Broker Mode enabled")
	}
	return err
}

// assignedUsers are the people who may use an app integration without a group.
var assignedUsers = &resource[*entry]{
	path: appPath + "/users/{userId}", kind: "AppUser", access: token,
	verbs: map[verb]int{list: 200, create: 200, get: 200, remove: 204},
	fields: []jsontree.Field{
		{Path: "id", Required: true}, {Path: "scope", Values: []string{"USER", "GROUP"}}, {Path: "credentials.userName"},
	},
	listing: listing{search: []string{"credentials.userName", "profile.email"}, standard: 50, least: 1, most: 500},
	in:      within(apps, func(a *app) *[]*entry { return &a.users }),
	key:     func(c *call) string { return jsontree.Text(c.body, "id") },
	defaults: func(_ *Server, _ *call, old *entry) object {
		if old != nil {
			return old.tree
		}
		return object{"scope": "USER"}
	},
	guard: func(s *Server, c *call, _ *entry, doing verb) error {
		if doing != create {
			return nil
		}
		id := jsontree.Text(c.tree, "id")
		at := indexOf(s.users, id)
		if at < 0 {
			return refusal.NotFound(id, "User")
		}
		if jsontree.Text(c.tree, "credentials.userName") == "" {
			jsontree.Put(c.tree, "credentials.userName", s.users[at].login())
		}
		return assignable(s, c, "AppUser")
	},
	make: plainEntry,
	show: func(s *Server, c *call, x *entry) object {
		u := s.users[indexOf(s.users, x.id)] // people stay
		return jsontree.Merge(x.tree, object{
			"created": stamp(x.created), "lastUpdated": stamp(x.updated), "status": active, "statusChanged": stamp(x.created),
			"passwordChanged": nil, "syncState": "DISABLED",
			"profile": object{"name": u.name(), "given_name": u.text("profile.firstName"), "family_name": u.text("profile.lastName"), "email": u.login()},
			"_links":  object{"app": link(c.url("apps", c.r.PathValue("appId"))), "user": link(c.url("users", x.id))},
		})
	},
}

// admits reports whether the app is assigned to a person (contract okta.md 2).
func (s *Server) admits(a *app, u *user) bool {
	return a.flag("settings.implicitAssignment") || indexOf(a.users, u.id) >= 0 ||
		slices.ContainsFunc(s.groups, func(g *group) bool { return indexOf(a.groups, g.id) >= 0 && g.belongs(u) })
}

// listGrants lists Okta's own scopes that an app may have.
func (s *Server) listGrants(c *call) (any, error) {
	a, err := apps.one(s, c)
	if err != nil {
		return nil, err
	}
	docs := []object{}
	for _, scope := range a.granted {
		docs = append(docs, object{
			"id": "oag" + a.id[3:10] + scope, "issuer": simkit.Base(c.r), "scopeId": scope, "clientId": a.clientID, "status": active, "source": "ADMIN",
			"created": stamp(a.created), "lastUpdated": stamp(a.created), "createdBy": object{"id": s.admin.id, "type": "User"},
			"_links": object{"app": link(c.url("apps", a.id))},
		})
	}
	return docs, nil
}

// idTokenSettings are asked for and set by Okta's Terraform provider (contract okta.md 1.8).
func (s *Server) idTokenSettings(c *call) (any, error) {
	a, err := apps.one(s, c)
	if err != nil {
		return nil, err
	}
	mode := oauthSettings + ".issuer_mode"
	if !c.writes() {
		return object{
			"issuer": s.issuer(c, a), "orgUrl": nil, "customUrl": nil, "audience": a.clientID, "issuerMode": a.text(mode),
		}, nil
	}
	wish, err := jsontree.Take([]jsontree.Field{{Path: "issuerMode", Required: true, Values: []string{orgURL, customURL}}}, c.body)
	if err != nil {
		return nil, err
	}
	jsontree.Put(a.tree, mode, wish["issuerMode"])
	return object{"issuer": nil, "orgUrl": nil, "customUrl": nil, "audience": nil, "issuerMode": wish["issuerMode"]}, nil
}

// assignPolicy gives an app another sign-in policy (contract okta.md 1.8).
func (s *Server) assignPolicy(c *call) (any, error) {
	a, err := apps.one(s, c)
	if err != nil {
		return nil, err
	}
	p, err := signOnPolicies.one(s, c)
	if err == nil {
		a.policy = p.id
	}
	return nothing{}, err
}
