package oidc

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

// Key is a public signing key of the provider (RFC 7517).
type Key struct {
	ID  string `json:"kid"`
	Typ string `json:"kty"`
	Use string `json:"use"`
	Alg string `json:"alg"`

	Modulus  string `json:"n"` // of an RSA key, as are both: big-endian bytes in base64url (RFC 7518 6.3.1)
	Exponent string `json:"e"`
}

// Finding is one thing that was checked in a discovery document.
type Finding struct {
	Check string // short, as a row shows it: "issuer matches", "S256"
	OK    bool
	Stop  bool   // without it sign-in cannot work: the document is not saved
	Why   string // a sentence; empty when OK
}
