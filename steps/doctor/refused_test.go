package doctor

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// TestWhatMayNotBeRead: a refusal skips the checks that need the answer, says why, and leaves the others.
func TestWhatMayNotBeRead(t *testing.T) {
	t.Parallel()
	for path, tt := range map[string]struct {
		skipped []string
		why     string
	}{
		`^/api/v1/logs$`:                                {[]string{"recent-sign-ins"}, "Okta did not let this admin read the System Log"},
		`^/api/v1/trustedOrigins$`:                      {[]string{"trusted-origins"}, "read the trusted origins"},
		`^/api/v1/authorizationServers/[^/]+/policies$`: {[]string{"access-policy", "token-life"}, "read the access policies"},
		`^/api/v1/apps/[^/]+/users$`:                    {[]string{"assigned"}, "read who is assigned"},
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, simulator.Options{Seed: 9})
			w.sim.Okta().Faults.Add(simkit.Fault{
				Method: http.MethodGet, Path: regexp.MustCompile(path), Status: http.StatusForbidden,
				Header: http.Header{"Content-Type": {"application/json"}}, Body: `{"errorCode":"E0000006","errorSummary":"You do not have permission to perform the requested action"}`,
			})
			r := w.examine(t, nil)
			assert.Check(t, is.DeepEqual(bad(r), []string{}), "what is wrong")
			assert.Check(t, is.DeepEqual(skips(r), tt.skipped), "what was skipped")
			assert.Check(t, is.Contains(finding(t, r, tt.skipped[0]).Why, tt.why), "skipped because")
		})
	}
}

func TestALookThatIsCutShort(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 9})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Examine(ctx, Config{Env: w.visit(t, both...), Deployment: "Web SSO"})
	assert.Check(t, is.Equal(errors.Is(err, context.Canceled), true), "cancelled")
}
