package genesyssim

import (
	"cmp"
	"crypto/subtle"
	"net/http"
	"net/url"
	"strings"
	"time"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// tokenLife is the default of an OAuth client, 24 hours (contract genesys.md 6).
const tokenLife = 24 * time.Hour

const tokenLength = 86

// RFC 7636, 4.1: lengths of a verifier.
const (
	shortestVerifier = 43
	longestVerifier  = 128
)

type token struct {
	client *oauthClient
	user   *user // nil: the client acts for itself
	window window
}

// oauthRefusal is an error of the login host, which has its own form (contract genesys.md 6).
type oauthRefusal struct {
	status     int
	code, text string
}

func (r oauthRefusal) body() object {
	return object{"error": r.code, "description": r.text, "error_description": r.text}
}

// objection is a reason to refuse, if it holds.
type objection struct {
	holds      bool
	code, text string
}

// firstOf returns the refusal of the first objection that holds; nil: none does.
func firstOf(list ...objection) *oauthRefusal {
	for _, o := range list {
		if o.holds {
			return &oauthRefusal{http.StatusBadRequest, o.code, o.text}
		}
	}
	return nil
}

// issueToken answers POST /oauth/token.
func (s *Server) issueToken(w http.ResponseWriter, r *http.Request) {
	s.correlate(w)
	r.Body = http.MaxBytesReader(w, r.Body, simkit.MaxBody)
	no := &oauthRefusal{http.StatusBadRequest, "invalid_request", "the body is not a form"}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") && r.ParseForm() == nil {
		var text string
		if text, no = s.grantToken(r); no == nil {
			w.Header().Set("Cache-Control", "no-store")
			simkit.WriteJSON(w, http.StatusOK, object{
				"access_token": text, "token_type": "bearer", "expires_in": int(tokenLife.Seconds()),
			})
			return
		}
	}
	simkit.WriteJSON(w, no.status, no.body())
}

// grantToken returns a new access token, or why there is none.
func (s *Server) grantToken(r *http.Request) (string, *oauthRefusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now, form := s.now(), r.PostForm
	grant := form.Get("grant_type")
	id, secret, ok := r.BasicAuth()
	if !ok && grant == authorizationCode {
		id = form.Get("client_id")
	}
	client := s.client(id)
	no := firstOf(
		objection{id == "", "invalid_client", "client credentials are missing"},
		objection{client.id == "", "invalid_client", "client not found"},
	)
	other := s.options.OthersBut
	if no == nil && (other == "" || secret == other || secret == "") && subtle.ConstantTimeCompare([]byte(secret), []byte(client.secret)) != 1 {
		no = &oauthRefusal{http.StatusUnauthorized, "invalid_client", "authentication failed"}
	}
	if no = cmp.Or(no, firstOf(
		objection{grant == "", "invalid_request", "grant_type is missing"},
		objection{grant != client.grant, "unauthorized_client", "the client may not use this grant type"},
	)); no != nil {
		return "", no
	}
	made := &token{client: client}
	text := s.tokenIDs.Text(tokenLength)
	if grant == authorizationCode {
		if made.user, no = s.redeem(client, form, now); no != nil {
			return "", no
		}
	}
	s.tokens.Put(now, text, made, tokenLife)
	return text, nil
}

// redeem takes an authorization code, which is worth nothing after it, and returns who signed in.
func (s *Server) redeem(client *oauthClient, form url.Values, now time.Time) (*user, *oauthRefusal) {
	for _, name := range []string{"client_id", "code", "redirect_uri", "code_verifier"} {
		if no := firstOf(objection{form.Get(name) == "", "invalid_request", name + " is missing"}); no != nil {
			return nil, no
		}
	}
	verifier, grant := form.Get("code_verifier"), s.codes.Get(now, form.Get("code"))
	fits := len(verifier) >= shortestVerifier && len(verifier) <= longestVerifier && simkit.S256(verifier) == grant.challenge
	delete(s.codes, form.Get("code"))
	return grant.user, firstOf(
		objection{grant.client == nil, "invalid_grant", "the code is unknown, used or too old"},
		objection{grant.client != client || form.Get("client_id") != client.id, "invalid_grant", "the code is another client's"},
		objection{grant.redirect != form.Get("redirect_uri"), "invalid_grant", "redirect_uri is not that of the authorization request"},
		objection{!fits, "invalid_grant", "code_verifier does not fit code_challenge"},
	)
}

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

// user is a user who can sign in.
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
	s.accessToken = ids.Text(tokenLength)
	s.tokens.Put(s.now(), s.accessToken, &token{client: s.clients[s.pkceID], user: &s.user}, tokenLife)
}
