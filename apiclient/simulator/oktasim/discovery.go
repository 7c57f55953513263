package oktasim

import (
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/simkit"
)

var (
	authMethods  = []string{basicAuth, postAuth, "client_secret_jwt", "private_key_jwt", noAuth}
	signingForms = []string{"HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512"}
	idClaims     = []string{
		"iss", "ver", "sub", "aud", "iat", "exp", "jti", "auth_time", "amr", "idp", "nonce", "name", "nickname", "preferred_username",
		"given_name", "middle_name", "family_name", "email", "email_verified", "profile", "zoneinfo", "locale", "address",
		"phone_number", "picture", "website", "gender", "birthdate", "updated_at", "at_hash", "c_hash",
	}
	orgScopes    = []string{"openid", "email", "profile", "address", "phone", "offline_access", "groups"}
	customScopes = []string{
		"okta.myAccount.email.manage", "okta.myAccount.email.read", "okta.myAccount.manage", "okta.myAccount.phone.manage",
		"okta.myAccount.phone.read", "okta.myAccount.profile.manage", "okta.myAccount.profile.read", "okta.myAccount.read",
		"openid", "profile", "email", "address", "phone", "offline_access", "device_sso",
	}
)

// oauthMetadata is the document that an admin can mistake for the OpenID one. The org server's has no jwks_uri, which is
// how a recorded one looks.
func (s *Server) oauthMetadata(c *call) (any, error) {
	doc, err := s.metadata(c)
	if err != nil {
		return nil, err
	}
	for _, openID := range []string{"userinfo_endpoint", "id_token_signing_alg_values_supported", "id_token_encryption_alg_values_supported", "id_token_encryption_enc_values_supported"} {
		delete(doc, openID)
	}
	if c.as == nil {
		delete(doc, "jwks_uri")
	}
	doc["response_types_supported"] = []string{"code", "token", "id_token", "code id_token", "code token", "id_token token", "code id_token token"}
	doc["grant_types_supported"] = []string{codeGrant, "implicit", refreshGrant, "password", serviceGrant, deviceGrant}
	doc["claims_supported"] = []string{"ver", "jti", "iss", "aud", "iat", "exp", "cid", "uid", "scp", "sub"}
	return doc, nil
}

// discovery is the OpenID document of an authorization server.
func (s *Server) discovery(c *call) (any, error) { return s.metadata(c) }

// metadata is that document. Custom servers keep everything under their own path but the registration of clients
// (contract okta.md 4).
func (s *Server) metadata(c *call) (object, error) {
	id := c.r.URL.Query().Get("client_id")
	a := s.client(id)
	if id != "" && a == nil {
		return nil, refusal.Of(refusal.InvalidClient)
	}
	issuer := s.issuer(c, a)
	base, at, scopes := issuer, issuer+"/oauth2/v1", orgScopes
	if c.as != nil {
		base, at, scopes = simkit.Base(c.r), issuer+"/v1", customScopes
	}
	doc := object{
		"issuer":                                        issuer,
		"authorization_endpoint":                        at + "/authorize",
		"token_endpoint":                                at + "/token",
		"userinfo_endpoint":                             at + "/userinfo",
		"registration_endpoint":                         base + "/oauth2/v1/clients",
		"jwks_uri":                                      at + "/keys",
		"response_types_supported":                      []string{"code", "id_token", "code id_token", "code token", "id_token token", "code id_token token"},
		"response_modes_supported":                      []string{"query", "fragment", "form_post", "okta_post_message"},
		"grant_types_supported":                         []string{codeGrant, "implicit", refreshGrant, "password", deviceGrant},
		"subject_types_supported":                       []string{"public"},
		"id_token_signing_alg_values_supported":         []string{"RS256"},
		"scopes_supported":                              scopes,
		"token_endpoint_auth_methods_supported":         authMethods,
		"claims_supported":                              idClaims,
		"code_challenge_methods_supported":              []string{"S256"},
		"introspection_endpoint":                        at + "/introspect",
		"introspection_endpoint_auth_methods_supported": authMethods,
		"revocation_endpoint":                           at + "/revoke",
		"revocation_endpoint_auth_methods_supported":    authMethods,
		"end_session_endpoint":                          at + "/logout",
		"request_parameter_supported":                   true,
		"request_object_signing_alg_values_supported":   signingForms,
		"device_authorization_endpoint":                 at + "/device/authorize",
		"pushed_authorization_request_endpoint":         at + "/par",
	}
	if c.as != nil {
		doc["id_token_encryption_alg_values_supported"] = []string{"RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512"}
		doc["id_token_encryption_enc_values_supported"] = []string{"A256GCM"}
	}
	return doc, nil
}

func (s *Server) publishKeys(c *call) (any, error) {
	if s.opts.KeysDown {
		return nil, refusal.Of(refusal.InternalError)
	}
	return s.keyOf(c.as).Set()
}
