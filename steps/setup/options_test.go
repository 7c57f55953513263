package setup

import (
	"slices"
	"strings"
	"testing"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
)

func TestOptions(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 1})
	options := func(session *Session, key guide.Key, filter string) []guide.Option {
		q, _ := guide.QuestionFor(key)
		return must(session.Options(t.Context(), q, filter))(t)
	}
	same(t, "groups before the plan", []guide.Option{{Value: "Web customers", Label: "Web customers", Note: "People with an account on the web site"}}, options(session, guide.AssignGroups, "Web c"))
	same(t, "configurations before the plan", nil, options(session, guide.MessengerConfig, ""))
	planned(t, session)
	same(t, "configurations", []guide.Option{{Value: "Main website", Label: "Main website", Note: "used by 1 deployment"}, {Value: "Help centre", Label: "Help centre", Note: "used by no deployment"}}, options(session, guide.MessengerConfig, ""))
	same(t, "configurations filtered", []guide.Option{{Value: "Help centre", Label: "Help centre", Note: "used by no deployment"}}, options(session, guide.MessengerConfig, "HELP"))
	same(t, "deployments", []guide.Option{{Value: "Main website", Label: "Main website", Note: "pins version 1, serves www.acmecc.example, shop.acmecc.example"}}, options(session, guide.DeploymentName, ""))
	same(t, "flows", []guide.Option{{Value: "none", Label: "No flow yet", Note: "messages reach nobody"}, {Value: "Web chat", Label: "Web chat", Note: "published"}}, options(session, guide.MessageFlow, ""))
	same(t, "ways to assign", 3, len(options(session, guide.Assign, "")))
	same(t, "writes", 0, writes(sim))
}

func TestOptionsOfExistingObjects(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 4})
	id := foreignIntegration(t, sim, "Sign-in of the shop")
	planned(t, session)
	for key, want := range map[guide.Key]guide.Option{
		guide.IntegrationName: {Value: id, Label: "Sign-in of the shop", Note: "inactive"},
		guide.DiscoveryURI:    {Value: sim.OktaURL() + "/oauth2/default" + wellKnownTail, Label: "default", Note: sim.OktaURL() + "/oauth2/default"},
	} {
		q, _ := guide.QuestionFor(key)
		options := must(session.Options(t.Context(), q, ""))(t)
		if !slices.Contains(options, want) {
			t.Errorf("%s: %+v is not among %+v", key, want, options)
		}
	}
	q, _ := guide.QuestionFor(guide.AppName)
	options := must(session.Options(t.Context(), q, "Customer"))(t)
	if len(options) != 1 || options[0].Label != "Customer portal" {
		t.Errorf("apps that begin with Customer: %+v", options)
	}
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
			options := must(session.Options(t.Context(), q, ""))(t)
			at := slices.IndexFunc(options, func(o guide.Option) bool { return o.Label == apiclient.Clean(name) })
			if at < 0 {
				t.Fatalf("%s: %q is not among %+v", key, name, options)
			}
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
