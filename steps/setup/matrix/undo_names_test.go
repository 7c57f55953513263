package matrix

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/setup"
)

// TestUndoNames: the claims of a server are restored, unless an app may rely on them, and what others changed stays.
func TestUndoNames(t *testing.T) {
	t.Parallel()
	const again = "token type Userinfo/id_token request again"
	for name, tt := range map[string]struct {
		does func(*testing.T, *computer, setup.Result)
		want []string // of given_name and family_name
	}{
		"nothing": {func(*testing.T, *computer, setup.Result) {}, []string{"restore " + again, "restore " + again}},
		"a newer app": {func(t *testing.T, c *computer, _ setup.Result) {
			kit.Must(c.okta.CreateApp(t.Context(), okta.NewApp{Label: "Shop", GrantTypes: []string{"authorization_code"}, RedirectURIs: []string{site + "/shop"}}))(t)
		}, []string{`keep the app integration "Shop" is newer and may need it`, `keep the app integration "Shop" is newer and may need it`}},
		"another page of the app": {needs["another page of the app"].does, []string{"keep " + needsIt, "keep " + needsIt}},
		"a claim as before": {func(t *testing.T, c *computer, _ setup.Result) {
			claim := c.claim(t, "given_name")
			claim.Always = false
			kit.Must(c.okta.UpdateClaim(t.Context(), "default", claim))(t)
		}, []string{"", "restore " + again}},
		"an inactive claim": {func(t *testing.T, c *computer, _ setup.Result) {
			claim := c.claim(t, "given_name")
			claim.Status = "INACTIVE"
			kit.Must(c.okta.UpdateClaim(t.Context(), "default", claim))(t)
		}, []string{"restore " + again, "restore " + again}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var opts simulator.Options
			opts.Okta.Profile = oktasim.Workforce
			c := newComputer(t, opts, lagPoll)
			r := c.set(t, map[guide.Key][]string{guide.RedirectURIs: {site + "/chat"}, guide.VisitorNames: {guide.NamesInclude}})
			tt.does(t, c, r.result)
			before := []okta.Claim{c.claim(t, "given_name"), c.claim(t, "family_name")}
			u := setup.NewUndo(r.session, journal.Undoing{Journal: r.journal})
			items := kit.Must(u.Plan(t.Context()))(t)
			for i, claim := range before {
				said := ""
				for _, item := range items {
					if item.Kind == guide.KindClaim && item.ID == claim.ID && item.Act != "" {
						said = string(item.Act) + " " + item.Why
					}
				}
				assert.Check(t, is.Equal(said, tt.want[i]), claim.Name)
			}
			assert.NilError(t, u.Apply(t.Context(), items, engine.NewStop(), nil))
			for i, claim := range before {
				now := c.claim(t, claim.Name)
				assert.Check(t, is.Equal(now.Always, tt.want[i][:min(4, len(tt.want[i]))] == "keep"), claim.Name)
				assert.Check(t, is.Equal(now.Status, claim.Status), claim.Name)
			}
		})
	}
}

// claim returns a system claim of the server "default".
func (c *computer) claim(t *testing.T, name string) okta.Claim {
	t.Helper()
	for _, claim := range kit.Must(c.okta.Claims(t.Context(), "default"))(t) {
		if claim.Name == name {
			return claim
		}
	}
	t.Fatalf("no claim %s", name)
	return okta.Claim{}
}
