package setup

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/steps/explain"
)

func TestRoles(t *testing.T) {
	t.Parallel()
	for roles, problem := range map[string]string{
		"":                                  "", // unknown: it shows when it is needed
		"SUPER_ADMIN":                       "",
		"APP_ADMIN":                         "",
		"ORG_ADMIN":                         "",
		"API_ACCESS_MANAGEMENT_ADMIN":       "",
		"CUSTOM":                            "",
		"READ_ONLY_ADMIN APP_ADMIN":         "",
		"READ_ONLY_ADMIN":                   "READ_ONLY_ADMIN",
		"HELP_DESK_ADMIN REPORT_ADMIN":      "HELP_DESK_ADMIN, REPORT_ADMIN",
		"USER_ADMIN GROUP_MEMBERSHIP_ADMIN": "USER_ADMIN, GROUP_MEMBERSHIP_ADMIN",
	} {
		var held []okta.Role
		for _, kind := range strings.Fields(roles) {
			held = append(held, okta.Role{Type: kind, Status: "ACTIVE"})
		}
		err := roleProblem(held)
		if problem == "" {
			if err != nil {
				t.Errorf("%q: %v", roles, err)
			}
			continue
		}
		same(t, roles, "This admin may make no app integration: the role is "+problem+".", asError(t, err).Problem)
	}
}

// TestReadOnlyServiceApp: Okta does not tell a service app's roles, so that its first write shows them.
func TestReadOnlyServiceApp(t *testing.T) {
	t.Parallel()
	sim, env := world(t, simulator.Options{Seed: 2, Okta: oktasim.Options{ReadOnly: true}})
	byKey(t, env, must(sim.ServiceApp())(t))
	before := count(sim).Okta
	must(MakePlan(t.Context(), env))(t)
	err := Apply(t.Context(), env)
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
			_, env := world(t, simulator.Options{Seed: 2, WrapOkta: shift})
			plan := must(MakePlan(t.Context(), env))(t)
			i := slices.IndexFunc(plan.Notices, func(n Notice) bool { return strings.Contains(n.Text, "clock") })
			same(t, "told", tt.told, i >= 0)
			if i >= 0 && (plan.Notices[i].OK || !clockText.MatchString(plan.Notices[i].Text)) {
				t.Errorf("%+v", plan.Notices[i])
			}
		})
	}
}
