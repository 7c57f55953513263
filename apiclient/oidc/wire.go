package oidc

import (
	"net/url"

	"msgsso-wizard/apiclient"
)

// wireDocument is a Document as it is decoded, each text cleaned.
type wireDocument struct {
	Issuer                apiclient.Text   `json:"issuer"`
	AuthorizationEndpoint apiclient.Text   `json:"authorization_endpoint"`
	TokenEndpoint         apiclient.Text   `json:"token_endpoint"`
	UserinfoEndpoint      apiclient.Text   `json:"userinfo_endpoint"`
	JWKSURI               apiclient.Text   `json:"jwks_uri"`
	EndSessionEndpoint    apiclient.Text   `json:"end_session_endpoint"`
	RevocationEndpoint    apiclient.Text   `json:"revocation_endpoint"`
	ResponseTypes         []apiclient.Text `json:"response_types_supported"`
	SubjectTypes          []apiclient.Text `json:"subject_types_supported"`
	SigningAlgs           []apiclient.Text `json:"id_token_signing_alg_values_supported"`
	GrantTypes            []apiclient.Text `json:"grant_types_supported"`
	Scopes                []apiclient.Text `json:"scopes_supported"`
	TokenAuthMethods      []apiclient.Text `json:"token_endpoint_auth_methods_supported"`
	CodeChallengeMethods  []apiclient.Text `json:"code_challenge_methods_supported"`
	IssParameter          bool             `json:"authorization_response_iss_parameter_supported"`
}

type wireKey struct {
	ID  apiclient.Text `json:"kid"`
	Typ apiclient.Text `json:"kty"`
	Use apiclient.Text `json:"use"`
	Alg apiclient.Text `json:"alg"`

	Modulus  apiclient.Text `json:"n"`
	Exponent apiclient.Text `json:"e"`
}

func (w wireKey) key() Key {
	return Key{
		ID: string(w.ID), Typ: string(w.Typ), Use: string(w.Use), Alg: string(w.Alg),
		Modulus: string(w.Modulus), Exponent: string(w.Exponent),
	}
}

func (w wireDocument) document(uri *url.URL) Document {
	return Document{
		URI:                   uri.String(),
		Issuer:                string(w.Issuer),
		AuthorizationEndpoint: string(w.AuthorizationEndpoint),
		TokenEndpoint:         string(w.TokenEndpoint),
		UserinfoEndpoint:      string(w.UserinfoEndpoint),
		JWKSURI:               string(w.JWKSURI),
		EndSessionEndpoint:    string(w.EndSessionEndpoint),
		RevocationEndpoint:    string(w.RevocationEndpoint),
		ResponseTypes:         texts(w.ResponseTypes),
		SubjectTypes:          texts(w.SubjectTypes),
		SigningAlgs:           texts(w.SigningAlgs),
		GrantTypes:            texts(w.GrantTypes),
		Scopes:                texts(w.Scopes),
		TokenAuthMethods:      texts(w.TokenAuthMethods),
		CodeChallengeMethods:  texts(w.CodeChallengeMethods),
		IssParameter:          w.IssParameter,
	}
}

// texts keeps nil apart from empty: an absent list has a default.
func texts(in []apiclient.Text) []string {
	if in == nil {
		return nil
	}
	out := make([]string, len(in))
	for i, t := range in {
		out[i] = string(t)
	}
	return out
}
