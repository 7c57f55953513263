package oktasim

import (
	"errors"
	"slices"
)

// tellTokens writes down which tokens a client has got for a person.
func (s *Server) tellTokens(c *call, t *ticket, made []string) {
	e := event{
		kind: oauthKind(c, "token.grant"), result: success, actor: s.clientParty(t.app.clientID),
		targets: []party{t.app.party(), t.user.party()}, debug: c.tokenDebug(),
	}
	s.tell(c, e)
	for _, kind := range made {
		of := e
		of.kind = oauthKind(c, "token.grant."+kind)
		of.targets = slices.Concat([]party{{kind: kind}}, e.targets)
		s.tell(c, of)
	}
}

// tellRefusedToken writes down why a client gets no tokens for a visitor. The actor is the client, and the address
// its own: the visitor has no part in it (contract okta.md 11).
func (s *Server) tellRefusedToken(c *call, err error) {
	var e *oauthError
	kind := c.form.Get("grant_type")
	if !errors.As(err, &e) || kind == serviceGrant || kind == deviceGrant {
		return
	}
	said, _ := c.clientAuth() // of whoever says nothing, nothing is told
	refused := event{result: failure, reason: e.name, actor: s.clientParty(said.id), debug: c.tokenDebug()}
	if e.name == "invalid_client_secret" {
		refused.kind = "app.oauth2.invalid_client_credentials"
		s.tell(c, refused)
	}
	refused.kind = oauthKind(c, "token.grant")
	s.tell(c, refused)
}

func (c *call) tokenDebug() object {
	said, _ := c.clientAuth()
	return object{"grantType": c.form.Get("grant_type"), "clientAuthType": said.method}
}

// tellSecret writes down what an admin did with a client secret; reading one is an event, too (contract okta.md 1.3).
func (s *Server) tellSecret(c *call, a *app, kind string) {
	e := event{kind: "app.oauth2." + kind, result: success, targets: []party{a.party()}}
	if c.who.user != nil {
		e.actor = c.who.user.party()
	}
	s.tell(c, e)
}
