package genesyssim

import (
	"errors"
	"time"
)

// exchange is postWebdeploymentsTokenOauthcodegrantjwtexchange: the code is redeemed at the provider with the
// integration's credential, and the visitor gets a JWT. The implicit flow's idToken is not played.
//
// The contract does not say how the real service words a failure, nor whether it compares the nonce. Chosen here,
// out of the operation's documented codes:
//
//	404 not.found                       there is no such deployment, or it is not public yet
//	403 not.authorized                  the deployment is not Active, authentication is off in the version that it
//	                                    pins, or the integration is not there, not of the type or not ACTIVE
//	401 bad.credentials                 the provider refuses code or client, cannot be used, or its ID token is
//	                                    wrong; a nonce counts as wrong unless it is the request's
//	504 authentication.request.timeout  the provider does not answer in time
//
// What the provider said is kept back, so whoever wants to know the reason has to look at the provider.
func (s *Server) exchange(c *call) (any, error) {
	if err := check("", c.body, exchangeShape); err != nil {
		return nil, err
	}
	oauth := sub(c.body, "oauth")
	if str(oauth, "code") == "" {
		return nil, refuse("parameters.missing")
	}
	rules, err := s.signInRules(str(c.body, "deploymentId"), c.now)
	if err != nil {
		return nil, err
	}
	wish := codeWish{
		code: str(oauth, "code"), redirectURI: str(oauth, "redirectUri"), verifier: str(oauth, "codeVerifier"),
		nonce: str(oauth, "nonce"), issuer: str(oauth, "iss"),
	}
	if seconds, ok := oauth["maxAge"].(float64); ok {
		age := time.Duration(seconds) * time.Second
		wish.maxAge = &age
	}
	got, err := s.provider.redeem(c.r.Context(), rules, wish, s.now)
	switch {
	case errors.Is(err, errSlowProvider):
		return nil, refuse("authentication.request.timeout")
	case err != nil:
		return nil, refuse("bad.credentials")
	}
	return s.admitVisitor(rules, got)
}

// signInRules are what a deployment's visitors sign in by.
type signInRules struct {
	deploymentID           string
	discoveryURI           string
	clientID, clientSecret string
	refreshLife            time.Duration
}

// usualRefreshLife is how long a refresh token is valid unless the integration says otherwise (contract
// genesys.md 1.1, 4).
const usualRefreshLife = 24 * time.Hour

// signInRules reads them from what browsers get of the deployment, so from the version that it pins.
func (s *Server) signInRules(deploymentID string, now time.Time) (signInRules, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sweep(now)
	d := s.deploymentByID(deploymentID)
	if d == nil || !d.seen(now) || d.public(now) == nil {
		return signInRules{}, refuse("not.found")
	}
	live := d.public(now)
	v, _ := s.configurationByID(live.configurationID).version(live.configurationV, true)
	settings := sub(v.settings, "authenticationSettings")
	on, _ := settings["enabled"].(bool)
	i := find(s.integrations, func(i *integration) bool { return i.id == str(settings, "integrationId") })
	if live.status != active || !on || i == nil || i.kind.id != s.messengerID {
		return signInRules{}, refuse("not.authorized")
	}
	if state, _ := s.reported(i, now); state != "ACTIVE" {
		return signInRules{}, refuse("not.authorized")
	}
	rules := signInRules{deploymentID: d.id, refreshLife: usualRefreshLife}
	rules.discoveryURI, _ = i.property(messengerDiscovery).(string)
	if seconds, ok := i.property(messengerLifetime).(float64); ok {
		rules.refreshLife = time.Duration(seconds) * time.Second
	}
	for _, id := range i.config.credentials { // the type takes one
		held := s.credentialByID(id)
		rules.clientID, rules.clientSecret = held.fields[held.kind.fields[0]], held.fields[held.kind.fields[1]]
	}
	return rules, nil
}

// property is the value under a title, which unlike the key is known; nil when it is not set.
func (i *integration) property(title string) any {
	for _, p := range i.kind.properties {
		if p.title == title {
			return i.config.properties[p.key]
		}
	}
	return nil
}
