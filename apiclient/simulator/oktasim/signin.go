package oktasim

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
)

// signIn is a visitor's wish to enter an app. An authorization code stands for it until it is redeemed.
type signIn struct {
	ticket
	redirect  string // empty until it is known to be the app's
	challenge string
}

var challengeForm = regexp.MustCompile(`^[A-Za-z0-9\-._~]{43,128}$`) // RFC 7636 4.2

// readSignIn checks a request to the authorize endpoint before it is known who comes. The answer holds the
// redirect URI once that can be trusted. Only the response type "code" is played.
func (s *Server) readSignIn(as *authServer, query url.Values) (signIn, error) {
	wish := signIn{ticket: ticket{app: s.client(query.Get("client_id")), server: as}}
	redirectURI := query.Get("redirect_uri")
	switch {
	case wish.app == nil || !wish.app.active():
		return wish, refusal.OAuth("invalid_client_id")
	case redirectURI == "":
		return wish, refusal.OAuth("missing_redirect_uri")
	case !wish.app.redirectsTo(redirectURI):
		return wish, refusal.OAuth("illegal_redirect_uri")
	}
	wish.redirect = redirectURI
	if wish.app.flag(oauthSettings + "." + pushed) {
		return wish, refusal.OAuth("not_pushed") // RFC 9126 4
	}

	challenge, method := query.Get("code_challenge"), query.Get("code_challenge_method")
	wish.challenge = challenge
	if query.Get("response_type") != "code" || !wish.app.has("response_types", "code") {
		return wish, refusal.OAuth("unsupported_response_type", strings.Join(wish.app.settings("response_types"), ", "))
	}
	if err := wish.app.mayUse(codeGrant); err != nil {
		return wish, err
	}
	switch {
	case query.Get("state") == "":
		return wish, refusal.OAuth("missing_state")
	case challenge == "" && wish.app.flag(oauthCredentials+".pkce_required"):
		return wish, refusal.OAuth("pkce_missing_challenge")
	case challenge != "" && method != "S256":
		return wish, refusal.OAuth("pkce_unsupported_code_challenge_method")
	case challenge != "" && !challengeForm.MatchString(challenge):
		return wish, refusal.OAuth("pkce_invalid_challenge")
	}
	known, granted := orgScopes, wish.app.granted
	if as != nil {
		known, granted = customScopes, nil // only the org's server gives Okta's own scopes (contract okta.md 3.3)
	}
	var err error
	wish.scopes, err = scopesFor(query.Get("scope"), known, granted)
	if err == nil && slices.Contains(wish.scopes, "offline_access") && wish.app.mayUse(refreshGrant) != nil {
		err = refusal.OAuth("invalid_scope")
	}
	return wish, err
}

// redirectsTo compares exactly, but for the one star that an app may have in a host name (contract okta.md 1.6).
func (a *app) redirectsTo(address string) bool {
	registered := a.settings("redirect_uris")
	if slices.Contains(registered, address) {
		return true
	}
	return a.setting("wildcard_redirect") == "SUBDOMAIN" &&
		slices.ContainsFunc(registered, func(pattern string) bool { return starMatches(pattern, address) })
}

// starMatches lets a star stand for a part of one label.
func starMatches(pattern, address string) bool {
	before, after, star := strings.Cut(pattern, "*")
	middle, ok := strings.CutPrefix(address, before)
	if !star || !ok {
		return false
	}
	middle, ok = strings.CutSuffix(middle, after)
	return ok && middle != "" && !strings.ContainsAny(middle, "./:@?#")
}

// decide says whether a user gets what an app wants: they must be active and assigned, and a custom server needs
// a policy and a rule that match (contract okta.md 4, 9). The rule is nil at the org's own server.
func (s *Server) decide(t ticket) (*entry, error) {
	switch {
	case !t.app.active():
		return nil, refusal.OAuth("invalid_client_id")
	case !t.user.active():
		return nil, refusal.OAuth("access_denied")
	case !s.admits(t.app, t.user):
		return nil, refusal.OAuth("user_not_assigned")
	case t.server == nil:
		return nil, nil
	}
	for _, p := range t.server.policies {
		if !p.covers(t.app) {
			continue
		}
		for _, r := range p.rules {
			if s.ruleCovers(r, t.user) {
				return r, ruleGives(r, t.scopes)
			}
		}
	}
	return nil, refusal.OAuth("no_matching_policy")
}
