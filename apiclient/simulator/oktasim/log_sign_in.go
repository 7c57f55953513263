package oktasim

import (
	"net/url"
	"strings"
)

const signOnPolicy = "policy.evaluate_sign_on"

// tellDenied writes down why a visitor gets no code.
func (s *Server) tellDenied(c *call, wish signIn, query url.Values, e *oauthError) {
	actor := s.clientParty(query.Get("client_id"))
	if wish.user != nil {
		actor = wish.user.party()
	}
	var targets []party
	if wish.app != nil {
		targets = []party{wish.app.party()}
	}
	if e.name == "user_not_assigned" {
		s.tell(c, event{kind: "app.generic.unauth_app_access_attempt", result: failure, actor: actor, targets: targets})
	}
	kind := "authorize"
	if e.name == "scope_denied" {
		kind = "authorize.scope_denied"
	}
	debug := asked(query)
	if e.name == "illegal_redirect_uri" {
		debug["redirectUri"] = query.Get("redirect_uri")
	}
	s.tell(c, event{kind: oauthKind(c, kind), result: failure, reason: e.name, actor: actor, targets: targets, debug: debug})
}

func asked(query url.Values) object {
	return object{"responseType": query.Get("response_type"), "requestedScopes": query.Get("scope")}
}

// tellChallenge writes down that a person must show, or first set up, one factor more.
func (s *Server) tellChallenge(c *call, a *app, u *user) {
	s.tell(c, event{
		kind: signOnPolicy, result: challenge, reason: "Sign-on policy evaluation resulted in CHALLENGE",
		actor: u.party(), targets: []party{a.party()},
	})
}

// tellSession writes down that a person has signed in at Okta.
func (s *Server) tellSession(c *call, a *app, x *session) {
	s.tell(c, event{
		kind: signOnPolicy, result: allow, reason: "Sign-on policy evaluation resulted in ALLOW",
		actor: x.user.party(), targets: []party{a.party()}, session: x.id,
	})
}

// tellCode writes down that an app has got a code for a person.
func (s *Server) tellCode(c *call, wish signIn, x *session) {
	debug := merge(asked(c.r.URL.Query()), object{"grantedScopes": strings.Join(wish.scopes, " ")})
	for _, kind := range []string{oauthKind(c, "authorize"), oauthKind(c, "authorize.code"), "user.authentication.sso"} {
		s.tell(c, event{
			kind: kind, result: success, actor: wish.user.party(), targets: []party{wish.app.party()}, session: x.id, debug: debug,
		})
	}
}
