package syslog

import "strings"

// refusals are OAuth errors and what their description has in it, by Okta's internal code (contract okta.md 11). The first
// that fits counts. An error that is not here is its own code.
var refusals = []struct{ oauth, says, code string }{
	{"access_denied", "not assigned", "user_not_assigned"},
	{"access_denied", "policy evaluation failed", "no_matching_policy"},
	{"access_denied", "scopes were rejected", "no_scope_allowed"},
	{"access_denied", "denied scopes", "scope_denied"},
	{"access_denied", "password is expired", "password_expired"},
	{"access_denied", "network zone", "disallowed_network_zone"},
	{"invalid_client", "'client_id'", "invalid_client_id"},
	{"invalid_client", "secret", "invalid_client_secret"},
	{"invalid_client", "", "invalid_client_secret"},
	{"invalid_grant", "'redirect_uri'", "mismatched_redirect_uri"},
	{"invalid_grant", "pkce", "pkce_verification_failed"},
	{"invalid_grant", "", "invalid_authorization_code"},
	{"invalid_redirect_uri", "", "illegal_redirect_uri"},
	{"invalid_request", "'redirect_uri'", "illegal_redirect_uri"},
	{"invalid_request", "verifier is required", "pkce_missing_verifier"},
	{"invalid_request", "challenge is required", "pkce_missing_challenge"},
	{"invalid_request", "pushed", "par_required"},
	{"invalid_request", "should be specified in the authorize request", "pkce_missing_challenge_verifier_present"},
}

// Code is Okta's internal code of an OAuth error and its description, or the error itself.
func Code(oauthError, description string) string {
	description = strings.ToLower(description)
	for _, r := range refusals {
		if r.oauth == oauthError && strings.Contains(description, r.says) {
			return r.code
		}
	}
	return oauthError
}
