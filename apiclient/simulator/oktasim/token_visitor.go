package oktasim

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"maps"
	"net/url"
	"slices"
	"time"

	"msgsso-wizard/apiclient/simulator/oktasim/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/oktasim/signing"
)

const (
	codeGrant    = "authorization_code"
	refreshGrant = "refresh_token"
)

// redeemCode gives tokens for an authorization code. The client is looked at first (contract okta.md 11). A code
// is used up as soon as its own client sends it, whatever is wrong with the rest.
func (s *Server) redeemCode(c *call) (any, error) {
	a, err := s.visitorClient(c)
	if err != nil {
		return nil, err
	}
	if err := a.mayUse(codeGrant); err != nil {
		return nil, err
	}
	value := c.form.Get("code")
	code := s.codes[value]
	switch {
	case code == nil || !s.now().Before(code.expires) || code.server != c.as:
		return nil, refusal.OAuth("invalid_authorization_code")
	case code.app != a:
		return nil, refusal.OAuth("another_client")
	}
	delete(s.codes, value)
	if c.form.Get("redirect_uri") != code.redirect {
		return nil, refusal.OAuth("mismatched_redirect_uri")
	}
	if err := proveKey(code.challenge, c.form.Get("code_verifier"), a); err != nil {
		return nil, err
	}
	return s.tokens(c, &code.ticket)
}

// proveKey holds a verifier against the challenge that the code was asked for with (RFC 7636 4.6).
func proveKey(challenge, verifier string, a *app) error {
	sum := sha256.Sum256([]byte(verifier))
	made := base64.RawURLEncoding.EncodeToString(sum[:])
	switch {
	case challenge == "" && verifier != "":
		return refusal.OAuth("pkce_missing_challenge_verifier_present")
	case challenge == "" && a.flag(oauthCredentials+".pkce_required"):
		return refusal.OAuth("pkce_missing_challenge") // it became required after the code was given
	case challenge == "":
		return nil
	case verifier == "":
		return refusal.OAuth("pkce_missing_verifier")
	case subtle.ConstantTimeCompare([]byte(made), []byte(challenge)) == 0:
		return refusal.OAuth("pkce_verification_failed")
	}
	return nil
}

// refreshToken stands for a ticket, too. That it is redeemed is not played here: nothing that calls the org does it.
type refreshToken struct {
	ticket  *ticket
	expires time.Time
}

// revoke ends a token of the client that asks (RFC 7009). A refresh token takes its access tokens along. An unknown
// token gets the same answer, so that the caller learns nothing.
func (s *Server) revoke(c *call) (any, error) {
	a, err := s.visitorClient(c)
	if err != nil {
		return nil, err
	}
	value := c.form.Get("token")
	if value == "" {
		return nil, refusal.OAuth("missing_token")
	}
	if x := s.issued[value]; x != nil && x.app == a && x.ticket != nil && x.ticket.server == c.as {
		delete(s.issued, value)
	}
	if x := s.renewals[value]; x != nil && x.ticket.app == a && x.ticket.server == c.as {
		delete(s.renewals, value)
		maps.DeleteFunc(s.issued, func(_ string, t *accessToken) bool { return t.refresh == value })
	}
	return nothing{}, nil
}

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

// tokens gives the tokens of a ticket, or refuses: an app, an assignment or a policy may be gone by now.
func (s *Server) tokens(c *call, t *ticket) (any, error) {
	r, err := s.decide(t.server, signIn{app: t.app, scopes: t.scopes, user: t.user})
	if err != nil {
		return nil, err
	}
	access := &accessToken{app: t.app, user: t.user, scopes: t.scopes, ticket: t, id: "AT." + s.noise.Text(43)}
	made := []string{"access_token"}
	if slices.Contains(t.scopes, "offline_access") && t.app.mayUse(refreshGrant) == nil {
		access.refresh = s.noise.Text(43)
		maps.DeleteFunc(s.renewals, func(_ string, x *refreshToken) bool { return !s.now().Before(x.expires) })
		s.renewals[access.refresh] = &refreshToken{t, s.now().Add(minutes(r, "refreshTokenWindowMinutes"))}
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

// clientAuth is how a request says which client it comes from (RFC 6749 2.3).
type clientAuth struct{ id, secret, method string }

// The methods of clients that take part in a visitor's sign-in, by their names in an app integration.
const (
	basicAuth = "client_secret_basic"
	postAuth  = "client_secret_post"
	noAuth    = "none"
)

// clientAuth reads who the request says it is. Two ways at once are refused (definition, example
// MultipleClientCreds).
func (c *call) clientAuth() (clientAuth, error) {
	id, value, basic := c.r.BasicAuth()
	inForm := c.form.Has("client_secret")
	switch {
	case basic && (inForm || c.form.Has("client_assertion")), inForm && c.form.Has("client_assertion"):
		return clientAuth{}, refusal.OAuth("several_credentials")
	case basic:
		return clientAuth{unescaped(id), unescaped(value), basicAuth}, nil // RFC 6749 2.3.1
	case inForm:
		return clientAuth{c.form.Get("client_id"), c.form.Get("client_secret"), postAuth}, nil
	case c.form.Get("client_id") == "":
		return clientAuth{}, refusal.OAuth("no_credentials")
	}
	return clientAuth{c.form.Get("client_id"), "", noAuth}, nil
}

// visitorClient is the app that a request proves to come from, in the one way that the app is set to.
func (s *Server) visitorClient(c *call) (*app, error) {
	said, err := c.clientAuth()
	if err != nil {
		return nil, err
	}
	a := s.client(said.id)
	if a == nil || !a.active() {
		return nil, refusal.OAuth("invalid_client_id")
	}
	switch wanted := a.text(oauthCredentials + ".token_endpoint_auth_method"); {
	case said.method == wanted && said.method == noAuth:
		return a, nil
	case said.method == noAuth:
		return nil, refusal.OAuth("invalid_client_secret")
	case said.method != wanted:
		return nil, refusal.OAuth("wrong_auth_method", wanted)
	}
	if a.text(oauthSettings+".network.connection") == "ZONE" && !slices.Contains(a.texts(oauthSettings+".network.include"), "ALL_IP_ZONES") {
		return nil, refusal.OAuth("disallowed_network_zone") // no address is in a zone here
	}
	fits := func(x *entry) bool {
		return x.active() && subtle.ConstantTimeCompare([]byte(x.text("client_secret")), []byte(said.secret)) == 1
	}
	if !slices.ContainsFunc(a.secrets, fits) {
		return nil, refusal.OAuth("invalid_client_secret")
	}
	return a, nil
}

func unescaped(text string) string {
	plain, err := url.QueryUnescape(text)
	if err != nil {
		return text
	}
	return plain
}
