package oktasim

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/eventlog"
	"msgsso-wizard/apiclient/simulator/oktasim/pages"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
)

const codeLife = 300 * time.Second // contract okta.md 4

// authorize sends a visitor back with a code, or with the reason why there is none. Who has no session here, or is
// to be asked in any case, gets the sign-in page first. There are no passwords.
func (s *Server) authorize(c *call) (any, error) {
	query := c.r.URL.Query()
	wish, err := s.readSignIn(c.as, query)
	if err != nil {
		return s.deny(c, wish, query, err), nil
	}
	prompt := strings.Fields(query.Get("prompt"))
	known := s.session(c)
	if c.r.Method == http.MethodPost {
		u, page := s.whoCame(c, wish)
		switch {
		case page != nil:
			return *page, nil
		case s.opts.MFAEnrol:
			s.logPolicy(c, wish.app, u, eventlog.Challenge)
			// A user without a second factor ends here who needs one (contract okta.md 9.3).
			return pages.Page{
				Heading: "Set up security methods", Small: "No factor can be set up here.",
				Text: u.login() + ": the app " + wish.app.label() + " asks for two factors. Set up one more to go on.",
			}, nil
		}
		known = s.startSession(c, u)
		s.logPolicy(c, wish.app, u, eventlog.Allow)
	} else if known == nil || slices.Contains(prompt, "login") {
		if slices.Contains(prompt, "none") {
			return s.deny(c, wish, query, refusal.OAuth("login_required")), nil
		}
		return s.login(wish.app, query.Get("login_hint"), ""), nil
	}
	wish.user, wish.signedIn = known.user, known.signedIn
	wish.nonce, wish.issuer = query.Get("nonce"), s.issuer(c, wish.app)
	if _, err := s.decide(wish.ticket); err != nil {
		return s.deny(c, wish, query, err), nil
	}
	code := s.noise.Text(43)
	s.codes.Put(s.now(), code, &wish, codeLife)
	s.log(c, eventlog.Event{
		Result: eventlog.Success, Actor: wish.user.party(), Targets: []eventlog.Party{wish.app.party()},
		Debug: jsontree.Merge(asked(query), object{"grantedScopes": strings.Join(wish.scopes, " ")}),
	}, eventlog.Authorize, eventlog.CodeGiven, eventlog.SingleSignOn)
	return back(wish.redirect, url.Values{"code": {code}, "state": {query.Get("state")}}), nil
}

// whoCame is the user that the sign-in page was answered with, or the page that it is answered with in turn.
func (s *Server) whoCame(c *call, wish signIn) (*user, *pages.Page) {
	given := c.form.Get(pages.LoginField)
	u := s.userNamed(given)
	problem := ""
	switch {
	case http.NewCrossOriginProtection().Check(c.r) != nil:
		problem = "Another page has filled in this one."
	case u == nil && given != "":
		problem = "Nobody here is called " + given + "."
	case u == nil:
		problem = "Say who you are."
	case !u.active():
		problem = "Unable to sign in: " + given + " is " + u.text("status") + "."
	default:
		return u, nil
	}
	page := s.login(wish.app, given, problem)
	return nil, &page
}

// deny sends the visitor back with the error. Without an address that can be trusted they get a page.
func (s *Server) deny(c *call, wish signIn, query url.Values, err error) any {
	e := refusal.From(err)
	s.logDenied(c, wish, query, e)
	if wish.redirect == "" { // contract okta.md 9.4
		return pages.Page{Status: http.StatusBadRequest, Heading: "400 Bad Request", Code: e.Code, Problem: e.Words}
	}
	answer := url.Values{"error": {e.Code}, "error_description": {e.Words}}
	if state := query.Get("state"); state != "" {
		answer.Set("state", state)
	}
	return back(wish.redirect, answer)
}

// back adds an answer to a redirect URI. What its query already has stays, even under the same names (RFC 6749 4.1.2).
func back(to string, answer url.Values) redirect {
	u, _ := url.Parse(to) // it is registered, hence sound
	if u.RawQuery != "" {
		u.RawQuery += "&"
	}
	u.RawQuery += answer.Encode()
	return redirect(u.String())
}

// login is the page on which a visitor says who they are.
func (s *Server) login(a *app, hint, problem string) pages.Page {
	p := pages.Page{Heading: "Sign in", App: a.label(), Problem: problem, Login: hint}
	for _, u := range s.users {
		if u.active() {
			p.Users = append(p.Users, pages.User{Name: u.name(), Login: u.login()})
		}
	}
	return p
}
