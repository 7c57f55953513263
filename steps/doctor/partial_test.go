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
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

// onlySkips: nothing is wrong, these checks were skipped, and the first of them says why.
func onlySkips(t *testing.T, r *Report, checks []string, why string) {
	t.Helper()
	var skipped []string
	for _, f := range r.Findings {
		if f.State == Skipped && f.Check != "site-page" {
			skipped = append(skipped, f.Check)
		}
	}
	assert.Check(t, is.DeepEqual(bad(r), []string{}), "what is wrong")
	assert.Check(t, is.DeepEqual(skipped, checks), "what was skipped")
	assert.Check(t, is.Contains(finding(t, r, checks[0]).Why, why), "skipped because")
}

var oktaChecks = []string{"app", "client-secret", "redirect-uris", "grant-types", "pkce", "client-settings", "assigned", "sign-in-policy", "access-policy", "visitor-names", "token-life", "trusted-origins", "recent-sign-ins"}

// TestLessThanAllCredentials: what cannot be read is skipped with what it would take, and the rest is checked.
func TestLessThanAllCredentials(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 3})
	for name, tt := range map[string]struct {
		keys    []guide.Key
		skipped []string
		needs   string
	}{
		"Genesys Cloud only": {
			keys: genesysOnly, skipped: oktaChecks, needs: "This needs a sign-in to Okta",
		},
		"the region only": {
			keys: []guide.Key{guide.GenesysRegion},
			skipped: append([]string{
				"deployment", "public-domains", "pinned-version", "authentication",
				"integration", "discovery-uri", "credential", "integration-state", "document", "keys",
			}, oktaChecks...),
			needs: "This needs a sign-in to Genesys Cloud",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, r := w.examineWith(t, tt.keys...)
			onlySkips(t, r, tt.skipped, tt.needs)
			assert.Check(t, is.Equal(len(r.Fixes()), 0), "repairs")
		})
	}
}

func TestNothingToCheck(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 3})
	for _, keys := range [][]guide.Key{nil, {guide.OktaOrg, guide.OktaToken}} {
		_, err := Examine(t.Context(), Config{Env: w.visit(t, keys...)})
		assert.Check(t, is.Equal(problem(t, err), "Nothing to check: no region with a deployment is set, and no page."), keys)
		assert.Check(t, is.Equal(explain.ExitCode(err), 2), "exit code")
	}
}

func TestWrongOktaTokenKeepsRest(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 3})
	r := w.examine(t, func(c *Config) { assert.NilError(t, c.Env.Answers.Set(guide.OktaToken, guide.FromUser, "00wrong")) })
	onlySkips(t, r, oktaChecks, "token")
}

// TestForbiddenReads: a refusal skips the checks that need the answer, says why, and leaves the others.
func TestForbiddenReads(t *testing.T) {
	t.Parallel()
	for path, tt := range map[string]struct {
		skipped []string
		why     string
	}{
		`^/api/v1/logs$`:                                {[]string{"recent-sign-ins"}, "Okta didn't allow this admin to read the System Log"},
		`^/api/v1/trustedOrigins$`:                      {[]string{"trusted-origins"}, "read the trusted origins"},
		`^/api/v1/authorizationServers/[^/]+/policies$`: {[]string{"access-policy", "token-life"}, "read the access policies"},
		`^/api/v1/policies/[^/]+/rules$`:                {[]string{"sign-in-policy"}, "read the app sign-in policy"},
		`^/api/v1/authorizationServers/[^/]+/claims$`:   {[]string{"visitor-names"}, "read the claims"},
		`^/api/v1/apps/[^/]+/users$`:                    {[]string{"assigned"}, "read the assignments"},
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, simulator.Options{Seed: 9})
			w.Sim.Okta().Faults.Add(simkit.Fault{
				Method: http.MethodGet, Path: regexp.MustCompile(path), Status: http.StatusForbidden,
				Header: http.Header{"Content-Type": {"application/json"}}, Body: `{"errorCode":"E0000006","errorSummary":"You do not have permission to perform the requested action"}`,
			})
			onlySkips(t, w.examine(t, nil), tt.skipped, tt.why)
		})
	}
}

func TestCanceledExamination(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 9})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Examine(ctx, Config{Env: w.visit(t, both...), Deployment: "Web SSO"})
	assert.Check(t, is.ErrorIs(err, context.Canceled))
}

func TestPickingTheDeployment(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 3})
	options := kit.Must(Deployments(t.Context(), w.visit(t, both...)))(t)
	names := map[string]string{}
	for _, o := range options {
		names[o.Label] = o.Note
	}
	assert.Check(t, is.DeepEqual(names, map[string]string{
		"Main website": "uses version 1, allows www.acmecc.example, shop.acmecc.example", "Web SSO": "uses version 1, allows localhost",
	}), "deployments")
	for wanted, want := range map[string]string{
		"": w.made.Genesys.DeploymentID, "Web SSO": w.made.Genesys.DeploymentID, w.made.Genesys.DeploymentID: w.made.Genesys.DeploymentID,
	} {
		assert.Check(t, is.Equal(w.examine(t, func(c *Config) { c.Deployment = wanted }).Chain.DeploymentID, want), "deployment for "+wanted)
	}
	_, err := Examine(t.Context(), Config{Env: w.visit(t, both...), Deployment: "Nowhere"})
	assert.Check(t, is.Equal(problem(t, err), `Genesys Cloud has no Messenger deployment "Nowhere".`), "problem")
	_, err = Deployments(t.Context(), w.visit(t, guide.GenesysRegion))
	assert.Check(t, is.Equal(problem(t, err), "You aren't signed in to Genesys Cloud, so its deployments can't be listed."), "problem")
}

// TestDeploymentWithoutSignIn: nothing of the chain behind the configuration is known, and nothing is guessed.
func TestDeploymentWithoutSignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 3})
	r := w.examine(t, func(c *Config) { c.Deployment = "Main website" })
	assert.Check(t, is.Equal(finding(t, r, "authentication").State, Fail), "authentication")
}

// problem is what an error says has happened.
func problem(t *testing.T, err error) string {
	t.Helper()
	var e *explain.Error
	assert.Assert(t, errors.As(err, &e), "no *Error: %v", err)
	return e.Problem
}
