package oktasim

import (
	"maps"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
)

// The types of an access token, which are also the schemes of the Authorization header.
const (
	bearerType = "Bearer"
	dpopType   = "DPoP"
)

const (
	serviceGrant = "client_credentials"
	deviceGrant  = "urn:ietf:params:oauth:grant-type:device_code"

	tokenLife = time.Hour // one length for all (contract okta.md 3.2)
)

type grants map[string]handler

// The grants that the token end points play: the org's own server's, and a custom one's.
var (
	orgGrants = grants{
		serviceGrant: (*Server).grantToService, deviceGrant: (*Server).grantToDevice,
		codeGrant: (*Server).redeemCode, refreshGrant: (*Server).refresh,
	}
	customGrants = grants{codeGrant: (*Server).redeemCode, refreshGrant: (*Server).refresh}
)

// accessToken is what an authorization server gave out: for the management API, or for a visitor.
type accessToken struct {
	app     *app
	user    *user // nil: a service app's own
	scopes  []string
	boundTo string // thumbprint of the key (RFC 9449); empty: none
	expires time.Time

	ticket      *ticket // a visitor's; nil: of a service or a device
	id, refresh string  // of a visitor's: its jti, and the refresh token that came with it
}

func (s *Server) grantToken(c *call) (any, error) {
	c.header.Set("Cache-Control", "no-store") // RFC 6749 5.1
	played := orgGrants
	if c.as != nil {
		played = customGrants
	}
	grant, ok := played[c.form.Get("grant_type")]
	known := strings.Join(slices.Sorted(maps.Keys(played)), ", ")
	var doc any
	err := s.fromBrowser(c)
	switch {
	case err != nil:
	case c.form.Get("grant_type") == "":
		err = refusal.OAuth("token_request_missing_grant_type", known)
	case !ok:
		err = refusal.OAuth("unsupported_grant_type", known)
	default:
		doc, err = grant(s, c)
	}
	s.tellRefusedToken(c, err)
	return doc, err
}

// grantToService gives a service app a token. Its assertion is used up also when the proof is refused after
// it, so that each try needs a new one (contract okta.md 3.2).
func (s *Server) grantToService(c *call) (any, error) {
	a, err := s.assertedClient(c)
	if err != nil {
		return nil, err
	}
	if err := a.mayUse(serviceGrant); err != nil {
		return nil, err
	}
	key, err := s.keyToBind(c, a)
	if err != nil {
		return nil, err
	}
	scopes, err := scopesFor(c.form.Get("scope"), a.granted)
	if err != nil {
		return nil, err
	}
	return s.issue(&accessToken{app: a, scopes: scopes, boundTo: key}), nil
}

// mayUse refuses a grant that the app is not configured for.
func (a *app) mayUse(grant string) error {
	grants := a.texts(oauthSettings + ".grant_types")
	if slices.Contains(grants, grant) {
		return nil
	}
	return refusal.OAuth("unauthorized_client", strings.Join(grants, ", "))
}

// issue keeps a new access token for the management API and shows it.
func (s *Server) issue(t *accessToken) object { return s.issueFor(t, "", tokenLife) }

// issueFor keeps an access token for that long and shows it; without a value it gets one that is opaque to everybody
// but the org. Tokens that have ended are forgotten on this occasion.
func (s *Server) issueFor(t *accessToken, value string, life time.Duration) object {
	now := s.now()
	maps.DeleteFunc(s.issued, func(_ string, old *accessToken) bool { return !now.Before(old.expires) })
	if value == "" {
		value = "ey" + s.noise.Text(80)
	}
	t.expires = now.Add(life)
	s.issued[value] = t
	kind := bearerType
	if t.boundTo != "" {
		kind = dpopType
	}
	return object{
		"token_type": kind, "expires_in": int(life.Seconds()), "access_token": value, "scope": strings.Join(t.scopes, " "),
	}
}

// once reports whether an id is new, and remembers it for that long.
func (s *Server) once(id string, life time.Duration) bool {
	now := s.now()
	maps.DeleteFunc(s.used, func(_ string, end time.Time) bool { return !now.Before(end) })
	if _, old := s.used[id]; old {
		return false
	}
	s.used[id] = now.Add(life)
	return true
}
