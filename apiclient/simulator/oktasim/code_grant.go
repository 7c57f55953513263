package oktasim

import (
	"crypto/subtle"
	"net/url"
	"slices"
)

const codeGrant = "authorization_code"

// refuseCode answers who wants to redeem an authorization code. The client is looked at first (contract
// okta.md 11). No code is good here: what an app does with its visitor's tokens is not played.
func (s *Server) refuseCode(c *call) (any, error) {
	a, err := s.secretClient(c)
	if err != nil {
		return nil, err
	}
	if err := a.mayUse(codeGrant); err != nil {
		return nil, err
	}
	return nil, refuse("invalid_authorization_code")
}

// secretClient is the app that a token request proves to come from by a secret, in the header or in the form.
// Which of the two an app may use is not played.
func (s *Server) secretClient(c *call) (*app, error) {
	id, value, basic := c.r.BasicAuth()
	if basic {
		id, value = unescaped(id), unescaped(value) // RFC 6749 2.3.1
	} else {
		id, value = c.form.Get("client_id"), c.form.Get("client_secret")
	}
	a := s.client(id)
	if a == nil || a.status != active {
		return nil, refuse("invalid_client_id")
	}
	fits := func(x *secret) bool {
		return x.status == active && subtle.ConstantTimeCompare([]byte(x.value), []byte(value)) == 1
	}
	if !slices.ContainsFunc(a.secrets, fits) {
		return nil, refuse("invalid_client_secret")
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
