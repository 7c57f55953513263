package oidc

import (
	"crypto/rsa"
	"encoding/json"

	"github.com/go-jose/go-jose/v4"

	"msgsso-wizard/apiclient"
)

// Document is a discovery document (OpenID Connect Discovery 1.0 section 3).
type Document struct {
	URI                   string   `json:"-"` // where it was fetched
	Issuer                string   `json:"issuer"`
	AuthorizationEndpoint string   `json:"authorization_endpoint"`
	TokenEndpoint         string   `json:"token_endpoint"`
	UserinfoEndpoint      string   `json:"userinfo_endpoint"`
	JWKSURI               string   `json:"jwks_uri"`
	EndSessionEndpoint    string   `json:"end_session_endpoint"`
	RevocationEndpoint    string   `json:"revocation_endpoint"` // RFC 8414 section 2
	ResponseTypes         []string `json:"response_types_supported"`
	SubjectTypes          []string `json:"subject_types_supported"`
	SigningAlgs           []string `json:"id_token_signing_alg_values_supported"`
	GrantTypes            []string `json:"grant_types_supported"`
	Scopes                []string `json:"scopes_supported"`
	TokenAuthMethods      []string `json:"token_endpoint_auth_methods_supported"`
	CodeChallengeMethods  []string `json:"code_challenge_methods_supported"`
	IssParameter          bool     `json:"authorization_response_iss_parameter_supported"`
}

// UnmarshalJSON cleans each text. An absent list stays apart from an empty one: it has a default.
func (d *Document) UnmarshalJSON(data []byte) error {
	type asSent Document
	if err := json.Unmarshal(data, (*asSent)(d)); err != nil {
		return err
	}
	for _, text := range []*string{
		&d.Issuer, &d.AuthorizationEndpoint, &d.TokenEndpoint, &d.UserinfoEndpoint, &d.JWKSURI, &d.EndSessionEndpoint, &d.RevocationEndpoint,
	} {
		*text = apiclient.Clean(*text)
	}
	for _, list := range [][]string{
		d.ResponseTypes, d.SubjectTypes, d.SigningAlgs, d.GrantTypes, d.Scopes, d.TokenAuthMethods, d.CodeChallengeMethods,
	} {
		for i := range list {
			list[i] = apiclient.Clean(list[i])
		}
	}
	return nil
}

// Key is a public signing key of the provider (RFC 7517).
type Key struct {
	ID, Typ, Use, Alg string

	RSA *rsa.PublicKey // nil: of another kind, or not to be read
}

// UnmarshalJSON cleans the texts of a key.
func (k *Key) UnmarshalJSON(data []byte) error {
	var w struct {
		ID  apiclient.Text `json:"kid"`
		Typ apiclient.Text `json:"kty"`
		Use apiclient.Text `json:"use"`
		Alg apiclient.Text `json:"alg"`
	}
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	*k = Key{ID: string(w.ID), Typ: string(w.Typ), Use: string(w.Use), Alg: string(w.Alg)}
	var jwk jose.JSONWebKey
	if jwk.UnmarshalJSON(data) == nil {
		k.RSA, _ = jwk.Key.(*rsa.PublicKey)
	}
	return nil
}

// Finding is one thing that was checked in a discovery document.
type Finding struct {
	Check string // short, as a row shows it: "issuer matches", "S256"
	OK    bool
	Stop  bool   // without it sign-in cannot work: the document is not saved
	Why   string // a sentence; empty when OK
}
