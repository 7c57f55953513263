package genesyssim

import (
	"crypto/subtle"
	"net/http"
	"strings"
	"time"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// tokenLife is the default of an OAuth client, 24 hours (contract genesys.md 6).
const tokenLife = 24 * time.Hour

// clientName is the OAuth client's name.
const clientName = "Messenger set-up"

type token struct {
	text    string
	expires time.Time
	window  window
}

// issueToken answers POST /oauth/token; its errors have a shape of their own (contract genesys.md 6).
func (s *Server) issueToken(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("ININ-Correlation-Id", s.correlations.UUID())
	fail := func(status int, code, text string) {
		simkit.WriteJSON(w, status, object{"error": code, "description": text, "error_description": text})
	}
	r.Body = http.MaxBytesReader(w, r.Body, simkit.MaxBody)
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") || r.ParseForm() != nil {
		fail(http.StatusBadRequest, "invalid_request", "the body is not a form")
		return
	}
	id, secret, ok := r.BasicAuth()
	switch {
	case !ok:
		fail(http.StatusBadRequest, "invalid_client", "client credentials are missing")
	case id != s.clientID:
		fail(http.StatusBadRequest, "invalid_client", "client not found")
	case subtle.ConstantTimeCompare([]byte(secret), []byte(s.clientSecret)) != 1:
		fail(http.StatusUnauthorized, "invalid_client", "authentication failed")
	case r.PostForm.Get("grant_type") == "":
		fail(http.StatusBadRequest, "invalid_request", "grant_type is missing")
	case r.PostForm.Get("grant_type") != "client_credentials":
		fail(http.StatusBadRequest, "unauthorized_client", "the client may not use this grant type")
	default:
		w.Header().Set("Cache-Control", "no-store")
		simkit.WriteJSON(w, http.StatusOK, object{
			"access_token": s.newToken(), "token_type": "bearer", "expires_in": int(tokenLife.Seconds()),
		})
	}
}

func (s *Server) newToken() string {
	text := s.tokenIDs.Text(86)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tokens[text] = &token{text: text, expires: s.now().Add(tokenLife)}
	return text
}

// authenticate checks the bearer token and counts the call against its limit.
func (s *Server) authenticate(c *call, header http.Header) error {
	scheme, text, _ := strings.Cut(c.r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "bearer") || text == "" {
		return refuse("authentication.required")
	}
	known, ok := s.tokens[text]
	if !ok || !c.now.Before(known.expires) {
		return refuse("bad.credentials")
	}
	return known.window.count(c.now, header)
}

// tokenMe is getTokensMe.
func (s *Server) tokenMe(*call) (any, error) {
	organization := object{"id": s.organization.id, "name": s.organization.name}
	return object{
		"organization":     organization,
		"homeOrganization": organization,
		"authorizedScope":  []string{},
		"OAuthClient": object{
			"id": s.clientID, "name": clientName, "authorizedGrantType": "CLIENT-CREDENTIALS",
			"scope": []string{}, "state": "active", "organization": organization,
			"roleDivisions": []object{{"roleId": s.organization.roleID, "divisionId": s.organization.divisionID}},
		},
	}, nil
}

// revokeToken is deleteTokensMe: the token that was used is worth nothing after it.
func (s *Server) revokeToken(c *call) (any, error) {
	_, text, _ := strings.Cut(c.r.Header.Get("Authorization"), " ")
	delete(s.tokens, text)
	return nil, nil
}
