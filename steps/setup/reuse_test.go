package setup

import (
	"slices"
	"strings"
	"testing"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
)

// TestAppChosenByID: an app that somebody else made is used when it is named by its id, and keeps all it has.
func TestAppChosenByID(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 3})
	admin := oktaAdmin(t, sim)
	made := must(admin.CreateApp(t.Context(), okta.NewApp{
		Label: "Customer chat", GrantTypes: []string{"authorization_code"},
		RedirectURIs: []string{"https://shop.example/chat"}, LogoutURIs: []string{"https://shop.example/"},
	}))(t)
	objects := count(sim)
	set(t, session, guide.AppName, made.ID)
	set(t, session, guide.RedirectURIs, "http://localhost:8080/")
	set(t, session, guide.GrantTypes, "refresh_token")
	mustRun(t, session)
	found := must(admin.App(t.Context(), made.ID))(t)
	same(t, "label", "Customer chat", found.Label)
	same(t, "redirect URIs", []string{"https://shop.example/chat", "http://localhost:8080/"}, found.RedirectURIs)
	same(t, "sign-out URIs", []string{"https://shop.example/", "http://localhost:8080/"}, found.LogoutURIs)
	same(t, "grant types", []string{"authorization_code", "refresh_token"}, found.GrantTypes)
	same(t, "client of the result", made.ClientID, session.Result(0).Okta.ClientID)
	want := guideMakes(objects)
	want.Okta.Apps--
	want.Okta.Secrets--
	want.Okta.GroupsAssigned-- // nobody said who may sign in to it
	same(t, "objects", want, count(sim))

	again, wrote := visit(t, sim), writes(sim)
	set(t, again, guide.AppName, made.ID)
	set(t, again, guide.RedirectURIs, "http://localhost:8080/")
	plan := planned(t, again)
	for _, c := range plan.Changes {
		if c.Writes() {
			t.Errorf("a second run would %s %s %s: %s", c.Verb, c.Kind, c.Name, c.Why)
		}
	}
	noError(t, apply(t, again, plan))
	same(t, "writes of a second run", wrote, writes(sim))
}

func TestAppThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	sim, _ := world(t, simulator.Options{Seed: 3})
	apps := must(oktaAdmin(t, sim).Apps(t.Context(), ""))(t)
	for label, problem := range map[string]string{
		"Old chat":           "but it is inactive: nobody can sign in with it.",
		"Okta Admin Console": "is not an OIDC web application: it has no client secret for Genesys Cloud.",
	} {
		i := slices.IndexFunc(apps, func(a okta.App) bool { return a.Label == label })
		if i < 0 {
			continue
		}
		session := visit(t, sim)
		set(t, session, guide.AppName, apps[i].ID)
		_, err := session.Plan(t.Context())
		e := asError(t, err)
		if e.Class != explain.ClassConflict || !strings.Contains(e.Problem, problem) || e.Question != guide.AppName {
			t.Errorf("%s: %d %s", label, e.Class, e.Problem)
		}
	}
}

func TestIntegrationChosenByID(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 4})
	id := foreignIntegration(t, sim, "Sign-in of the shop")
	objects := count(sim)
	set(t, session, guide.IntegrationName, id)
	mustRun(t, session)
	config := must(genesysAdmin(t, sim).IntegrationConfig(t.Context(), id))(t)
	same(t, "name", "Sign-in of the shop", config.Name)
	same(t, "notes", "by hand\n"+mark.Credential(false, session.Result(0).Okta.ClientID, guide.Host(sim.OktaURL())), config.Notes)
	same(t, "integration", id, session.Result(0).Genesys.IntegrationID)
	want := guideMakes(objects)
	want.Genesys.Integrations--
	same(t, "objects", want, count(sim))

	again := visit(t, sim)
	set(t, again, guide.IntegrationName, id)
	writesNothing(t, sim, again)
}

func TestOptionsOfWhatExists(t *testing.T) {
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

// TestOptionsWithNamesThatCannotBeTyped: what is shown otherwise than the service has it is chosen by its id.
func TestOptionsWithNamesThatCannotBeTyped(t *testing.T) {
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
