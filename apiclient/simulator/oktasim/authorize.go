package oktasim

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// authCode is what an authorization code stands for until it is redeemed.
type authCode struct {
	ticket
	redirect, challenge string
	expires             time.Time
}

const codeLife = 300 * time.Second // contract okta.md 4

// loginField is the only field of the sign-in page: who the visitor is. The page posts it to its own address.
const loginField = "login"

// authorize sends a visitor back with a code, or with the reason why there is none. Who has no session here, or is
// to be asked in any case, gets the sign-in page first. Nobody has a password.
func (s *Server) authorize(c *call) (any, error) {
	query := c.r.URL.Query()
	wish, err := s.readSignIn(c.as, query)
	if err != nil {
		return s.deny(c, wish, query, err)
	}
	prompt := strings.Fields(query.Get("prompt"))
	known := s.session(c)
	if c.r.Method == http.MethodPost {
		u, page := s.whoCame(c, wish)
		switch {
		case page != nil:
			return *page, nil
		case s.opts.MFAEnrol:
			s.tellChallenge(c, wish.app, u)
			return enrolment(wish.app, u), nil
		}
		known = s.startSession(c, u)
		s.tellSession(c, wish.app, known)
	} else if known == nil || slices.Contains(prompt, "login") {
		if slices.Contains(prompt, "none") {
			return s.deny(c, wish, query, refuse("login_required"))
		}
		return s.login(wish.app, query.Get("login_hint"), ""), nil
	}
	wish.user, wish.signedIn = known.user, known.signedIn
	if _, err := s.decide(c.as, wish); err != nil {
		return s.deny(c, wish, query, err)
	}
	code := s.newCode(c, wish, query)
	s.tellCode(c, wish, known)
	return back(wish.redirect, url.Values{"code": {code}, "state": {query.Get("state")}}), nil
}

// whoCame is the person that the sign-in page was answered with, or the page that it is answered with in turn.
func (s *Server) whoCame(c *call, wish signIn) (*user, *htmlPage) {
	given := c.form.Get(loginField)
	u := s.person(given)
	problem := ""
	switch {
	case http.NewCrossOriginProtection().Check(c.r) != nil:
		problem = "Another page has filled in this one."
	case u == nil && given != "":
		problem = "Nobody here is called " + given + "."
	case u == nil:
		problem = "Say who you are."
	case u.status != active:
		problem = "Unable to sign in: " + given + " is " + u.status + "."
	default:
		return u, nil
	}
	page := s.login(wish.app, given, problem)
	return nil, &page
}

func (s *Server) newCode(c *call, wish signIn, query url.Values) string {
	now := s.now()
	maps.DeleteFunc(s.codes, func(_ string, old *authCode) bool { return !now.Before(old.expires) })
	code := s.noise.Text(43)
	s.codes[code] = &authCode{
		ticket: ticket{
			app: wish.app, server: c.as, user: wish.user, scopes: wish.scopes,
			nonce: query.Get("nonce"), signedIn: wish.signedIn, issuer: s.issuerAt(c, wish.app),
		},
		redirect: wish.redirect, challenge: query.Get("code_challenge"), expires: now.Add(codeLife),
	}
	return code
}

// deny sends the visitor back with the error. Without an address that can be trusted they get a page.
func (s *Server) deny(c *call, wish signIn, query url.Values, err error) (any, error) {
	var e *oauthError
	if !errors.As(err, &e) {
		return nil, err
	}
	s.tellDenied(c, wish, query, e)
	if wish.redirect == "" {
		return errorPage(e), nil
	}
	answer := url.Values{"error": {e.code}, "error_description": {e.description}}
	if state := query.Get("state"); state != "" {
		answer.Set("state", state)
	}
	return back(wish.redirect, answer), nil
}

// back adds an answer to a redirect URI, which may have a query of its own.
func back(to string, answer url.Values) redirect {
	u, _ := url.Parse(to) // it is registered, hence sound
	query := u.Query()
	maps.Copy(query, answer)
	u.RawQuery = query.Encode()
	return redirect(u.String())
}
