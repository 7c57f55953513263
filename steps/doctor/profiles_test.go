package doctor

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/steps/guide"
)

// TestEveryKindOfOrg: what the guide makes is healthy in each, whoever looks, and the page code names its issuer.
func TestEveryKindOfOrg(t *testing.T) {
	t.Parallel()
	for _, profile := range oktasim.Profiles() {
		t.Run(profile, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, simulator.Options{Seed: 8, Okta: oktasim.Options{Profile: profile}})
			for name, keys := range map[string][]guide.Key{"both": both, "Genesys Cloud": both[2:], "both, no Okta token": {both[0], both[2], both[3], both[4]}} {
				env := w.visit(t, keys...)
				r, err := Examine(t.Context(), Config{Env: env, Deployment: "Web SSO"})
				assert.NilError(t, err)
				assert.Check(t, is.DeepEqual(bad(r), []string{}), "what is wrong, seen by "+name)
				facts, err := r.Page(t.Context(), env)
				assert.NilError(t, err)
				assert.Check(t, is.Equal(facts.Issuer, w.made.Okta.Issuer), "issuer")
			}
		})
	}
}

// TestTwoDomainsOfOneOrg: a Discovery URI at the org's own domain holds, too, and is left as it is.
func TestTwoDomainsOfOneOrg(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 8, Okta: oktasim.Options{Profile: oktasim.CustomDomain}})
	discovery("{okta}/oauth2/default"+wellKnown)(t, w)
	assert.Check(t, is.DeepEqual(bad(w.examine(t, nil)), []string{}), "what is wrong")
}
