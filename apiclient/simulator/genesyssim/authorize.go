package genesyssim

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// codeLife is how long an authorization code can be redeemed.
const codeLife = 5 * time.Minute

const codeLength = 43

// RFC 7636, 4.1 and 4.2: lengths of a verifier, and of the S256 challenge made of it.
const (
	shortestVerifier = 43
	longestVerifier  = 128
	challengeLength  = 43
)

// grant is what an authorization code stands for.
type grant struct {
	client    *oauthClient
	user      *user
	redirect  string
	challenge string
	expires   time.Time
}

// authorize answers /oauth/authorize: GET shows who can sign in, POST is the form's answer. A login_hint signs in
// without the page. What is wrong with client or redirect URI is never told by a redirect.
func (s *Server) authorize(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	if r.ParseForm() != nil {
		showProblem(w, "invalid_request", "The form cannot be read.")
		return
	}
	query := r.URL.Query()
	client := s.clients[query.Get("client_id")]
	switch {
	case client == nil || s.options.UnknownClient:
		showProblem(w, "unauthorized_client", "There is no such OAuth client in this region.")
		return
	case client.grant != authorizationCode:
		showProblem(w, "unauthorized_client", "This OAuth client is not of the type Code Authorization / PKCE.")
		return
	case !slices.Contains(client.redirects, query.Get("redirect_uri")):
		showProblem(w, "invalid_request", "The redirect URI is not registered on the OAuth client.")
		return
	}
	code, why := wrongAuthorize(query)
	switch {
	case code != "":
	case r.Method == http.MethodPost:
		code, why = s.signIn(r.PostForm.Get("user"))
	case query.Has("login_hint"):
		code, why = s.signIn(query.Get("login_hint"))
	default:
		s.showLogin(w, r)
		return
	}
	answer := url.Values{"error": {code}, "error_description": {why}}
	if code == "" {
		answer = url.Values{"code": {s.newCode(client, query)}}
	}
	if state := query.Get("state"); state != "" {
		answer.Set("state", state)
	}
	http.Redirect(w, r, extended(query.Get("redirect_uri"), answer), http.StatusFound)
}

// wrongAuthorize checks what is told by a redirect; an empty code: nothing is wrong.
func wrongAuthorize(query url.Values) (code, why string) {
	switch challenge, err := base64.RawURLEncoding.DecodeString(query.Get("code_challenge")); {
	case query.Get("response_type") == "":
		return "invalid_request", "response_type is missing"
	case query.Get("response_type") != "code":
		return "unsupported_response_type", "only response_type=code is supported"
	case err != nil || len(challenge) != sha256.Size || len(query.Get("code_challenge")) != challengeLength:
		return "invalid_request", "code_challenge is missing or not the hash of a verifier"
	case query.Get("code_challenge_method") != "S256":
		return "invalid_request", "code_challenge_method is not S256"
	}
	return "", ""
}

// signIn takes the address of who signs in; anybody unknown, or nobody, is denied.
func (s *Server) signIn(email string) (code, why string) {
	switch {
	case !strings.EqualFold(email, s.user.email):
		return "access_denied", "the sign-in was cancelled"
	case s.options.AuthorizeError != "":
		return s.options.AuthorizeError, "the sign-in ended with " + s.options.AuthorizeError
	}
	return "", ""
}

func (s *Server) newCode(client *oauthClient, query url.Values) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	now, text := s.now(), s.tokenIDs.Text(codeLength)
	for old, g := range s.codes {
		if !now.Before(g.expires) {
			delete(s.codes, old)
		}
	}
	s.codes[text] = grant{
		client: client, user: &s.user, redirect: query.Get("redirect_uri"),
		challenge: query.Get("code_challenge"), expires: now.Add(codeLife),
	}
	return text
}

// verifies holds a verifier against the challenge (RFC 7636, 4.6).
func verifies(verifier, challenge string) bool {
	if len(verifier) < shortestVerifier || len(verifier) > longestVerifier {
		return false
	}
	sum := sha256.Sum256([]byte(verifier))
	return subtle.ConstantTimeCompare([]byte(base64.RawURLEncoding.EncodeToString(sum[:])), []byte(challenge)) == 1
}

// extended adds members to a URI's query.
func extended(uri string, members url.Values) string {
	separator := "?"
	if strings.Contains(uri, "?") {
		separator = "&"
	}
	return uri + separator + members.Encode()
}
