package genesyssim

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/genesyssim/provider"
)

// exchange is postWebdeploymentsTokenOauthcodegrantjwtexchange: the code is redeemed at the provider with the
// integration's credential, and the visitor gets a JWT. An ID token of the implicit flow is verified alone, and gives no
// refresh token (contract genesys.md 4); that the integration must support the flow is a choice.
//
// The contract does not say how the real service words a failure. Chosen here, out of the operation's documented codes:
//
//	404 not.found                       there is no such deployment, or it is not public yet
//	403 not.authorized                  the deployment is not Active or does not serve the page's origin,
//	                                    authentication is off in the version that it uses, or the integration is not
//	                                    there, not of the type, or not ACTIVE
//	401 bad.credentials                 the provider refuses code or client, cannot be used, or its ID token is
//	                                    wrong; a nonce counts as wrong unless it is the request's
//	504 authentication.request.timeout  the provider does not answer in time
//
// What the provider said is kept back, so only the provider has the reason.
func exchange(c *call) (any, error) {
	if err := checkRequest("exchange", c.body); err != nil {
		return nil, err
	}
	oauth := jsontree.Sub(c.body, "oauth")
	wish := provider.Wish{
		Code: jsontree.Text(oauth, "code"), Verifier: jsontree.Text(oauth, "codeVerifier"), Nonce: jsontree.Text(oauth, "nonce"),
		RedirectURI: jsontree.Text(oauth, "redirectUri"), Issuer: jsontree.Text(oauth, "iss"), IDToken: jsontree.Text(oauth, "idToken"),
	}
	switch {
	case wish.Code == "" && wish.IDToken == "":
		return nil, refuse("parameters.missing")
	case wish.Code != "" && wish.RedirectURI == "":
		return nil, broken("oauth.redirectUri", "must not be null")
	}
	if seconds, ok := oauth["maxAge"].(float64); ok {
		age := time.Duration(seconds) * time.Second
		wish.MaxAge = &age
	}
	rules, err := func() (signInRules, error) {
		c.s.mu.Lock()
		defer c.s.mu.Unlock()
		return c.s.rulesFor(c, jsontree.Text(c.body, "deploymentId"))
	}()
	if err != nil {
		return nil, err
	}
	if wish.Integration = rules.Integration; wish.IDToken != "" && !rules.implicit {
		return nil, refuse("bad.credentials")
	}
	got, err := c.s.provider.Redeem(c.r.Context(), wish, c.s.now)
	switch {
	case errors.Is(err, provider.ErrSlow):
		return nil, refuse("authentication.request.timeout")
	case err != nil:
		return nil, refuse("bad.credentials")
	}
	return c.s.admitVisitor(rules, got)
}

// signInRules are what a deployment's visitors sign in by.
type signInRules struct {
	provider.Integration
	deploymentID string
	refreshLife  time.Duration
	implicit     bool // the implicit flow is supported
}

// usualRefreshLife is how long a refresh token is valid unless the integration says otherwise (contract
// genesys.md 1.1, 4).
const usualRefreshLife = 24 * time.Hour

// rulesFor reads them from what browsers get of the deployment, so from the version that it uses. The lock is held.
func (s *Server) rulesFor(c *call, deploymentID string) (signInRules, error) {
	s.sweep(c.now)
	d := s.deployments.find(deploymentID)
	if d == nil || !d.seen(c.now) || d.public(c.now) == nil {
		return signInRules{}, refuse("not.found")
	}
	live := *d.public(c.now)
	auth := jsontree.Sub(s.pinned(live).body, "authenticationSettings")
	r := s.integrations.find(jsontree.Text(auth, "integrationId"))
	on := live["status"] == active && jsontree.Flag(auth, "enabled") && s.signsIn(r, c.now)
	if !on || !allows(live, c.r.Header.Get("Origin")) {
		return signInRules{}, refuse("not.authorized")
	}
	rules := signInRules{deploymentID: d.id, refreshLife: usualRefreshLife}
	for key := range jsontree.Sub(r.body.kind.body.schema, "properties") { // their titles are known, their keys are not
		switch jsontree.Text(r.body.kind.body.schema, "properties."+key+".title") {
		case "Discovery URI":
			rules.DiscoveryURI = jsontree.Text(r.body.properties, key)
		case "Max Refresh Token Lifetime":
			if v, ok := r.body.properties[key].(float64); ok {
				rules.refreshLife = time.Duration(v) * time.Second
			}
		case "Implicit Flow Support":
			rules.implicit, _ = r.body.properties[key].(bool)
		}
	}
	for key, held := range r.body.credentials {
		if key == "proxy" {
			continue
		}
		fields := jsontree.Texts(held.body.kind.body, "displayOrder")
		rules.ClientID = jsontree.Text(held.body.fields, fields[0])
		rules.ClientSecret = jsontree.Text(held.body.fields, fields[1])
	}
	return rules, nil
}

// signsIn reports whether visitors can sign in by an integration.
func (s *Server) signsIn(r *versioned[integration], now time.Time) bool {
	if r == nil || r.body.kind.id != s.messengerID {
		return false
	}
	state, _ := s.reported(r, now)
	return state == "ACTIVE"
}

// allows reports whether a deployment's Messenger may be on a page (contract genesys.md 2.4). Who sends no origin is
// no browser.
func allows(deployment object, origin string) bool {
	if origin == "" || jsontree.Flag(deployment, "allowAllDomains") {
		return true
	}
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" {
		return false
	}
	host := strings.ToLower(strings.TrimSuffix(u.Host, ":"+u.Port())) // with the brackets of IPv6, as browsers write it
	domains, _ := deployment["allowedDomains"].([]any)
	return slices.ContainsFunc(domains, func(domain any) bool {
		return strings.HasSuffix("."+host, "."+strings.ToLower(domain.(string)))
	})
}
