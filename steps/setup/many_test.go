package setup

import (
	"strings"
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/steps/guide"
)

// TestThreeThousandGroups: the choice opens with the first page and one call, Okta filters what is typed, and a
// group beyond the first page is found by its name.
func TestThreeThousandGroups(t *testing.T) {
	t.Parallel()
	var guard sentry
	sim, session := world(t, simulator.Options{Seed: 2, WrapOkta: guard.wrap, Okta: oktasim.Options{Groups: 3000}})
	plan := planned(t, session)
	q, _ := guide.QuestionFor(guide.AssignGroups)
	for _, tt := range []struct {
		typed  string
		count  int
		first  string
		prefix string
	}{
		{"", 200, "Everyone", ""},
		{"Group 29", 100, "Group 2900", "Group 29"},
		{"Group 2999", 1, "Group 2999", "Group 2999"},
		{"Group", 300, "Group 0001", "Group"},
		{"none of these", 0, "", ""},
	} {
		before := len(guard.list())
		options := must(session.Options(t.Context(), q, tt.typed))(t)
		calls := guard.list()[before:]
		same(t, "calls for "+tt.typed, 1, len(calls))
		same(t, "the call", "GET /api/v1/groups", calls[0].call)
		same(t, "groups for "+tt.typed, tt.count, len(options))
		if tt.count > 0 {
			same(t, "the first", tt.first, options[0].Value)
		}
		for _, o := range options {
			if !strings.HasPrefix(o.Label, tt.prefix) {
				t.Errorf("%s for %s", o.Label, tt.typed)
			}
		}
	}
	set(t, session, guide.Assign, guide.AssignSelected)
	set(t, session, guide.AssignGroups, "Group 2999")
	before := count(sim)
	plan, err := runAll(t, session)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "plan", "create | assignment | Group 2999", lines(plan.Changes)[1])
	same(t, "objects", guideMakes(before), count(sim))
}

// TestLargeOrgs: what is there in hundreds is neither missed nor in the way.
func TestLargeOrgs(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{
		Seed: 2, Okta: oktasim.Options{Groups: 3000, Apps: 400},
		Genesys: genesyssim.Options{Configurations: 300, Integrations: 300, CallsPerMinute: 1000},
	})
	before := count(sim)
	same(t, "plan", firstVisit, mustRun(t, session))
	same(t, "objects", guideMakes(before), count(sim))
	wrote := writes(sim)
	again := visit(t, sim)
	set(t, again, guide.MessengerConfig, "Branch 00299")
	set(t, again, guide.DeploymentName, "Branch 00299")
	plan := planned(t, again)
	found := ""
	for _, c := range plan.Changes {
		if c.Kind == guide.KindConfiguration {
			found = string(c.Verb) + " " + c.Name + ": " + c.Why
		}
	}
	same(t, "one of many", "update Branch 00299: authentication off → on, every other setting kept", found)
	same(t, "writes", wrote, writes(sim))
}
