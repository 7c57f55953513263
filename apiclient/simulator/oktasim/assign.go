package oktasim

import (
	"slices"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/oktasim/schema"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// assignedGroups are the groups that may use an app integration (contract okta.md 2).
var assignedGroups = &resource[*entry]{
	path: appPath + "/groups/{groupId}", kind: "GroupAppAssignment", access: token,
	verbs:   map[verb]int{list: 200, get: 200, assign: 200, remove: 204},
	request: "assignedGroup",
	listing: listing{standard: 20, least: 20, most: 200},
	in:      ofApp(func(a *app) *[]*entry { return &a.groups }),
	key:     func(c *call) string { return c.r.PathValue("groupId") },
	defaults: func(_ *Server, c *call, old *entry) object {
		if old != nil {
			return old.tree
		}
		return object{"priority": len(c.app.groups), "profile": object{}}
	},
	guard: func(s *Server, c *call, _ *entry, doing verb) error {
		if doing != assign {
			return nil
		}
		if _, _, err := groups.open(s, c, get); err != nil {
			return err
		}
		return c.app.assignable("GroupAppAssignment")
	},
	make: plainEntry,
	show: func(_ *Server, c *call, x *entry) object {
		at := c.url("apps", c.app.id)
		return jsontree.Merge(x.tree, object{
			"id": x.id, "lastUpdated": simkit.Stamp(x.updated),
			"_links": object{"app": link(at), "self": link(at + "/groups/" + x.id), "group": link(c.url("groups", x.id))},
		})
	},
}

// assignable refuses assignments to an app that assigns everyone (contract okta.md 2).
func (a *app) assignable(kind string) error {
	if a.flag("settings.implicitAssignment") {
		return refusal.Invalid(kind, "It is not possible to assign groups to an AppInstance that has Federation Broker Mode enabled")
	}
	return nil
}

// assignedUsers are the users who may use an app integration without a group.
var assignedUsers = &resource[*entry]{
	path: appPath + "/users/{userId}", kind: "AppUser", access: token,
	verbs:   map[verb]int{list: 200, create: 200, get: 200, remove: 204},
	request: "assignedUser",
	listing: listing{standard: 50, least: 1, most: 500},
	in:      ofApp(func(a *app) *[]*entry { return &a.users }),
	key:     func(c *call) string { return jsontree.Text(c.body, "id") },
	defaults: func(s *Server, c *call, _ *entry) object {
		out := object{"scope": "USER"}
		if u := byID(s.users, jsontree.Text(c.tree, "id")); u != nil {
			out["credentials"] = object{"userName": u.login()}
		}
		return out
	},
	guard: func(s *Server, c *call, _ *entry, doing verb) error {
		id := jsontree.Text(c.tree, "id")
		switch {
		case doing != create:
			return nil
		case byID(s.users, id) == nil:
			return refusal.NotFound(id, "User")
		}
		return c.app.assignable("AppUser")
	},
	make: plainEntry,
	show: func(s *Server, c *call, x *entry) object {
		u := byID(s.users, x.id) // users stay
		return x.document(object{
			"status": active, "statusChanged": simkit.Stamp(x.created), "passwordChanged": nil, "syncState": "DISABLED",
			"profile": object{"name": u.name(), "given_name": u.text("profile.firstName"), "family_name": u.text("profile.lastName"), "email": u.login()},
			"_links":  object{"app": link(c.url("apps", c.app.id)), "user": link(c.url("users", x.id))},
		})
	},
}

// admits reports whether the app is assigned to a user (contract okta.md 2).
func (s *Server) admits(a *app, u *user) bool {
	return a.flag("settings.implicitAssignment") || byID(a.users, u.id) != nil ||
		slices.ContainsFunc(s.groups, func(g *group) bool { return byID(a.groups, g.id) != nil && g.belongs(u) })
}

// listGrants lists Okta's own scopes that an app may have.
func (s *Server) listGrants(c *call) (any, error) {
	docs, at := []object{}, simkit.Stamp(c.app.created)
	for _, scope := range c.app.granted {
		docs = append(docs, object{
			"id": "oag" + c.app.id[3:10] + scope, "issuer": simkit.Base(c.r), "scopeId": scope, "clientId": c.app.clientID,
			"status": active, "source": "ADMIN", "createdBy": object{"id": s.admin.id, "type": "User"},
			"created": at, "lastUpdated": at, "_links": object{"app": link(c.url("apps", c.app.id))},
		})
	}
	return docs, nil
}

// idTokenSettings are asked for and set by Okta's Terraform provider (contract okta.md 1.8).
func (s *Server) idTokenSettings(c *call) (any, error) {
	const mode = oauthSettings + ".issuer_mode"
	if !c.writes() {
		return object{
			"issuer": s.issuer(c, c.app), "orgUrl": nil, "customUrl": nil, "audience": c.app.clientID, "issuerMode": c.app.text(mode),
		}, nil
	}
	wish, err := schema.Take(requests()["idTokenSettings"], c.body)
	if err != nil {
		return nil, err
	}
	jsontree.Put(c.app.tree, mode, wish["issuerMode"])
	return object{"issuer": nil, "orgUrl": nil, "customUrl": nil, "audience": nil, "issuerMode": wish["issuerMode"]}, nil
}

// assignPolicy gives an app another sign-in policy (contract okta.md 1.8).
func (s *Server) assignPolicy(c *call) (any, error) {
	_, p, err := signOnPolicies.open(s, c, get)
	if err == nil {
		c.app.policy = p.id
	}
	return nothing{}, err
}
