package oktasim

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"time"

	"msgsso-wizard/apiclient/simulator/oktasim/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/signing"
)

// ticket is what a visitor let an app have: a code stands for it, and then the tokens do.
type ticket struct {
	app      *app
	server   *authServer // nil: the org's own
	user     *user
	scopes   []string
	nonce    string
	signedIn time.Time
	issuer   string
}

const idTokenLife = time.Hour // contract okta.md 4

// tokens gives the tokens of a ticket, or refuses: an app, an assignment or a policy may be gone by now. old is the
// refresh token that they were asked for with, nil when it was a code.
func (s *Server) tokens(c *call, t *ticket, old *refreshToken) (any, error) {
	r, err := s.decide(t.server, signIn{app: t.app, scopes: t.scopes, user: t.user})
	if err != nil {
		return nil, err
	}
	access := &accessToken{app: t.app, user: t.user, scopes: t.scopes, ticket: t, id: "AT." + s.noise.Text(43)}
	made := []string{"access_token"}
	if slices.Contains(t.scopes, "offline_access") && t.app.mayUse(refreshGrant) == nil {
		access.refresh = s.renew(t, old, c.form.Get("refresh_token"), minutes(r, "refreshTokenLifetimeMinutes"), minutes(r, "refreshTokenWindowMinutes"))
		made = append(made, "refresh_token")
	}
	value := ""
	life := minutes(r, "accessTokenLifetimeMinutes")
	if t.server != nil {
		if value, err = s.asKey.Sign(s.accessClaims(t, access, life)); err != nil {
			return nil, err
		}
	}
	answer := s.issueFor(access, value, life)
	if access.refresh != "" {
		answer["refresh_token"] = access.refresh
	}
	if slices.Contains(t.scopes, "openid") {
		if answer["id_token"], err = s.idToken(t, answer["access_token"].(string)); err != nil {
			return nil, err
		}
		made = append(made, "id_token")
	}
	s.tellTokens(c, t, made)
	return answer, nil
}

// accessClaims are those of an access token of a custom server; only there it can be read (contract okta.md 4).
func (s *Server) accessClaims(t *ticket, x *accessToken, life time.Duration) object {
	now := s.now()
	return object{
		"ver": 1, "jti": x.id, "iss": t.issuer, "aud": "api://" + t.server.name, "sub": t.user.login(),
		"iat": now.Unix(), "exp": now.Add(life).Unix(), "auth_time": t.signedIn.Unix(),
		"cid": t.app.clientID, "uid": t.user.id, "scp": t.scopes,
	}
}

// idToken has the claims that both kinds of server put there in the code flow (contract okta.md 4).
func (s *Server) idToken(t *ticket, access string) (string, error) {
	now := s.now()
	sum := sha256.Sum256([]byte(access))
	claims := object{
		"ver": 1, "jti": "ID." + s.noise.Text(43), "iss": t.issuer, "aud": t.app.clientID, "sub": t.user.id,
		"iat": now.Unix(), "exp": now.Add(idTokenLife).Unix(), "auth_time": t.signedIn.Unix(),
		"amr": []string{"pwd"}, "idp": s.org.id, "at_hash": base64.RawURLEncoding.EncodeToString(sum[:len(sum)/2]),
	}
	if t.nonce != "" {
		claims["nonce"] = t.nonce
		if s.opts.WrongNonce {
			claims["nonce"] = s.noise.Text(24)
		}
	}
	if slices.Contains(t.scopes, "email") {
		claims["email"] = t.user.login()
	}
	if slices.Contains(t.scopes, "profile") {
		claims["name"], claims["preferred_username"] = t.user.name(), t.user.login()
	}
	return s.keyOf(t.server).Sign(claims)
}

// minutes are a lifetime of the rule that let a visitor in, or of a new rule where there is none.
func minutes(rule *entry, member string) time.Duration {
	tree := ruleDefaults()
	if rule != nil {
		tree = rule.tree
	}
	return time.Duration(jsontree.Whole(tree, "actions.token."+member)) * time.Minute
}

func (s *Server) keyOf(as *authServer) *signing.Key {
	if as == nil {
		return s.orgKey
	}
	return s.asKey
}

// VisitorTokens counts the access and refresh tokens of visitors that are still good.
func (s *Server) VisitorTokens() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	now, n := s.now(), 0
	for _, x := range s.issued {
		if x.ticket != nil && now.Before(x.expires) {
			n++
		}
	}
	for _, x := range s.renewals {
		if now.Before(x.expires) {
			n++
		}
	}
	return n
}
