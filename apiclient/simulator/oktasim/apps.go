package oktasim

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/eventlog"
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
	users            []*entry // the same of users without a group
	claims           []*entry // federated claims

	granted []string     // Okta's own scopes that a super admin lets the client have
	roles   []string     // admin roles of a service app; nil: none
	signer  *signing.Key // what a service app signs its assertions with; nil: nothing
}

func (a *app) label() string { return a.text("label") }

// setting and settings read what an OAuth client is set to.
func (a *app) setting(name string) string    { return a.text(oauthSettings + "." + name) }
func (a *app) settings(name string) []string { return a.texts(oauthSettings + "." + name) }

const appPath = "/api/v1/apps/{appId}"

var apps = &resource[*app]{
	path: appPath, kind: "AppInstance", access: token, prefix: "0oa", quiet: true,
	verbs:   map[verb]int{list: 200, create: 200, get: 200, replace: 200, remove: 204, activate: 200, deactivate: 200},
	request: "app",
	listing: listing{
		search:  []string{"name", "label"},
		filters: map[string][]string{"filter": {"id", "status", "name", "credentials.signing.kid"}},
		// The definition leaves the standard size open, so a small one makes clients follow the links.
		standard: 20, least: 1, most: 200, keeps: listsApp,
	},
	in:       all(func(s *Server) *[]*app { return &s.apps }),
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

// ofApp is a list that the app in the path has.
func ofApp(items func(*app) *[]*entry) func(*Server, *call) (*[]*entry, error) {
	return within(apps, func(c *call, a *app) *[]*entry {
		c.app = a
		return items(a)
	})
}

// forApp gives a handler the app in the path.
func forApp(handle handler) handler {
	return func(s *Server, c *call) (v any, err error) {
		if _, c.app, err = apps.open(s, c, get); err != nil {
			return nil, err
		}
		return handle(s, c)
	}
}

// listsApp leaves inactive apps out unless they are asked for (definition, parameter includeNonDeleted).
func listsApp(c *call, doc object) bool {
	query := c.r.URL.Query()
	filter := " " + query.Get("filter")
	return doc["status"] == active || query.Get("includeNonDeleted") == "true" ||
		strings.Contains(filter, " status ") || strings.Contains(filter, " id ")
}

// makeApp makes an app integration, with a secret if its clients use one.
func (s *Server) makeApp(e entry) *app {
	a := &app{entry: e, linkID: s.id("aln"), policy: s.org.accessPolicy, clientID: cmp.Or(e.text(oauthCredentials+".client_id"), e.id)}
	s.keepSecret(a)
	return a
}

// keepSecret gives an app the secret that a body names, or any if it has none and needs one.
func (s *Server) keepSecret(a *app) {
	chosen, method := a.text(oauthCredentials+".client_secret"), a.text(oauthCredentials+".token_endpoint_auth_method")
	if method == noAuth || method == keyAuth {
		return
	}
	newest := a.current()
	if newest == nil {
		made := s.newEntry("ocs", jsontree.Merge(s.newSecret(), object{"status": active}))
		a.secrets, newest = append(a.secrets, &made), &made
	}
	if chosen != "" {
		newest.tree["client_secret"] = chosen
	}
}

// guardApp keeps what cannot be changed, and an active app from being deleted.
func guardApp(s *Server, c *call, a *app, doing verb) error {
	id := jsontree.Text(c.tree, oauthCredentials+".client_id")
	switch {
	case doing == create && s.client(id) != nil:
		return refusal.Field("client_id", "The value is already in use")
	case doing == replace && id != "" && id != a.clientID:
		return refusal.Field("client_id", "The value cannot be changed")
	case doing == replace && jsontree.Text(c.tree, oauthSettings+".application_type") != a.setting("application_type"):
		return refusal.Field("application_type", "The value cannot be changed")
	case doing == remove && a.active():
		return refusal.Of("E0000056")
	case doing == create, doing == replace:
		return checkClient(s, &app{entry: entry{tree: c.tree}})
	}
	return nil
}

// client is the app with this client id, nil when there is none.
func (s *Server) client(id string) *app {
	return first(s.apps, func(a *app) bool { return a.clientID == id })
}

// showApp is an app integration as Okta shows it, with its nulls. The secret is shown to those who create or replace,
// never to those who read (contract okta.md 0.3).
func showApp(s *Server, c *call, a *app) object {
	doc := a.document(object{
		"orn":      "orn:okta:idp:" + s.org.id + ":apps:" + a.text("name") + ":" + a.id,
		"features": []any{}, "universalLogout": nil, "_links": appLinks(c, a, s.org.enrollment),
		"credentials": object{"signing": object{"kid": s.orgKey.ID}},
	})
	if client, ok := jsontree.At(doc, oauthCredentials); ok {
		shown := jsontree.Merge(client.(object), object{"client_id": a.clientID})
		delete(shown, "client_secret")
		if newest := a.current(); c.writes() && newest != nil {
			shown["client_secret"] = newest.text("client_secret")
		}
		jsontree.Put(doc, oauthCredentials, shown)
	}
	if c.r.Method == "PUT" { // only an answer to PUT was seen with something here
		doc["universalLogout"] = object{
			"status": "DISABLED", "supportType": "FULL", "identityStack": "NOT_SHARED", "protocol": "GLOBAL_TOKEN_REVOCATION",
		}
	}
	return doc
}

func appLinks(c *call, a *app, enrollment string) object {
	at, base := c.url("apps", a.id), simkit.Base(c.r)
	return object{
		"uploadLogo": link(at+"/logo", "POST"),
		"appLinks": []object{{
			"name": "oidc_client_link", "href": base + "/home/" + a.text("name") + "/" + a.id + "/" + a.linkID, "type": "text/html",
		}},
		"profileEnrollment": link(c.url("policies", enrollment)),
		"policies":          link(at+"/policies", "PUT"),
		"groups":            link(at + "/groups"),
		"logo":              []object{{"name": "medium", "href": base + "/img/logos/default.png", "type": "image/png"}},
		"clientCredentials": []object{{"name": "secrets", "href": at + "/credentials/secrets"}},
		"accessPolicy":      link(c.url("policies", a.policy)),
		"users":             link(at + "/users"),
		a.next():            link(at + "/lifecycle/" + a.next()),
	}
}

// secrets are the client secrets of an app integration (contract okta.md 1.3).
var secrets = &resource[*entry]{
	path: appPath + "/credentials/secrets/{secretId}", kind: "OAuth2ClientSecret", access: token, prefix: "ocs",
	verbs:    map[verb]int{list: 200, create: 201, get: 200, remove: 204, activate: 200, deactivate: 200},
	request:  "secret",
	in:       ofApp(func(a *app) *[]*entry { return &a.secrets }),
	defaults: func(s *Server, _ *call, _ *entry) object { return s.newSecret() },
	make:     plainEntry,
	guard:    guardSecret,
	done: func(s *Server, c *call, _ *entry, did verb) {
		e := eventlog.Event{Result: eventlog.Success, Targets: []eventlog.Party{c.app.party()}}
		if c.who.user != nil {
			e.Actor = c.who.user.party()
		}
		s.log(c, e, secretEvents[did])
	},
	show: func(_ *Server, c *call, x *entry) object {
		at := c.url("apps", c.app.id, "credentials", "secrets", x.id)
		links := object{x.next(): link(at+"/lifecycle/"+x.next(), "POST")}
		if !x.active() {
			links["delete"] = link(at, "DELETE")
		}
		return x.document(object{"_links": links})
	},
}

// secretEvents are what is logged of secrets (contract okta.md 1.3, 11).
var secretEvents = map[verb]eventlog.Kind{
	list: eventlog.SecretRead, get: eventlog.SecretRead, create: eventlog.SecretCreated,
	activate: eventlog.SecretOn, deactivate: eventlog.SecretOff, remove: eventlog.SecretDeleted,
}

func guardSecret(s *Server, c *call, x *entry, doing verb) error {
	const most, kind = 2, "OAuth2ClientSecretMediated"
	switch {
	case s.opts.HideSecrets:
		return refusal.Of("E0000006")
	case doing == create && len(c.app.secrets) >= most:
		return refusal.Invalid(kind, "You've reached the maximum number of client secrets per client.")
	case doing == create:
		return badSecret(jsontree.Text(c.tree, "client_secret"), c.app.text(oauthCredentials+".token_endpoint_auth_method"))
	case doing == remove && x.active():
		return refusal.Invalid(kind, "You can't delete an active client secret. Deactivate the secret before deleting it.")
	case doing == deactivate && x.active() && !slices.ContainsFunc(c.app.secrets, func(o *entry) bool { return o != x && o.active() }):
		return refusal.Invalid(kind, "You can't deactivate the only active client secret.")
	}
	return nil
}

// newSecret is a secret of Okta's own choice.
func (s *Server) newSecret() object {
	return object{"client_secret": s.ids.Text(64), "secret_hash": s.ids.Text(22)}
}

// AgeSecrets makes every client secret older.
func (s *Server) AgeSecrets(by time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.apps {
		for _, x := range a.secrets {
			x.created, x.updated = x.created.Add(-by), x.updated.Add(-by)
		}
	}
}

// current is the newest active secret, which is the one that Okta shows; nil for an app without secrets.
func (a *app) current() *entry {
	for _, x := range slices.Backward(a.secrets) {
		if x.active() {
			return x
		}
	}
	return nil
}
