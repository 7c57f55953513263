package oktasim

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/oktasim/signing"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// redeemCode gives tokens for an authorization code. The client is checked first (contract okta.md 11). A code
// is used up as soon as its own client sends it, whatever is wrong with the rest.
func (s *Server) redeemCode(c *call) (any, error) {
	a, err := s.provenClient(c)
	if err == nil {
		err = a.mayUse(codeGrant)
	}
	key := ""
	if err == nil {
		key, err = s.keyToBind(c, a)
	}
	if err != nil {
		return nil, err
	}
	value := c.form.Get("code")
	code := s.codes.Get(s.now(), value)
	switch {
	case code == nil || code.server != c.as:
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
	return s.tokens(c, code.ticket, key)
}

// proveKey holds a verifier against the challenge that the code was asked for with (RFC 7636 4.6).
func proveKey(challenge, verifier string, a *app) error {
	switch {
	case challenge == "" && verifier != "":
		return refusal.OAuth("pkce_missing_challenge_verifier_present")
	case challenge == "" && a.flag(oauthCredentials+".pkce_required"):
		return refusal.OAuth("pkce_missing_challenge") // it became required after the code was given
	case challenge == "":
		return nil
	case verifier == "":
		return refusal.OAuth("pkce_missing_verifier")
	case simkit.S256(verifier) != challenge:
		return refusal.OAuth("pkce_verification_failed")
	}
	return nil
}

// revoke ends a token of the client that asks (RFC 7009). A refresh token takes its access tokens along. An unknown
// token gets the same answer, so that the caller learns nothing. That a refresh token is redeemed is not played here:
// nothing that calls the org does it.
func (s *Server) revoke(c *call) (any, error) {
	a, err := s.provenClient(c)
	if err != nil {
		return nil, err
	}
	value := c.form.Get("token")
	if value == "" {
		return nil, refusal.OAuth("missing_token")
	}
	own, kind := func(t ticket) bool { return t.app == a && t.server == c.as }, ""
	for key, x := range s.issued {
		if own(x.Value.ticket) && (key == value || x.Value.refresh == value) {
			delete(s.issued, key)
			kind = "access_token"
		}
	}
	if own(s.renewals[value].Value) {
		delete(s.renewals, value)
		kind = "refresh_token"
	}
	s.logRevoked(c, a, kind)
	return nothing{}, nil
}

// userinfo says who the bearer of a visitor's token is (OpenID Connect Core 1.0, 5.3). What ID tokens leave out is here
// (contract okta.md 4).
func (s *Server) userinfo(c *call) (any, error) {
	scheme, given, _ := strings.Cut(c.r.Header.Get("Authorization"), " ")
	t := s.issued.Get(s.now(), given)
	if t == nil || t.server != c.as || t.user == nil || !strings.EqualFold(scheme, bearerType) || !slices.Contains(t.scopes, "openid") {
		c.challenge(false, "invalid_token", "The access token is invalid.")
		return nil, refusal.Bare(http.StatusUnauthorized)
	}
	said := object{"sub": t.user.id}
	for _, claim := range systemClaims {
		switch {
		case !slices.Contains(t.scopes, claim.scope):
		case claim.name == "email_verified":
			said[claim.name] = true
		case claim.value != nil:
			said[claim.name] = claim.value(t.user)
		}
	}
	return said, nil
}

const idTokenLife = time.Hour // contract okta.md 4

// tokens gives the tokens of a ticket, bound to a key if there is one, or refuses: an app, an assignment or a policy may be
// gone by now.
func (s *Server) tokens(c *call, t ticket, key string) (any, error) {
	r, err := s.decide(t)
	if err != nil {
		return nil, err
	}
	access := &accessToken{ticket: t, boundTo: key, id: "AT." + s.noise.Text(43)}
	made := []string{"access_token"}
	if slices.Contains(t.scopes, "offline_access") && t.app.mayUse(refreshGrant) == nil {
		access.refresh = s.noise.Text(43)
		s.renewals.Put(s.now(), access.refresh, t, minutes(r, "refreshTokenWindowMinutes"))
		made = append(made, "refresh_token")
	}
	value := ""
	life := minutes(r, "accessTokenLifetimeMinutes")
	if t.server != nil {
		if value, err = s.asKey.Sign(s.accessClaims(access, life)); err != nil {
			return nil, err
		}
	}
	answer := s.issue(access, value, life)
	if access.refresh != "" {
		answer["refresh_token"] = access.refresh
	}
	if slices.Contains(t.scopes, "openid") {
		if answer["id_token"], err = s.idToken(t, answer["access_token"].(string)); err != nil {
			return nil, err
		}
		made = append(made, "id_token")
	}
	s.logTokens(c, t, made)
	return answer, nil
}

// accessClaims are those of an access token of a custom server; only there it can be read (contract okta.md 4).
func (s *Server) accessClaims(x *accessToken, life time.Duration) object {
	now := s.now()
	return object{
		"ver": 1, "jti": x.id, "iss": x.issuer, "aud": "api://" + x.server.name, "sub": x.user.login(),
		"iat": now.Unix(), "exp": now.Add(life).Unix(), "auth_time": x.signedIn.Unix(),
		"cid": x.app.clientID, "uid": x.user.id, "scp": x.scopes,
	}
}

// idToken has the claims that both kinds of server put there in the code flow, and those of the user (contract okta.md 4).
func (s *Server) idToken(t ticket, access string) (string, error) {
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
	signed, err := s.keyOf(t.server).Sign(jsontree.Merge(t.userClaims(), claims))
	if err == nil && t.app.setting("id_token_encrypted_response_alg") != "" {
		return signing.Encrypt(signed)
	}
	return signed, err
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
	return s.issued.Count(s.now(), func(t *accessToken) bool { return t.id != "" }) +
		s.renewals.Count(s.now(), func(ticket) bool { return true })
}
