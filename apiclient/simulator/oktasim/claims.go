package oktasim

import (
	"slices"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// claims are those of an authorization server (contract okta.md 4). The system claims can be replaced; new ones are not
// made here.
var claims = &resource[*entry]{
	path: "/api/v1/authorizationServers/{serverId}/claims/{claimId}", kind: "OAuth2Claim", access: licensed,
	verbs:   map[verb]int{list: 200, get: 200, replace: 200},
	request: "claim",
	in:      within(servers, func(_ *call, as *authServer) *[]*entry { return &as.claims }),
	make:    plainEntry,
	defaults: func(_ *Server, _ *call, old *entry) object {
		return jsontree.Merge(old.tree, object{"status": old.text("status")})
	},
	guard: func(_ *Server, c *call, x *entry, doing verb) error {
		if doing == replace && (jsontree.Text(c.tree, "name") != x.text("name") || jsontree.Text(c.tree, "valueType") != x.text("valueType")) {
			return refusal.Field("name", "A system claim keeps its name and its value type")
		}
		return nil
	},
	show: func(_ *Server, c *call, x *entry) object {
		at := c.url("authorizationServers", c.r.PathValue("serverId"), "claims", x.id)
		return jsontree.Merge(x.tree, object{
			"id": x.id, "system": true, "apiResourceId": nil, "_links": object{"self": link(at, "GET", "PUT", "DELETE")},
		})
	},
}

// systemClaims are those that a new authorization server has for ID tokens: the scope that asks for each, and whether it is
// always in them. The others come from userinfo (contract okta.md 4).
var systemClaims = []struct {
	name, scope string
	always      bool
	value       func(*user) string // nil: users here have none
}{
	{"address", "address", false, nil},
	{"birthdate", "profile", false, nil},
	{"email", "email", true, (*user).login},
	{"email_verified", "email", false, nil},
	{"family_name", "profile", false, (*user).lastName},
	{"gender", "profile", false, nil},
	{"given_name", "profile", false, (*user).firstName},
	{"locale", "profile", false, nil},
	{"middle_name", "profile", false, nil},
	{"name", "profile", true, (*user).name},
	{"nickname", "profile", false, nil},
	{"phone_number", "phone", false, nil},
	{"picture", "profile", false, nil},
	{"preferred_username", "profile", true, (*user).login},
	{"profile", "profile", false, nil},
	{"updated_at", "profile", false, nil},
	{"website", "profile", false, nil},
	{"zoneinfo", "profile", false, nil},
}

// seedClaims gives the authorization servers their claims. Their IDs are a separate row.
func (s *Server) seedClaims(seed uint64) {
	ids := simkit.NewIDs(seed, claimStream)
	for _, as := range s.servers {
		add := func(tree object) {
			e := s.newEntry("", jsontree.Merge(object{"status": active}, tree))
			e.id = "ocl" + ids.Text(17)
			as.claims = append(as.claims, &e)
		}
		add(object{
			"name": "sub", "claimType": "RESOURCE", "valueType": "EXPRESSION", "alwaysIncludeInToken": true,
			"value": "(appuser != null) ? appuser.userName : app.clientId", "conditions": object{"scopes": []any{}},
		})
		for _, c := range systemClaims {
			add(object{
				"name": c.name, "claimType": "IDENTITY", "valueType": "SYSTEM", "alwaysIncludeInToken": c.always,
				"conditions": object{"scopes": []any{c.scope}},
			})
		}
	}
}

// federatedClaims are those that one app's ID tokens have more (contract okta.md 4). Whether the real service takes the
// names of system claims isn't known; Options.ReservedNames refuses them.
var federatedClaims = &resource[*entry]{
	path: appPath + "/federated-claims/{claimId}", kind: "FederatedClaim", access: token, prefix: "ofc",
	verbs:   map[verb]int{list: 200, create: 201, get: 200, replace: 200, remove: 204},
	request: "federatedClaim",
	in:      ofApp(func(a *app) *[]*entry { return &a.claims }),
	make:    plainEntry,
	guard: func(s *Server, c *call, x *entry, doing verb) error {
		if doing != create && doing != replace {
			return nil
		}
		name := jsontree.Text(c.tree, "name")
		switch {
		case slices.ContainsFunc(c.app.claims, func(o *entry) bool { return o != x && o.text("name") == name }):
			return refusal.Field("name", "An object with this field already exists in the current organization")
		case s.opts.ReservedNames && claimValue(name) != nil:
			return refusal.Field("name", "The claim name is reserved")
		}
		return nil
	},
	show: func(_ *Server, _ *call, x *entry) object {
		doc := x.document(nil)
		delete(doc, "status") // it has none
		return doc
	},
}

// expressions are those that are understood here.
var expressions = map[string]func(*user) string{
	"user.profile.firstName": (*user).firstName, "user.profile.lastName": (*user).lastName, "user.profile.login": (*user).login,
}

func claimValue(name string) func(*user) string {
	for _, c := range systemClaims {
		if c.name == name {
			return c.value
		}
	}
	return nil
}

// userClaims are what the ID token of a code flow says of its user: at the org's own server what every app gets and the
// app's own, at a custom one the active claims that are always in it, each with one of its scopes (contract okta.md 4).
func (t ticket) userClaims() object {
	out := object{}
	if t.server == nil {
		for _, c := range systemClaims {
			if c.always && slices.Contains(t.scopes, c.scope) {
				out[c.name] = c.value(t.user)
			}
		}
		for _, c := range t.app.claims {
			if value := expressions[c.text("expression")]; value != nil {
				out[c.text("name")] = value(t.user)
			}
		}
		return out
	}
	for _, c := range t.server.claims {
		asked := slices.ContainsFunc(c.texts("conditions.scopes"), func(scope string) bool { return slices.Contains(t.scopes, scope) })
		value := claimValue(c.text("name"))
		if c.active() && c.text("claimType") == "IDENTITY" && c.flag("alwaysIncludeInToken") && asked && value != nil {
			out[c.text("name")] = value(t.user)
		}
	}
	return out
}
