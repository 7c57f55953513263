package syslog

import (
	"maps"
	"msgsso-wizard/apiclient/testkit/cases"
	"slices"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// The descriptions are Okta's (contract okta.md 11).
func TestOAuthErrorCodes(t *testing.T) {
	t.Parallel()
	cases.Check(t, "codes.txt", func(in ...string) string { return Code(in[0], in[1]) })
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
