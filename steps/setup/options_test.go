package setup

import (
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

func TestOptions(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 1})
	options := func(session *Session, key guide.Key, filter string) []guide.Option {
		q, _ := guide.QuestionFor(key)
		return kit.Must(session.Options(t.Context(), q, filter))(t)
	}
	assert.Check(t, is.DeepEqual(options(session, guide.AssignGroups, "Web c"), []guide.Option{{Value: "Web customers", Label: "Web customers", Note: "People with an account on the web site"}}), "groups before the plan")
	assert.Check(t, is.DeepEqual(options(session, guide.MessengerConfig, ""), []guide.Option(nil)), "configurations before the plan")
	planned(t, session)
	assert.Check(t, is.DeepEqual(options(session, guide.MessengerConfig, ""), []guide.Option{{Value: "Main website", Label: "Main website", Note: "used by 1 deployment"}, {Value: "Help centre", Label: "Help centre", Note: "not used by any deployment"}}), "configurations")
	assert.Check(t, is.DeepEqual(options(session, guide.MessengerConfig, "HELP"), []guide.Option{{Value: "Help centre", Label: "Help centre", Note: "not used by any deployment"}}), "configurations filtered")
	assert.Check(t, is.DeepEqual(options(session, guide.DeploymentName, ""), []guide.Option{{Value: "Main website", Label: "Main website", Note: "uses version 1, allows www.acmecc.example, shop.acmecc.example"}}), "deployments")
	assert.Check(t, is.DeepEqual(options(session, guide.MessageFlow, ""), []guide.Option{{Value: "none", Label: "No flow yet", Note: "messages aren't routed"}, {Value: "Web chat", Label: "Web chat", Note: "published"}}), "flows")
	assert.Check(t, is.Equal(len(options(session, guide.Assign, "")), 3), "ways to assign")
	assert.Check(t, is.Equal(kit.Writes(sim), 0), "writes")
}

func TestOptionsOfExistingObjects(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 4})
	id := foreignIntegration(t, sim, "Sign-in of the shop")
	planned(t, session)
	for key, want := range map[guide.Key]guide.Option{
		guide.IntegrationName: {Value: id, Label: "Sign-in of the shop", Note: "status: inactive"},
		guide.DiscoveryURI:    {Value: sim.OktaURL() + "/oauth2/default" + wellKnownTail, Label: "default", Note: sim.OktaURL() + "/oauth2/default"},
	} {
		q, _ := guide.QuestionFor(key)
		options := kit.Must(session.Options(t.Context(), q, ""))(t)
		assert.Check(t, slices.Contains(options, want), "%s: %+v isn't among %+v", key, want, options)
	}
	q, _ := guide.QuestionFor(guide.AppName)
	options := kit.Must(session.Options(t.Context(), q, "Customer"))(t)
	assert.Check(t, len(options) == 1 && options[0].Label == "Customer portal",
		"apps that begin with Customer: %+v", options)
}

// TestOptionsWithHiddenCharacters: what is shown otherwise than the service has it is chosen by its id.
func TestOptionsWithHiddenCharacters(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"soft\u00adhyphen", "pay\u202etxt", strings.Repeat("long ", 40)} {
		_, session := world(t, simulator.Options{Seed: 4, Names: []string{name}, Genesys: genesyssim.Options{MaxInstances: 50}})
		set(t, session, guide.Assign, guide.AssignSelected)
		set(t, session, guide.AssignGroups, "Web customers")
		set(t, session, guide.MessageFlow, guide.NoFlow)
		planned(t, session)
		for _, key := range []guide.Key{guide.AssignGroups, guide.MessengerConfig, guide.DeploymentName, guide.MessageFlow} {
			q, _ := guide.QuestionFor(key)
			options := kit.Must(session.Options(t.Context(), q, ""))(t)
			at := slices.IndexFunc(options, func(o guide.Option) bool { return o.Label == apiclient.Clean(name) })
			assert.Assert(t, at >= 0, "%s: %q isn't among %+v", key, name, options)
			set(t, session, key, options[at].Value)
		}
		plan := planned(t, session)
		for _, kind := range []guide.ObjectKind{guide.KindAssignment, guide.KindConfiguration, guide.KindDeployment} {
			if !slices.ContainsFunc(plan.Changes, func(c engine.Change) bool { return c.Kind == kind && c.Name == apiclient.Clean(name) && c.ID != "" }) {
				t.Errorf("%s %q is not in %+v", kind, name, plan.Changes)
			}
		}
	}
}

// TestGroupOptionsAreFiltered: the choice opens with the first page and one call, Okta filters what is typed, and a
// group beyond the first page is found by its name.
func TestGroupOptionsAreFiltered(t *testing.T) {
	t.Parallel()
	var guard sentry
	sim, session := world(t, simulator.Options{Seed: 2, WrapOkta: guard.wrap, Okta: oktasim.Options{Groups: 3000}})
	planned(t, session)
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
		options := kit.Must(session.Options(t.Context(), q, tt.typed))(t)
		calls := guard.list()[before:]
		assert.Check(t, is.Equal(len(calls), 1), "calls for "+tt.typed)
		assert.Check(t, is.Equal(calls[0].call, "GET /api/v1/groups"), "the call")
		assert.Check(t, is.Equal(len(options), tt.count), "groups for "+tt.typed)
		if tt.count > 0 {
			assert.Check(t, is.Equal(options[0].Value, tt.first), "the first")
		}
		for _, o := range options {
			assert.Check(t, strings.HasPrefix(o.Label, tt.prefix), "%s for %s", o.Label, tt.typed)
		}
	}
	set(t, session, guide.Assign, guide.AssignSelected)
	set(t, session, guide.AssignGroups, "Group 2999")
	before := kit.Count(sim)
	plan := mustRun(t, session)
	assert.Check(t, is.Equal(lines(plan.Changes)[1], "create | assignment | Group 2999"), "plan")
	assert.Check(t, is.DeepEqual(kit.Count(sim), guideMakes(before)), "objects")
}

// TestLargeOrgs: objects in hundreds is neither missed nor in the way.
func TestLargeOrgs(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{
		Seed: 2, Okta: oktasim.Options{Groups: 3000, Apps: 400},
		Genesys: genesyssim.Options{Configurations: 300, Integrations: 300, CallsPerMinute: 1000},
	})
	before := kit.Count(sim)
	assert.Check(t, is.DeepEqual(lines(mustRun(t, session).Changes), firstVisit), "plan")
	assert.Check(t, is.DeepEqual(kit.Count(sim), guideMakes(before)), "objects")
	wrote := kit.Writes(sim)
	again := visit(t, sim)
	set(t, again, guide.MessengerConfig, "Branch 00299")
	set(t, again, guide.DeploymentName, "Branch 00299")
	plan := planned(t, again)
	assert.Check(t, is.Equal(why(plan, "configuration"), "update: authentication off → on, other settings kept"), "one of many")
	assert.Check(t, is.Equal(kit.Writes(sim), wrote), "writes")
}
