package doctor

import (
	"testing"

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
				noError(t, err)
				same(t, "what is wrong, seen by "+name, []string{}, bad(r))
				facts, err := r.Page(t.Context(), env)
				noError(t, err)
				same(t, "issuer", w.made.Okta.Issuer, facts.Issuer)
			}
		})
	}
}

// TestTwoDomainsOfOneOrg: a Discovery URI at the org's own domain holds, too, and is left as it is.
func TestTwoDomainsOfOneOrg(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 8, Okta: oktasim.Options{Profile: oktasim.CustomDomain}})
	discovery("{okta}/oauth2/default"+wellKnown)(t, w)
	same(t, "what is wrong", []string{}, bad(w.examine(t, nil)))
}
