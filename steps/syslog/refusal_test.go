package syslog

import (
	"maps"
	"slices"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// The descriptions are Okta's (contract okta.md 11).
func TestOAuthErrorCodes(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ oauth, description, code string }{
		{"access_denied", "User is not assigned to the client application.", "user_not_assigned"},
		{"access_denied", "Policy evaluation failed for this request, please check the policy configurations.", "no_matching_policy"},
		{"access_denied", "Policy evaluation succeeded, but all the requested scopes were rejected.", "no_scope_allowed"},
		{"access_denied", "Some of the requested scopes were denied by the policy. Denied scopes: [offline_access].", "scope_denied"},
		{"access_denied", "The user's password is expired.", "password_expired"},
		{"access_denied", "The resource owner or authorization server denied the request.", "access_denied"},
		{"invalid_client", "Invalid value for 'client_id' parameter.", "invalid_client_id"},
		{"invalid_client", "The client secret supplied for a confidential client is invalid.", "invalid_client_secret"},
		{"invalid_client", "", "invalid_client_secret"},
		{"invalid_grant", "The authorization code is invalid or has expired.", "invalid_authorization_code"},
		{"invalid_grant", "The 'redirect_uri' doesn't match the redirection URI used in the authorization request.", "mismatched_redirect_uri"},
		{"invalid_grant", "PKCE verification failed.", "pkce_verification_failed"},
		{"invalid_request", "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings.", "illegal_redirect_uri"},
		{"invalid_request", "PKCE code challenge is required by the application.", "pkce_missing_challenge"},
		{"invalid_request", "PKCE code verifier is required by the application.", "pkce_missing_verifier"},
		{"access_denied", "The request is made from outside the client's permitted network zones.", "disallowed_network_zone"},
		{"invalid_request", "The application requires a pushed authorization request.", "par_required"},
		{"invalid_dpop_proof", "The DPoP proof JWT header is missing.", "invalid_dpop_proof"},
		{"invalid_request", "Something else.", "invalid_request"},
		{"login_required", "The client specified not to prompt, but the user isn't logged in.", "login_required"},
		{"of_next_year", "", "of_next_year"},
	} {
		assert.Check(t, is.Equal(Code(row.oauth, row.description), row.code), row.oauth+": "+row.description)
	}
}

func TestEveryCodeOfARefusalHasASentence(t *testing.T) {
	t.Parallel()
	own := []string{
		"access_denied", "consent_required", "interaction_required", "invalid_scope", "login_required", "missing_redirect_uri",
		"server_error", "temporarily_unavailable", "unauthorized_client", "unsupported_response_type",
	}
	for _, code := range own {
		assert.Check(t, is.Equal(Code(code, ""), code))
	}
	codes := slices.AppendSeq(own, maps.Values(kinds))
	for _, r := range refusals {
		codes = append(codes, r.code)
	}
	for _, code := range codes {
		assert.Check(t, meanings[code].problem != "" && meanings[code].fix != "", "%s: no sentence or no next step", code)
	}
}
