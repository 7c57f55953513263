package oktasim

import (
	_ "embed"
	"encoding/json"

	"msgsso-wizard/apiclient/simulator/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/simkit"
)

//go:embed metadata.json
var metadataText []byte

var (
	orgScopes    = []string{"openid", "email", "profile", "address", "phone", "offline_access", "groups"}
	customScopes = []string{
		"okta.myAccount.email.manage", "okta.myAccount.email.read", "okta.myAccount.manage", "okta.myAccount.phone.manage",
		"okta.myAccount.phone.read", "okta.myAccount.profile.manage", "okta.myAccount.profile.read", "okta.myAccount.read",
		"openid", "profile", "email", "address", "phone", "offline_access", "device_sso",
	}
	endpoints = map[string]string{
		"authorization_endpoint": "/authorize", "token_endpoint": "/token", "introspection_endpoint": "/introspect", "revocation_endpoint": "/revoke",
		"end_session_endpoint": "/logout", "device_authorization_endpoint": "/device/authorize", "pushed_authorization_request_endpoint": "/par",
	}
)

// metadata is what the two documents of an authorization server have in common, and what only the one of this name has.
// Custom servers keep everything under their own path but the registration of clients (contract okta.md 4).
func (s *Server) metadata(c *call, name string) (doc object, at string, err error) {
	id := c.r.URL.Query().Get("client_id")
	a := s.client(id)
	if id != "" && a == nil {
		return nil, "", refusal.Of("invalid_client")
	}
	if err := json.Unmarshal(metadataText, &doc); err != nil {
		return nil, "", err
	}
	doc = jsontree.Merge(doc, doc[name].(object))
	delete(doc, "openid")
	delete(doc, "oauth")
	issuer := s.issuer(c, a)
	base, at := issuer, issuer+"/oauth2/v1"
	doc["scopes_supported"] = orgScopes
	if c.as != nil {
		base, at = simkit.Base(c.r), issuer+"/v1"
		doc["scopes_supported"] = customScopes
	}
	doc["issuer"], doc["registration_endpoint"] = issuer, base+"/oauth2/v1/clients"
	for member, path := range endpoints {
		doc[member] = at + path
	}
	return doc, at, nil
}

func (s *Server) openIDMetadata(c *call) (any, error) {
	doc, at, err := s.metadata(c, "openid")
	if err != nil {
		return nil, err
	}
	doc["userinfo_endpoint"], doc["jwks_uri"] = at+"/userinfo", at+"/keys"
	if c.as != nil {
		doc["id_token_encryption_alg_values_supported"] = []string{"RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512"}
		doc["id_token_encryption_enc_values_supported"] = []string{"A256GCM"}
	}
	return doc, nil
}

// oauthMetadata is the document that an admin can mistake for the OpenID one. The org server's has no jwks_uri, which is
// how a recorded one looks.
func (s *Server) oauthMetadata(c *call) (any, error) {
	doc, at, err := s.metadata(c, "oauth")
	if err == nil && c.as != nil {
		doc["jwks_uri"] = at + "/keys"
	}
	return doc, err
}

func (s *Server) publishKeys(c *call) (any, error) {
	if s.opts.KeysDown {
		return nil, refusal.Of("E0000009")
	}
	return s.keyOf(c.as).Set(), nil
}
