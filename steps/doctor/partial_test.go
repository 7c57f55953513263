package doctor

import (
	"errors"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// skips are the checks that were skipped.
func skips(r *Report) []string {
	out := []string{}
	for _, f := range r.Findings {
		if f.State == Skipped && f.Check != "site-page" {
			out = append(out, f.Check)
		}
	}
	return out
}

var oktaChecks = []string{"app", "redirect-uris", "grant-types", "pkce", "assigned", "access-policy", "token-life", "trusted-origins", "recent-sign-ins"}

// TestLessThanAllCredentials: what cannot be read is skipped with what it would take, and the rest is looked at.
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
				"integration", "integration-state", "discovery-uri", "credential", "document", "keys",
			}, oktaChecks...),
			needs: "This needs a sign-in to Genesys Cloud",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, r := w.look(t, tt.keys...)
			assert.Check(t, is.DeepEqual(bad(r), []string{}), "what is wrong")
			assert.Check(t, is.DeepEqual(skips(r), tt.skipped), "what was skipped")
			f := finding(t, r, tt.skipped[0])
			assert.Check(t, strings.HasPrefix(f.Why, tt.needs), "skipped because %q", f.Why)
			assert.Check(t, is.Equal(len(r.Fixes()), 0), "repairs")
		})
	}
}

func TestNothingToLookAt(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 3})
	for _, keys := range [][]guide.Key{nil, {guide.OktaOrg, guide.OktaToken}} {
		_, err := Examine(t.Context(), Config{Env: w.visit(t, keys...)})
		assert.Check(t, is.Equal(problem(t, err), "There is nothing to look at: no region with a deployment is named, and no page."), keys)
		assert.Check(t, is.Equal(explain.ExitCode(err), 2), "exit code")
	}
}

func TestAWrongOktaTokenLeavesTheRest(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 3})
	r := w.examine(t, func(c *Config) { assert.NilError(t, c.Env.Answers.Set(guide.OktaToken, guide.FromUser, "00wrong")) })
	assert.Check(t, is.DeepEqual(bad(r), []string{}), "what is wrong")
	assert.Check(t, is.DeepEqual(skips(r), oktaChecks), "what was skipped")
	assert.Check(t, is.Contains(finding(t, r, "app").Why, "token"), "skipped because")
}

func TestPickingTheDeployment(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 3})
	options, err := Deployments(t.Context(), w.visit(t, both...))
	assert.NilError(t, err)
	names := map[string]string{}
	for _, o := range options {
		names[o.Label] = o.Note
	}
	assert.Check(t, is.DeepEqual(names, map[string]string{
		"Main website": "pins version 1, serves www.acmecc.example, shop.acmecc.example", "Web SSO": "pins version 1, serves localhost",
	}), "deployments")
	for wanted, want := range map[string]string{
		"": w.made.Genesys.DeploymentID, "Web SSO": w.made.Genesys.DeploymentID, w.made.Genesys.DeploymentID: w.made.Genesys.DeploymentID,
	} {
		assert.Check(t, is.Equal(w.examine(t, func(c *Config) { c.Deployment = wanted }).Chain.DeploymentID, want), "deployment for "+wanted)
	}
	_, err = Examine(t.Context(), Config{Env: w.visit(t, both...), Deployment: "Nowhere"})
	assert.Check(t, is.Equal(problem(t, err), `Genesys Cloud has no Messenger deployment "Nowhere".`), "problem")
	_, err = Deployments(t.Context(), w.visit(t, guide.GenesysRegion))
	assert.Check(t, is.Equal(problem(t, err), "Nobody is signed in to Genesys Cloud, so its deployments cannot be listed."), "problem")
}

// TestADeploymentWithoutSignIn: nothing of the chain behind the configuration is known, and nothing is guessed.
func TestADeploymentWithoutSignIn(t *testing.T) {
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
