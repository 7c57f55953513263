package genesyssim

import (
	"msgsso-wizard/apiclient/simulator/simkit"
)

// DefaultRedirectURI is registered on the PKCE client; the vendor's own tools use its like (contract genesys.md 6).
const DefaultRedirectURI = "http://localhost:8085/callback"

// Grant types as the token end point names them.
const (
	clientCredentials = "client_credentials"
	authorizationCode = "authorization_code"
)

// oauthClient is one OAuth client of the organization. Scopes apply to clients that act for a user only.
type oauthClient struct {
	id, secret, name string
	grant            string
	authorizedGrant  string // the same as OrgOAuthClient names it
	scopes           []string
	redirects        []string // exact
}

// user is somebody who can sign in.
type user struct{ id, name, email string }

// usualScopes are what setting up takes, and the optional Supported Content (contract genesys.md 6).
var usualScopes = []string{
	"integrations", "webdeployments", "organization:readonly", "user-basic-info",
	"architect:readonly", "authorization:readonly", "messaging:readonly",
}

// client finds a client; one that is not known has no id.
func (s *Server) client(id string) *oauthClient {
	if known := s.clients[id]; known != nil && !s.options.UnknownClient {
		return known
	}
	return &oauthClient{}
}

// plantClients adds the two OAuth clients, the user, and an access token that the user has already.
func (s *Server) plantClients(ids *simkit.IDs) {
	s.user = user{id: s.organization.adminID, name: "Grace Admin", email: "grace@" + s.organization.domain}
	scopes := s.options.Scopes
	if scopes == nil {
		scopes = usualScopes
	}
	s.pkceID = ids.UUID()
	s.clients = map[string]*oauthClient{
		s.clientID: {
			id: s.clientID, secret: s.clientSecret, name: "Messenger set-up",
			grant: clientCredentials, authorizedGrant: "CLIENT-CREDENTIALS",
		},
		s.pkceID: {
			id: s.pkceID, name: "Messenger set-up in the browser",
			grant: authorizationCode, authorizedGrant: "CODE", scopes: scopes,
			redirects: append([]string{DefaultRedirectURI}, s.options.RedirectURIs...),
		},
	}
	s.accessToken = s.keep(ids.Text(tokenLength), &token{client: s.clients[s.pkceID], user: &s.user}, s.now())
}
