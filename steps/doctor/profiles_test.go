package doctor

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/steps/guide"
)

// TestEveryKindOfOrg: what the guide makes is healthy in each, with all credentials, and the page code names its issuer.
func TestEveryKindOfOrg(t *testing.T) {
	t.Parallel()
	for _, profile := range oktasim.Profiles() {
		t.Run(profile, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, simulator.Options{Seed: 8, Okta: oktasim.Options{Profile: profile}})
			for name, keys := range map[string][]guide.Key{"both": both, "Genesys Cloud": genesysOnly, "both, no Okta token": {both[0], both[2], both[3], both[4]}} {
				env, r := w.examineWith(t, keys...)
				assert.Check(t, is.DeepEqual(bad(r), []string{}), "what is wrong, seen by "+name)
				assert.Check(t, is.Equal(facts(t, env, r).Issuer, w.made.Okta.Issuer), "issuer")
			}
		})
	}
}
