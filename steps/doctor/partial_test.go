package doctor

import (
	"errors"
	"strings"
	"testing"

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
			keys: []guide.Key{guide.GenesysRegion, guide.GenesysClientID, guide.GenesysClientSecret}, skipped: oktaChecks, needs: "This needs a sign-in to Okta",
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
			r, err := Examine(t.Context(), Config{Env: w.visit(t, tt.keys...), Deployment: w.made.Genesys.DeploymentID})
			noError(t, err)
			same(t, "what is wrong", []string{}, bad(r))
			same(t, "what was skipped", tt.skipped, skips(r))
			if f := finding(t, r, tt.skipped[0]); !strings.HasPrefix(f.Why, tt.needs) {
				t.Errorf("skipped because %q", f.Why)
			}
			same(t, "repairs", 0, len(r.offered()))
		})
	}
}

func TestOktaOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 3})
	_, err := Examine(t.Context(), Config{Env: w.visit(t, guide.OktaOrg, guide.OktaToken)})
	same(t, "problem", "There is nothing to look at: no region with a deployment is named, and no page.", problem(t, err))
}

func TestAWrongOktaTokenLeavesTheRest(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 3})
	r := w.examine(t, func(c *Config) { noError(t, c.Env.Answers.Set(guide.OktaToken, guide.FromUser, "00wrong")) })
	same(t, "what is wrong", []string{}, bad(r))
	same(t, "what was skipped", oktaChecks, skips(r))
	if f := finding(t, r, "app"); !strings.Contains(f.Why, "token") {
		t.Errorf("skipped because %q", f.Why)
	}
}

func TestPickingTheDeployment(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 3})
	options, err := Deployments(t.Context(), w.visit(t, both...))
	noError(t, err)
	names := map[string]string{}
	for _, o := range options {
		names[o.Label] = o.Note
	}
	same(t, "deployments", map[string]string{
		"Main website": "pins version 1, serves www.acmecc.example, shop.acmecc.example", "Web SSO": "pins version 1, serves localhost",
	}, names)
	for wanted, want := range map[string]string{
		"": w.made.Genesys.DeploymentID, "Web SSO": w.made.Genesys.DeploymentID, w.made.Genesys.DeploymentID: w.made.Genesys.DeploymentID,
	} {
		same(t, "deployment for "+wanted, want, w.examine(t, func(c *Config) { c.Deployment = wanted }).Chain.DeploymentID)
	}
	_, err = Examine(t.Context(), Config{Env: w.visit(t, both...), Deployment: "Nowhere"})
	same(t, "problem", `Genesys Cloud has no Messenger deployment "Nowhere".`, problem(t, err))
	_, err = Deployments(t.Context(), w.visit(t, guide.GenesysRegion))
	same(t, "problem", "Nobody is signed in to Genesys Cloud, so its deployments cannot be listed.", problem(t, err))
}

// TestADeploymentWithoutSignIn: nothing of the chain behind the configuration is known, and nothing is guessed.
func TestADeploymentWithoutSignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 3})
	r := w.examine(t, func(c *Config) { c.Deployment = "Main website" })
	same(t, "authentication", Fail, finding(t, r, "authentication").State)
}

// problem is what an error says has happened.
func problem(t *testing.T, err error) string {
	t.Helper()
	var e *explain.Error
	if !errors.As(err, &e) {
		t.Fatalf("no *Error: %v", err)
	}
	return e.Problem
}
