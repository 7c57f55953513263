package oktasim

import (
	"slices"

	"msgsso-wizard/apiclient/simulator/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/eventlog"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/oktasim/schema"
)

// secrets are the client secrets of an app integration (contract okta.md 1.3).
var secrets = &resource[*entry]{
	path: appPath + "/credentials/secrets/{secretId}", kind: "OAuth2ClientSecret", access: token, prefix: "ocs",
	verbs:    map[verb]int{list: 200, create: 201, get: 200, remove: 204, activate: 200, deactivate: 200},
	fields:   []schema.Field{{Path: "client_secret"}, {Path: "status", Values: []string{active, inactive}}},
	in:       ofApp(func(a *app) *[]*entry { return &a.secrets }),
	defaults: func(s *Server, _ *call, _ *entry) object { return s.newSecret() },
	make:     plainEntry,
	guard:    guardSecret,
	done: func(s *Server, c *call, _ *entry, did verb) {
		if did == list || did == get {
			s.tellSecretRead(c)
		}
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

func guardSecret(_ *Server, c *call, x *entry, doing verb) error {
	const most, kind = 2, "OAuth2ClientSecretMediated"
	switch {
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

// current is the newest active secret, which is the one that Okta shows; nil for an app without secrets.
func (a *app) current() *entry {
	for _, x := range slices.Backward(a.secrets) {
		if x.active() {
			return x
		}
	}
	return nil
}

// tellSecretRead writes down that somebody read the client secrets of an app (contract okta.md 1.3).
func (s *Server) tellSecretRead(c *call) {
	e := eventlog.Event{Result: eventlog.Success, Targets: []eventlog.Party{c.app.party()}}
	if c.who.user != nil {
		e.Actor = c.who.user.party()
	}
	s.tell(c, e, eventlog.SecretRead)
}
