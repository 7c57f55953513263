package setup

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
)

// TestReadOnlyServiceApp: Okta does not tell a service app's roles, so that its first write shows them.
func TestReadOnlyServiceApp(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 2, Okta: oktasim.Options{ReadOnly: true}})
	fixture{t, sim, session}.byKey(must(sim.ServiceApp())(t))
	before := count(sim).Okta
	plan := planned(t, session)
	err := apply(t, session, plan)
	e := asError(t, err)
	same(t, "problem", "Okta did not let this admin set the app integration up. Okta says: You do not have permission to perform the requested action.", e.Problem)
	same(t, "exit code", 4, explain.ExitCode(err))
	same(t, "objects", before, count(sim).Okta)
}

// clockText leaves room for the whole seconds in which a service tells the time.
var clockText = regexp.MustCompile(`^This computer's clock is (9m5[5-9]s|10m[0-5]s) off Okta's\. Set it: sign-ins fail by the clock, too\.$`)

// TestClock: both vendors judge by the time, so a clock that is off is told before it does harm.
func TestClock(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		off  time.Duration
		told bool
	}{
		"right":     {0, false},
		"a little":  {90 * time.Second, false},
		"too late":  {10 * time.Minute, true},
		"too early": {-10 * time.Minute, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			shift := edited(`^/`, func(head http.Header, body string) string {
				head.Set("Date", time.Now().Add(tt.off).UTC().Format(http.TimeFormat))
				return body
			})
			_, session := world(t, simulator.Options{Seed: 2, WrapOkta: shift})
			plan := planned(t, session)
			i := slices.IndexFunc(plan.Notices, func(n engine.Notice) bool { return strings.Contains(n.Text, "clock") })
			same(t, "told", tt.told, i >= 0)
			if i >= 0 && (plan.Notices[i].OK || !clockText.MatchString(plan.Notices[i].Text)) {
				t.Errorf("%+v", plan.Notices[i])
			}
		})
	}
}
