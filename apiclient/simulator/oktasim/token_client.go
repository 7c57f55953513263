package oktasim

import (
	"crypto/subtle"
	"net/url"
	"slices"

	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
)

// clientAuth is how a request says which client it comes from (RFC 6749 2.3).
type clientAuth struct{ id, secret, method string }

// The ways in which a client says who it is, by their names in an app integration.
const (
	basicAuth = "client_secret_basic"
	postAuth  = "client_secret_post"
	keyAuth   = "private_key_jwt"
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
	if a.setting("network.connection") == "ZONE" && !a.has("network.include", "ALL_IP_ZONES") {
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
