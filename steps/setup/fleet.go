package setup

import (
	"msgsso-wizard/apiclient"
)

// RateLimits returns what the services said about their rate limits, and how many calls counted against each.
func (s *Session) RateLimits() []apiclient.RateLimit {
	var all []apiclient.RateLimit
	in := s.orgs()
	if in.okta.API != nil {
		all = append(all, in.okta.API.RateLimits()...)
	}
	if in.genesys.API != nil {
		all = append(all, in.genesys.API.RateLimits()...)
	}
	return all
}

// PlannedSnippet returns the snippet of the deployment that the last plan found; empty: it found none.
func (s *Session) PlannedSnippet() string {
	deployment, _ := s.current().deployment.Peek()
	return deployment.Snippet
}
