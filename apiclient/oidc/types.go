package oidc

import (
	"crypto/rsa"
	"encoding/json"
	"errors"

	"github.com/go-jose/go-jose/v4"

	"msgsso-wizard/apiclient"
)

// Document is a discovery document (OpenID Connect Discovery 1.0 section 3). An absent list stays apart from an empty
// one: it has a default.
type Document struct {
	URI                   string          // where it was fetched
	Hosts                 apiclient.Hosts // that browsers do not know, of a demo; nil: none
	Issuer                string          `api:"issuer"`
	AuthorizationEndpoint string          `api:"authorization_endpoint"`
	SendsIssuer           bool            `api:"authorization_response_iss_parameter_supported"` // each answer to a sign-in names the issuer (RFC 9207)
	TokenEndpoint         string          `api:"token_endpoint"`
	UserinfoEndpoint      string          `api:"userinfo_endpoint"`
	JWKSURI               string          `api:"jwks_uri"`
	EndSessionEndpoint    string          `api:"end_session_endpoint"`
	RevocationEndpoint    string          `api:"revocation_endpoint"` // RFC 8414 section 2
	ResponseTypes         []string        `api:"response_types_supported"`
	SubjectTypes          []string        `api:"subject_types_supported"`
	SigningAlgs           []string        `api:"id_token_signing_alg_values_supported"`
	GrantTypes            []string        `api:"grant_types_supported"`
	Scopes                []string        `api:"scopes_supported"`
	TokenAuthMethods      []string        `api:"token_endpoint_auth_methods_supported"`
	CodeChallengeMethods  []string        `api:"code_challenge_methods_supported"`
}

// Key is a public signing key of the provider (RFC 7517).
type Key struct {
	ID  string `api:"kid"`
	Typ string `api:"kty"`
	Use string `api:"use"`
	Alg string `api:"alg"`

	RSA *rsa.PublicKey // nil: of another kind, or not to be read
}

// FillFrom also reads the key itself.
func (k *Key) FillFrom(whole apiclient.Object) error {
	var jwk jose.JSONWebKey
	data, err := json.Marshal(whole)
	if err == nil && jwk.UnmarshalJSON(data) == nil {
		k.RSA, _ = jwk.Key.(*rsa.PublicKey)
	}
	return errors.Join(err, apiclient.FillFields(k, whole))
}

// Finding is one thing that was checked in a discovery document.
type Finding struct {
	Check string // short, as a row shows it: "issuer matches", "S256"
	OK    bool
	Stop  bool   // without it sign-in cannot work: the document is not saved
	Why   string // a sentence; empty when OK
}
