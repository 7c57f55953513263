package oktasim

import (
	"crypto/subtle"
	"net/url"
	"slices"

	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/oktasim/signing"
)

// clientAuth is how a request says which client it comes from (RFC 6749 2.3, RFC 7523).
type clientAuth struct {
	id, secret, method string
	assertion          signing.Assertion
}

// The ways in which a client says who it is, by their names in an app integration.
const (
	basicAuth = "client_secret_basic"
	postAuth  = "client_secret_post"
	keyAuth   = "private_key_jwt"
	noAuth    = "none"
)

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

// clientAuth reads who the request says it is. Two ways at once are refused (definition, example
// MultipleClientCreds).
func (c *call) clientAuth() (clientAuth, error) {
	id, value, basic := c.r.BasicAuth()
	inForm, signed := c.form.Has("client_secret"), c.form.Get("client_assertion_type") == assertionType
	switch {
	case basic && (inForm || signed), inForm && signed:
		return clientAuth{}, refusal.OAuth("several_credentials")
	case signed:
		a, err := signing.ReadAssertion(c.form.Get("client_assertion"))
		return clientAuth{id: a.Subject, method: keyAuth, assertion: a}, err
	case basic:
		return clientAuth{id: unescaped(id), secret: unescaped(value), method: basicAuth}, nil // RFC 6749 2.3.1
	case inForm:
		return clientAuth{id: c.form.Get("client_id"), secret: c.form.Get("client_secret"), method: postAuth}, nil
	case c.form.Get("client_id") == "":
		return clientAuth{}, refusal.OAuth("no_credentials")
	}
	return clientAuth{id: c.form.Get("client_id"), method: noAuth}, nil
}

// provenClient is the app that a request proves to come from, in the one way that the app is set to. Services have no
// other way than their key (contract okta.md 3.2).
func (s *Server) provenClient(c *call) (*app, error) {
	said, err := c.clientAuth()
	if err != nil {
		return nil, err
	}
	a := s.client(said.id)
	switch {
	case c.form.Get("grant_type") == serviceGrant && said.method != keyAuth:
		return nil, refusal.OAuth("unsupported_auth_method_client_creds")
	case a == nil || !a.active() || said.method == keyAuth && a.signer == nil:
		return nil, refusal.OAuth("invalid_client_id")
	}
	fits := func(x *entry) bool {
		return x.active() && subtle.ConstantTimeCompare([]byte(x.text("client_secret")), []byte(said.secret)) == 1
	}
	switch wanted := a.text(oauthCredentials + ".token_endpoint_auth_method"); {
	case said.method == noAuth && wanted != noAuth:
		return nil, refusal.OAuth("invalid_client_secret")
	case said.method != wanted:
		return nil, refusal.OAuth("wrong_auth_method", wanted)
	case a.setting("network.connection") == "ZONE" && !a.has("network.include", "ALL_IP_ZONES"):
		return nil, refusal.OAuth("disallowed_network_zone") // no address is in a zone here
	case wanted == keyAuth:
		// The assertion is used up, also when what comes after it is refused (contract okta.md 3.2).
		err := said.assertion.Check(a.signer, c.address(), s.now())
		if err == nil && !s.once("assertion "+said.id+" "+said.assertion.ID, signing.AssertionLife) {
			err = refusal.OAuth("client_assertion_already_used")
		}
		return a, err
	case wanted != noAuth && !slices.ContainsFunc(a.secrets, fits):
		return nil, refusal.OAuth("invalid_client_secret")
	}
	return a, nil
}

func unescaped(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}
