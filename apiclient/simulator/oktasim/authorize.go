package oktasim

import (
	"errors"
	"maps"
	"net/url"
	"slices"
	"time"
)

// authCode is what an authorization code stands for until it is redeemed.
type authCode struct {
	app                        *app
	server                     *authServer // nil: the org's own
	user                       *user
	scopes                     []string
	redirect, nonce, challenge string
	expires                    time.Time
}

const codeLife = 300 * time.Second // contract okta.md 4

func (s *Server) orgAuthorize(c *call) (any, error) { return s.authorize(c, nil) }

func (s *Server) customAuthorize(c *call) (any, error) {
	if err := s.published(c); err != nil {
		return nil, err
	}
	as, err := s.server(c)
	if err != nil {
		return nil, err
	}
	return s.authorize(c, as)
}

// authorize sends a visitor back with a code, or with the reason why there is none. Nobody has a password
// here: login_hint, which the page asks for when it is missing, says who the visitor is.
func (s *Server) authorize(c *call, as *authServer) (any, error) {
	query := c.r.URL.Query()
	wish, err := s.readSignIn(as, query)
	if err != nil {
		return deny(wish, query, err)
	}
	hint := query.Get("login_hint")
	if wish.user = s.person(hint); wish.user == nil {
		problem := ""
		switch {
		case query.Get("prompt") == "none":
			return deny(wish, query, refuse("login_required"))
		case hint != "":
			problem = "Nobody here is called " + hint + "."
		}
		return login(c.r.URL.Path, query, problem), nil
	}
	if err := s.mayEnter(as, wish); err != nil {
		return deny(wish, query, err)
	}
	return back(wish.redirect, url.Values{"code": {s.newCode(as, wish, query)}, "state": {query.Get("state")}}), nil
}

func (s *Server) newCode(as *authServer, wish signIn, query url.Values) string {
	now := s.now()
	maps.DeleteFunc(s.codes, func(_ string, old *authCode) bool { return !now.Before(old.expires) })
	code := s.noise.Text(43)
	s.codes[code] = &authCode{
		app: wish.app, server: as, user: wish.user, scopes: wish.scopes, redirect: wish.redirect,
		nonce: query.Get("nonce"), challenge: query.Get("code_challenge"), expires: now.Add(codeLife),
	}
	return code
}

// deny sends the visitor back with the error. Without an address that can be trusted they get a page.
func deny(wish signIn, query url.Values, err error) (any, error) {
	var e *oauthError
	switch {
	case !errors.As(err, &e):
		return nil, err
	case wish.redirect == "":
		return errorPage(e), nil
	}
	answer := url.Values{"error": {e.code}, "error_description": {e.description}}
	if state := query.Get("state"); state != "" {
		answer.Set("state", state)
	}
	return back(wish.redirect, answer), nil
}

// back adds an answer to the redirect URI, which may have a query of its own.
func back(to string, answer url.Values) redirect {
	u, _ := url.Parse(to) // it is registered, hence sound
	query := u.Query()
	maps.Copy(query, answer)
	u.RawQuery = query.Encode()
	return redirect(u.String())
}

func sortedNames(v url.Values) []string { return slices.Sorted(maps.Keys(v)) }
