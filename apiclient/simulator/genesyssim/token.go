package genesyssim

import (
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

type token struct {
	text    string
	client  *oauthClient
	user    *user // nil: the client acts for itself
	expires time.Time
	window  window
}

// oauthRefusal is an error of the token end point, which has a form of its own (contract genesys.md 6).
type oauthRefusal struct {
	status     int
	code, text string
}

func (r oauthRefusal) Error() string { return r.text }

func (r oauthRefusal) body() object {
	return object{"error": r.code, "description": r.text, "error_description": r.text}
}

// issueToken answers POST /oauth/token.
func (s *Server) issueToken(w http.ResponseWriter, r *http.Request) {
	s.correlate(w)
	r.Body = http.MaxBytesReader(w, r.Body, simkit.MaxBody)
	no := oauthRefusal{http.StatusBadRequest, "invalid_request", "the body is not a form"}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") && r.ParseForm() == nil {
		var text string
		if text, no = s.grantToken(r); text != "" {
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
func (s *Server) grantToken(r *http.Request) (string, oauthRefusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now, form, bad := s.now(), r.PostForm, http.StatusBadRequest
	grant := form.Get("grant_type")
	id, secret, ok := r.BasicAuth()
	if !ok && grant == authorizationCode {
		id = form.Get("client_id")
	}
	client := s.clients[id]
	calls, _ := s.tokenWindow.add(now)
	switch {
	case s.options.TokensPerMinute > 0 && calls > s.options.TokensPerMinute:
		return "", oauthRefusal{bad, "invalid_request", "rate limit exceeded; try again in a minute"}
	case id == "":
		return "", oauthRefusal{bad, "invalid_client", "client credentials are missing"}
	case client == nil || s.options.UnknownClient:
		return "", oauthRefusal{bad, "invalid_client", "client not found"}
	case subtle.ConstantTimeCompare([]byte(secret), []byte(client.secret)) != 1:
		return "", oauthRefusal{http.StatusUnauthorized, "invalid_client", "authentication failed"}
	case grant == "":
		return "", oauthRefusal{bad, "invalid_request", "grant_type is missing"}
	case grant != client.grant:
		return "", oauthRefusal{bad, "unauthorized_client", "the client may not use this grant type"}
	}
	made := &token{text: s.tokenIDs.Text(tokenLength), client: client}
	if grant == authorizationCode {
		who, no := s.redeem(client, form, now)
		if who == nil {
			return "", no
		}
		made.user = who
	}
	return s.keep(made, now), oauthRefusal{}
}

// redeem takes an authorization code, which is worth nothing after it, and returns who signed in.
func (s *Server) redeem(client *oauthClient, form url.Values, now time.Time) (*user, oauthRefusal) {
	for _, name := range []string{"client_id", "code", "redirect_uri", "code_verifier"} {
		if form.Get(name) == "" {
			return nil, oauthRefusal{http.StatusBadRequest, "invalid_request", name + " is missing"}
		}
	}
	grant, ok := s.codes[form.Get("code")]
	delete(s.codes, form.Get("code"))
	why := ""
	switch {
	case !ok || !now.Before(grant.expires):
		why = "the code is unknown, used or too old"
	case grant.client != client || form.Get("client_id") != client.id:
		why = "the code is another client's"
	case grant.redirect != form.Get("redirect_uri"):
		why = "redirect_uri is not that of the authorization request"
	case !verifies(form.Get("code_verifier"), grant.challenge):
		why = "code_verifier does not fit code_challenge"
	default:
		return grant.user, oauthRefusal{}
	}
	return nil, oauthRefusal{http.StatusBadRequest, "invalid_grant", why}
}

// keep remembers a token for its life, lets go of those that ended, and returns its text.
func (s *Server) keep(t *token, now time.Time) string {
	for text, old := range s.tokens {
		if !now.Before(old.expires) {
			delete(s.tokens, text)
		}
	}
	t.expires = now.Add(tokenLife)
	s.tokens[t.text] = t
	return t.text
}
