package oktasim

import (
	"errors"
	"net/url"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/simulator/oktasim/eventlog"
	"msgsso-wizard/apiclient/simulator/oktasim/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
)

func oauthKind(c *call, kind string) string { return eventlog.OfServer(c.as != nil, kind) }

// tellDenied writes down why a visitor gets no code.
func (s *Server) tellDenied(c *call, wish signIn, query url.Values, e *refusal.OAuthError) {
	denied := eventlog.Event{Result: eventlog.Failure, Actor: s.clientParty(query.Get("client_id"))}
	if wish.user != nil {
		denied.Actor = wish.user.party()
	}
	if wish.app != nil {
		denied.Targets = []eventlog.Party{wish.app.party()}
	}
	if e.Name == "user_not_assigned" {
		denied.Kind = eventlog.NotAssigned
		s.tell(c, denied)
	}
	denied.Kind, denied.Reason, denied.Debug = oauthKind(c, "authorize"), e.Name, asked(query)
	switch e.Name {
	case "scope_denied":
		denied.Kind += ".scope_denied"
	case "illegal_redirect_uri":
		denied.Debug["redirectUri"] = query.Get("redirect_uri")
	}
	s.tell(c, denied)
}

func asked(query url.Values) object {
	return object{"responseType": query.Get("response_type"), "requestedScopes": query.Get("scope")}
}

// tellPolicy writes down what the app's sign-in policy came to: a person is let in, or must show or set up one factor
// more. session is empty before there is one.
func (s *Server) tellPolicy(c *call, a *app, u *user, result, session string) {
	s.tell(c, eventlog.Event{
		Kind: eventlog.SignOnPolicy, Result: result, Reason: "Sign-on policy evaluation resulted in " + result,
		Actor: u.party(), Targets: []eventlog.Party{a.party()}, Session: session,
	})
}

// tellCode writes down that an app has got a code for a person.
func (s *Server) tellCode(c *call, wish signIn, x *session) {
	debug := jsontree.Merge(asked(c.r.URL.Query()), object{"grantedScopes": strings.Join(wish.scopes, " ")})
	for _, kind := range []string{oauthKind(c, "authorize"), oauthKind(c, "authorize.code"), eventlog.SingleSignOn} {
		s.tell(c, eventlog.Event{
			Kind: kind, Result: eventlog.Success, Actor: wish.user.party(), Targets: []eventlog.Party{wish.app.party()}, Session: x.id, Debug: debug,
		})
	}
}

// tellTokens writes down which tokens a client has got for a person.
func (s *Server) tellTokens(c *call, t *ticket, made []string) {
	e := eventlog.Event{
		Kind: oauthKind(c, "token.grant"), Result: eventlog.Success, Actor: s.clientParty(t.app.clientID),
		Targets: []eventlog.Party{t.app.party(), t.user.party()}, Debug: c.tokenDebug(),
	}
	s.tell(c, e)
	for _, kind := range made {
		of := e
		of.Kind += "." + kind
		of.Targets = slices.Concat([]eventlog.Party{{Kind: kind}}, e.Targets)
		s.tell(c, of)
	}
}

// tellRefusedToken writes down why a client gets no tokens for a visitor. The actor is the client, and the address its
// own: the visitor has no part in it (contract okta.md 11).
func (s *Server) tellRefusedToken(c *call, err error) {
	var e *refusal.OAuthError
	grant := c.form.Get("grant_type")
	if !errors.As(err, &e) || grant == serviceGrant || grant == deviceGrant {
		return
	}
	said, _ := c.clientAuth() // of whoever says nothing, nothing is told
	refused := eventlog.Event{Result: eventlog.Failure, Reason: e.Name, Actor: s.clientParty(said.id), Debug: c.tokenDebug()}
	if e.Name == "invalid_client_secret" {
		refused.Kind = eventlog.BadCredentials
		s.tell(c, refused)
	}
	refused.Kind = oauthKind(c, "token.grant")
	s.tell(c, refused)
}

func (c *call) tokenDebug() object {
	said, _ := c.clientAuth()
	return object{"grantType": c.form.Get("grant_type"), "clientAuthType": said.method}
}
