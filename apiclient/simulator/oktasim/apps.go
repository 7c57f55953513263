package oktasim

import (
	"slices"
	"strings"

	"msgsso-wizard/apiclient/simulator/oktasim/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/oktasim/signing"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// app is an app integration.
type app struct {
	entry
	clientID, linkID string
	policy           string // its app sign-in policy
	secrets          []*entry
	groups           []*entry // assignments, by the ids of groups
	users            []*entry // the same of people without a group

	granted []string     // Okta's own scopes that a super admin lets the client have
	roles   []string     // admin roles of a service app; nil: none
	signer  *signing.Key // what a service app signs its assertions with; nil: nothing
}

func (a *app) label() string { return a.text("label") }

const appPath = "/api/v1/apps/{appId}"

var apps = &resource[*app]{
	path: appPath, kind: "AppInstance", access: token, prefix: "0oa", quiet: true,
	verbs:  map[verb]int{list: 200, create: 200, get: 200, replace: 200, remove: 204, activate: 200, deactivate: 200},
	fields: appFields,
	listing: listing{
		search:  []string{"name", "label"},
		filters: map[string][]string{"filter": {"id", "status", "name", "credentials.signing.kid", "settings.slo.enabled"}},
		// The definition leaves the standard size open, so a small one makes clients follow the links.
		standard: 20, least: 1, most: 200, keeps: listedApps,
	},
	in:       func(s *Server, _ *call) (*[]*app, error) { return &s.apps, nil },
	defaults: appDefaults,
	make:     (*Server).makeApp,
	guard:    guardApp,
	done: func(s *Server, _ *call, a *app, did verb) {
		if did == replace {
			s.keepSecret(a)
		}
	},
	show: showApp,
}

// listedApps leaves inactive apps out unless they are asked for (definition, parameter includeNonDeleted).
func listedApps(c *call) func(object) bool {
	query := c.r.URL.Query()
	all := query.Get("includeNonDeleted") == "true"
	for _, member := range []string{"status", "id"} {
		all = all || strings.Contains(" "+query.Get("filter"), " "+member+" ")
	}
	return func(doc object) bool { return all || doc["status"] == active }
}

// makeApp makes an app integration, with a secret if its clients use one.
func (s *Server) makeApp(_ *call, e entry) *app {
	a := &app{entry: e, linkID: s.id("aln"), policy: s.org.accessPolicy, clientID: e.text(oauthCredentials + ".client_id")}
	if a.clientID == "" {
		a.clientID = a.id
	}
	s.keepSecret(a)
	return a
}

// keepSecret gives an app the secret that a body names, or any if it has none and needs one.
func (s *Server) keepSecret(a *app) {
	chosen, method := a.text(oauthCredentials+".client_secret"), a.text(oauthCredentials+".token_endpoint_auth_method")
	switch newest := a.current(); {
	case method == noAuth || method == "private_key_jwt":
	case newest == nil:
		a.secrets = append(a.secrets, s.newSecret(chosen, active))
	case chosen != "":
		newest.tree["client_secret"] = chosen
	}
}

// guardApp keeps what cannot be changed, and an active app from being deleted.
func guardApp(s *Server, c *call, a *app, doing verb) error {
	id := jsontree.Text(c.tree, oauthCredentials+".client_id")
	switch {
	case doing == create && s.client(id) != nil:
		return refusal.Invalid("client_id", "client_id: The value is already in use")
	case doing == replace && id != "" && id != a.clientID:
		return refusal.Invalid("client_id", "client_id: The value cannot be changed")
	case doing == replace && jsontree.Text(c.tree, oauthSettings+".application_type") != a.text(oauthSettings+".application_type"):
		return refusal.Invalid("application_type", "application_type: The value cannot be changed")
	case doing == remove && a.active():
		return refusal.Of("E0000056")
	case doing == create, doing == replace:
		return checkClient(s, c.tree)
	}
	return nil
}

// client is the app with this client id, nil when there is none.
func (s *Server) client(id string) *app {
	at := slices.IndexFunc(s.apps, func(a *app) bool { return a.clientID == id && id != "" })
	if at < 0 {
		return nil
	}
	return s.apps[at]
}

// showApp is an app integration as Okta shows it, with its nulls. The secret is shown to those who create or replace,
// never to those who read (contract okta.md 0.3).
func showApp(s *Server, c *call, a *app) object {
	written := c.r.Method == "PUT" || c.r.Method == "POST"
	credentials := object{"signing": object{"kid": s.orgKey.ID}}
	doc := jsontree.Merge(a.tree, object{
		"id": a.id, "orn": "orn:okta:idp:" + s.org.id + ":apps:" + a.text("name") + ":" + a.id,
		"created": stamp(a.created), "lastUpdated": stamp(a.updated), "features": []any{},
		"universalLogout": nil, "credentials": credentials, "_links": appLinks(s, c, a),
	})
	if _, ok := jsontree.At(doc, oauthCredentials); ok {
		jsontree.Put(credentials, "oauthClient.client_id", a.clientID)
		doc = jsontree.Merge(doc, object{"credentials": credentials})
		shown, _ := jsontree.At(doc, oauthCredentials)
		delete(shown.(object), "client_secret")
		if newest := a.current(); written && newest != nil {
			jsontree.Put(doc, oauthCredentials+".client_secret", newest.text("client_secret"))
		}
	}
	if c.r.Method == "PUT" { // only an answer to PUT was seen with something here
		doc["universalLogout"] = object{
			"status": "DISABLED", "supportType": "FULL", "identityStack": "NOT_SHARED", "protocol": "GLOBAL_TOKEN_REVOCATION",
		}
	}
	return doc
}

func appLinks(s *Server, c *call, a *app) object {
	at := func(parts ...string) string { return c.url(append([]string{"apps", a.id}, parts...)...) }
	next := "deactivate"
	if !a.active() {
		next = "activate"
	}
	home := simkit.Base(c.r) + "/home/" + a.text("name") + "/" + a.id + "/" + a.linkID
	return object{
		"uploadLogo":        link(at("logo"), "POST"),
		"appLinks":          []object{{"name": "oidc_client_link", "href": home, "type": "text/html"}},
		"profileEnrollment": link(c.url("policies", s.org.enrollment)),
		"policies":          link(at("policies"), "PUT"),
		"groups":            link(at("groups")),
		"logo":              []object{{"name": "medium", "href": simkit.Base(c.r) + "/img/logos/default.png", "type": "image/png"}},
		"clientCredentials": []object{{"name": "secrets", "href": at("credentials", "secrets")}},
		"accessPolicy":      link(c.url("policies", a.policy)),
		"users":             link(at("users")),
		next:                link(at("lifecycle", next)),
	}
}
