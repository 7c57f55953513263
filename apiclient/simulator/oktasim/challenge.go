package oktasim

import (
	"errors"
	"fmt"
	"strings"

	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/oktasim/signing"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// challenge writes the header that says why an access token was refused (contract okta.md 1.7).
func (c *call) challenge(proven bool, scope, code, description string) {
	parts := []string{}
	add := func(name, value string) { parts = append(parts, fmt.Sprintf("%s=%q", name, value)) }
	scheme := bearerType
	if proven {
		scheme = dpopType
		add("algs", signing.Algorithms())
	}
	base := simkit.Base(c.r)
	add("authorization_uri", base+"/oauth2/v1/authorize")
	add("realm", base)
	if scope == "" {
		scope = c.neededScope()
	}
	add("scope", scope)
	add("error", code)
	add("error_description", description)
	add("resource", c.r.URL.Path)
	c.header.Set("WWW-Authenticate", scheme+" "+strings.Join(parts, ", "))
}

// challengeWith puts an OAuth error into the header alone.
func (c *call) challengeWith(err error) error {
	var e *refusal.OAuthError
	if !errors.As(err, &e) {
		return err
	}
	c.challenge(true, "", e.Code, e.Description)
	return refusal.Bare(e.Status)
}
