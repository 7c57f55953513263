package setup

import (
	"testing"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
)

// TestSeveralOfOneName: of what a name does not tell apart, none is taken.
func TestSeveralOfOneName(t *testing.T) {
	t.Parallel()
	const fix = "The wizard does not guess. Give the id of the one you mean, or choose another name."
	for name, tt := range map[string]struct {
		make    func(fixture)
		key     guide.Key
		problem string
	}{
		"apps of ours": {
			func(f fixture) {
				must(f.okta().CreateApp(f.Context(), okta.NewApp{
					Label: "Chat", GrantTypes: []string{"authorization_code"}, RedirectURIs: []string{"http://localhost:8080/"}, ManagedBy: mark.Tag,
				}))(f.T)
			},
			guide.AppName, `Okta has several objects of the kind app integration named "Chat": {id}, {id}.`,
		},
		"configurations": {
			func(f fixture) {
				must(f.genesys().CreateConfiguration(f.Context(), genesys.NewConfiguration{Name: "Chat", Languages: []string{"de"}, DefaultLanguage: "de"}))(f.T)
			},
			guide.MessengerConfig, `Genesys Cloud has several objects of the kind configuration named "Chat": {id}, {id}.`,
		},
		"deployments": {
			func(f fixture) {
				website, _ := theWebsite(f.T, f.sim)
				must(f.genesys().CreateDeployment(f.Context(), genesys.NewDeployment{
					Name: "Chat", ConfigurationID: website.ID, ConfigurationVersion: "1", AllowAllDomains: true,
				}))(f.T)
			},
			guide.DeploymentName, `Genesys Cloud has several objects of the kind deployment named "Chat": {id}, {id}.`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 3})
			f := fixture{t, sim, session}
			tt.make(f)
			tt.make(f)
			set(t, session, tt.key, "Chat")
			_, err := session.Plan(t.Context())
			same(t, "refusal", refusal{explain.ClassConflict, tt.key, false, tt.problem, fix}, refusalOf(t, sim, err))
			same(t, "writes", 0, session.Calls().Writes)
		})
	}
}

// TestForeignDraftNeverPublished: what somebody else has begun is not published for them.
func TestForeignDraftNeverPublished(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 3})
	made := must(genesysAdmin(t, sim).CreateConfiguration(t.Context(), genesys.NewConfiguration{Name: "Begun", Languages: []string{"de"}, DefaultLanguage: "de"}))(t)
	for _, given := range []string{"Begun", made.ID} {
		set(t, session, guide.MessengerConfig, given)
		_, err := session.Plan(t.Context())
		same(t, "refusal", refusal{
			Class: explain.ClassConflict, Question: guide.MessengerConfig, Fix: fixForeign,
			Problem: `The Messenger configuration "Begun" has unpublished edits by user {id} on {when}. It has never been published; publishing would release them to your visitors.`,
		}, refusalOf(t, sim, err))
	}
	same(t, "writes", 0, session.Calls().Writes)
}

// TestDeploymentByName: the deployment that is live is moved, by its name or by its id.
func TestDeploymentByName(t *testing.T) {
	t.Parallel()
	for _, byID := range []bool{false, true} {
		sim, session := world(t, simulator.Options{Seed: 3})
		website, live := theWebsite(t, sim)
		before := count(sim)
		set(t, session, guide.MessengerConfig, website.Name)
		set(t, session, guide.DeploymentName, live.Name)
		if byID {
			set(t, session, guide.MessengerConfig, website.ID)
			set(t, session, guide.DeploymentName, live.ID)
		}
		mustRun(t, session)
		same(t, "deployment of the result", live.ID, session.Result(0).Genesys.DeploymentID)
		same(t, "configuration of the result", website.ID, session.Result(0).Genesys.ConfigurationID)
		want := guideMakes(before)
		want.Genesys.Configurations--
		want.Genesys.Deployments--
		same(t, "objects", want, count(sim))
	}
}
