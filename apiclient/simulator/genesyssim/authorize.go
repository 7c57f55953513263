package genesyssim

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient/markup"
)

// codeLife is how long an authorization code can be redeemed.
const codeLife = 5 * time.Minute

const codeLength = 43

// grant is what an authorization code stands for.
type grant struct {
	client              *oauthClient
	user                *user
	redirect, challenge string
}

// authorize answers /oauth/authorize: GET shows who can sign in, POST is the form's answer. A login_hint signs in
// without the page. What is wrong with client or redirect URI is never told by a redirect.
func (s *Server) authorize(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	unreadable, query := r.ParseForm() != nil, r.URL.Query()
	client, redirect := s.client(query.Get("client_id")), query.Get("redirect_uri")
	no := firstOf(
		objection{unreadable, "invalid_request", "The form cannot be read."},
		objection{client.id == "", "unauthorized_client", "There is no such OAuth client in this region."},
		objection{client.grant != authorizationCode, "unauthorized_client", "This OAuth client is not of the type Code Authorization / PKCE."},
		objection{!slices.Contains(client.redirects, redirect), "invalid_request", "The redirect URI is not registered on the OAuth client."},
	)
	if no != nil {
		show(w, http.StatusBadRequest, markup.Fill("<p><strong>%s</strong>: %s</p>\n", no.code, no.text))
		return
	}
	challenge, err := base64.RawURLEncoding.DecodeString(query.Get("code_challenge"))
	who := query.Get("login_hint")
	if r.Method == http.MethodPost {
		who = r.PostForm.Get("user")
	}
	asks := r.Method == http.MethodGet && !query.Has("login_hint")
	no = firstOf(
		objection{query.Get("response_type") == "", "invalid_request", "response_type is missing"},
		objection{query.Get("response_type") != "code", "unsupported_response_type", "only response_type=code is supported"},
		objection{err != nil || len(challenge) != sha256.Size, "invalid_request", "code_challenge is missing or not the hash of a verifier"},
		objection{query.Get("code_challenge_method") != "S256", "invalid_request", "code_challenge_method is not S256"},
		objection{!asks && !strings.EqualFold(who, s.user.email), "access_denied", "the sign-in was cancelled"},
		objection{!asks && s.options.AuthorizeError != "", s.options.AuthorizeError, "the sign-in ended with " + s.options.AuthorizeError},
	)
	if no == nil && asks {
		show(w, http.StatusOK, markup.Fill(loginForm, r.URL.RequestURI(), s.organization.name, s.user.email, s.user.name))
		return
	}
	answer := url.Values{}
	if no != nil {
		answer.Set("error", no.code)
		answer.Set("error_description", no.text)
	} else {
		answer.Set("code", s.newCode(client, query))
	}
	if state := query.Get("state"); state != "" {
		answer.Set("state", state)
	}
	separator := "?"
	if strings.Contains(redirect, "?") {
		separator = "&"
	}
	http.Redirect(w, r, redirect+separator+answer.Encode(), http.StatusFound)
}

func (s *Server) newCode(client *oauthClient, query url.Values) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	code := s.tokenIDs.Text(codeLength)
	s.codes.Put(s.now(), code, grant{client, &s.user, query.Get("redirect_uri"), query.Get("code_challenge")}, codeLife)
	return code
}

// loginLayout is around the sign-in page of the simulated organization, and around what is wrong with a request.
//
//go:embed login.html
var loginLayout markup.HTML

const loginForm markup.HTML = `<form method="post" action="%s">
<p>%s</p>
<p><button name="user" value="%s">Sign in as %s</button>
<button name="user" value="">Cancel</button></p>
</form>
`

func show(w http.ResponseWriter, status int, page markup.HTML) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, string(markup.Fill(loginLayout, page))) // the browser is gone when this fails
}
