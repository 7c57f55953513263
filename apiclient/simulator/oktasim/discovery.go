package oktasim

import (
	"slices"

	"msgsso-wizard/apiclient/simulator/simkit"
)

var (
	authMethods  = []string{"client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "none"}
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

// metadata is what the OpenID and the OAuth document of an authorization server have in common. Custom
// servers keep everything under their own path but the registration of clients (contract okta.md 4).
func metadata(base, issuer, endpoints string, scopes []string) object {
	return object{
		"issuer":                                        issuer,
		"authorization_endpoint":                        endpoints + "/authorize",
		"token_endpoint":                                endpoints + "/token",
		"registration_endpoint":                         base + "/oauth2/v1/clients",
		"response_modes_supported":                      []string{"query", "fragment", "form_post", "okta_post_message"},
		"subject_types_supported":                       []string{"public"},
		"scopes_supported":                              scopes,
		"token_endpoint_auth_methods_supported":         authMethods,
		"code_challenge_methods_supported":              []string{"S256"},
		"introspection_endpoint":                        endpoints + "/introspect",
		"introspection_endpoint_auth_methods_supported": authMethods,
		"revocation_endpoint":                           endpoints + "/revoke",
		"revocation_endpoint_auth_methods_supported":    authMethods,
		"end_session_endpoint":                          endpoints + "/logout",
		"request_parameter_supported":                   true,
		"request_object_signing_alg_values_supported":   signingForms,
		"device_authorization_endpoint":                 endpoints + "/device/authorize",
		"pushed_authorization_request_endpoint":         endpoints + "/par",
	}
}

func openID(endpoints string) object {
	return object{
		"userinfo_endpoint":                     endpoints + "/userinfo",
		"jwks_uri":                              endpoints + "/keys",
		"response_types_supported":              []string{"code", "id_token", "code id_token", "code token", "id_token token", "code id_token token"},
		"grant_types_supported":                 []string{"authorization_code", "implicit", "refresh_token", "password", "urn:ietf:params:oauth:grant-type:device_code"},
		"id_token_signing_alg_values_supported": []string{"RS256"},
		"claims_supported":                      idClaims,
	}
}

func oauth() object {
	return object{
		"response_types_supported": []string{"code", "token", "id_token", "code id_token", "code token", "id_token token", "code id_token token"},
		"grant_types_supported":    []string{"authorization_code", "implicit", "refresh_token", "password", "client_credentials", "urn:ietf:params:oauth:grant-type:device_code"},
		"claims_supported":         []string{"ver", "jti", "iss", "aud", "iat", "exp", "cid", "uid", "scp", "sub"},
	}
}

func (s *Server) orgMetadata(c *call, extra func(endpoints string) object) (any, error) {
	a, err := s.namedClient(c)
	base := s.issuer(c, a)
	return merge(metadata(base, base, base+"/oauth2/v1", orgScopes), extra(base+"/oauth2/v1")), err
}

func (s *Server) orgOpenID(c *call) (any, error) { return s.orgMetadata(c, openID) }

// orgOAuth has no jwks_uri, which is how a recorded one looks.
func (s *Server) orgOAuth(c *call) (any, error) {
	return s.orgMetadata(c, func(string) object { return oauth() })
}

func (s *Server) customMetadata(c *call, extra func(endpoints string) object) (any, error) {
	if _, err := s.published(c); err != nil {
		return nil, err
	}
	_, err := s.namedClient(c)
	base := simkit.Base(c.r)
	issuer := base + "/oauth2/" + c.id("serverId")
	return merge(metadata(base, issuer, issuer+"/v1", customScopes), extra(issuer+"/v1")), err
}

func (s *Server) customOpenID(c *call) (any, error) {
	return s.customMetadata(c, func(endpoints string) object {
		return merge(openID(endpoints), object{
			"id_token_encryption_alg_values_supported": []string{"RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512"},
			"id_token_encryption_enc_values_supported": []string{"A256GCM"},
		})
	})
}

func (s *Server) customOAuth(c *call) (any, error) {
	return s.customMetadata(c, func(endpoints string) object {
		return merge(oauth(), object{"jwks_uri": endpoints + "/keys"})
	})
}

// published is the authorization server that a public address names; without the licence there is none.
func (s *Server) published(c *call) (*authServer, error) {
	if s.opts.NoAPIAccessManagement {
		return nil, notFound(c.id("serverId"), "AuthorizationServer")
	}
	return s.server(c)
}

// namedClient is the app that the parameter client_id names, nil when there is none; one that the org does
// not have is refused.
func (s *Server) namedClient(c *call) (*app, error) {
	id := c.r.URL.Query().Get("client_id")
	if id == "" {
		return nil, nil
	}
	if a := s.client(id); a != nil {
		return a, nil
	}
	return nil, fail("invalid_client")
}

// client is the app with this client id, nil when there is none.
func (s *Server) client(id string) *app {
	at := slices.IndexFunc(s.apps, func(a *app) bool { return a.clientID == id && id != "" })
	if at < 0 {
		return nil
	}
	return s.apps[at]
}
