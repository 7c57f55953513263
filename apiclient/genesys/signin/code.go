package signin

import (
	"net/url"

	"msgsso-wizard/apiclient"
)

const (
	verifierBytes = 48 // 64 characters; RFC 7636 4.1 takes 43 to 128
	stateBytes    = 32
)

// Code is an authorization code with what is needed to exchange it, once.
type Code struct {
	clientID, redirectURI string
	code, verifier        apiclient.Secret
}

// Form returns what the token request carries (contract genesys.md 6); it lives as long as its request.
func (c Code) Form() url.Values {
	return url.Values{
		"grant_type":    {"authorization_code"},
		"code":          {c.code.Reveal()},
		"code_verifier": {c.verifier.Reveal()},
		"client_id":     {c.clientID},
		"redirect_uri":  {c.redirectURI},
	}
}

// Secrets returns what of the form must not show in an error.
func (c Code) Secrets() []apiclient.Secret { return []apiclient.Secret{c.code, c.verifier} }
