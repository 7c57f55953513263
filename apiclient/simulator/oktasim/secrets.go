package oktasim

import (
	"slices"

	"msgsso-wizard/apiclient/simulator/oktasim/eventlog"
	"msgsso-wizard/apiclient/simulator/oktasim/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
)

// secrets are the client secrets of an app integration (contract okta.md 1.3).
var secrets = &resource[*entry]{
	path: appPath + "/credentials/secrets/{secretId}", kind: "OAuth2ClientSecret", access: token,
	verbs:  map[verb]int{list: 200, create: 201, get: 200, remove: 204, activate: 200, deactivate: 200},
	fields: []jsontree.Field{{Path: "client_secret"}, {Path: "status", Values: []string{active, inactive}}},
	in:     within(apps, func(a *app) *[]*entry { return &a.secrets }),
	make: func(s *Server, c *call, _ entry) *entry {
		x := s.newSecret(jsontree.Text(c.tree, "client_secret"), jsontree.Text(c.tree, "status"))
		c.tree = x.tree
		return x
	},
	guard: guardSecret,
	done: func(s *Server, c *call, _ *entry, did verb) {
		if a, err := apps.one(s, c); err == nil {
			s.tellSecret(c, a, secretEvents[did])
		}
	},
	show: func(_ *Server, c *call, x *entry) object {
		at := c.url("apps", c.r.PathValue("appId"), "credentials", "secrets", x.id)
		links := object{"deactivate": link(at+"/lifecycle/deactivate", "POST")}
		if !x.active() {
			links = object{"activate": link(at+"/lifecycle/activate", "POST"), "delete": link(at, "DELETE")}
		}
		return jsontree.Merge(x.tree, object{"id": x.id, "created": stamp(x.created), "lastUpdated": stamp(x.updated), "_links": links})
	},
}

// secretEvents are what the System Log tells; reading a secret is an event, too.
var secretEvents = map[verb]string{
	list: "client.read_client_secret", get: "client.read_client_secret", create: "credentials.lifecycle.create",
	activate: "credentials.lifecycle.activate", deactivate: "credentials.lifecycle.deactivate", remove: "credentials.lifecycle.delete",
}

func guardSecret(s *Server, c *call, x *entry, doing verb) error {
	const most, kind = 2, "OAuth2ClientSecretMediated"
	a, err := apps.one(s, c)
	switch {
	case err != nil:
		return err
	case doing == create && len(a.secrets) >= most:
		return refusal.Invalid(kind, "You've reached the maximum number of client secrets per client.")
	case doing == create:
		if cause := badSecret(jsontree.Text(c.tree, "client_secret"), a.text(oauthCredentials+".token_endpoint_auth_method")); cause != "" {
			return refusal.Invalid("client_secret", cause)
		}
	case doing == remove && x.active():
		return refusal.Invalid(kind, "You can't delete an active client secret. Deactivate the secret before deleting it.")
	case doing == deactivate && x.active() && !slices.ContainsFunc(a.secrets, func(o *entry) bool { return o != x && o.active() }):
		return refusal.Invalid(kind, "You can't deactivate the only active client secret.")
	}
	return nil
}

// newSecret makes a secret; without a chosen value one of 64 characters.
func (s *Server) newSecret(value, status string) *entry {
	if value == "" {
		value = s.ids.Text(64)
	}
	e := s.newEntry("ocs", nil)
	e.tree = object{"status": status, "client_secret": value, "secret_hash": s.ids.Text(22)}
	return &e
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

// tellSecret writes down what an admin did with a client secret (contract okta.md 1.3).
func (s *Server) tellSecret(c *call, a *app, kind string) {
	e := eventlog.Event{Kind: "app.oauth2." + kind, Result: eventlog.Success, Targets: []eventlog.Party{a.party()}}
	if c.who.user != nil {
		e.Actor = c.who.user.party()
	}
	s.tell(c, e)
}
