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
		make    func(*testing.T, *simulator.Server)
		key     guide.Key
		problem string
	}{
		"apps of ours": {
			func(t *testing.T, sim *simulator.Server) {
				t.Helper()
				must(oktaAdmin(t, sim).CreateApp(t.Context(), okta.NewApp{
					Label: "Chat", GrantTypes: []string{"authorization_code"}, RedirectURIs: []string{"http://localhost:8080/"}, ManagedBy: mark.Tag,
				}))(t)
			},
			guide.AppName, `Okta has several objects of the kind app integration named "Chat": {id}, {id}.`,
		},
		"configurations": {
			func(t *testing.T, sim *simulator.Server) {
				t.Helper()
				must(genesysAdmin(t, sim).CreateConfiguration(t.Context(), genesys.NewConfiguration{Name: "Chat", Languages: []string{"de"}, DefaultLanguage: "de"}))(t)
			},
			guide.MessengerConfig, `Genesys Cloud has several objects of the kind configuration named "Chat": {id}, {id}.`,
		},
		"deployments": {
			func(t *testing.T, sim *simulator.Server) {
				t.Helper()
				website, _ := theWebsite(t, sim)
				must(genesysAdmin(t, sim).CreateDeployment(t.Context(), genesys.NewDeployment{
					Name: "Chat", ConfigurationID: website.ID, ConfigurationVersion: "1", AllowAllDomains: true,
				}))(t)
			},
			guide.DeploymentName, `Genesys Cloud has several objects of the kind deployment named "Chat": {id}, {id}.`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 3})
			tt.make(t, sim)
			tt.make(t, sim)
			set(t, session, tt.key, "Chat")
			_, err := session.Plan(t.Context())
			e := asError(t, err)
			same(t, "problem", tt.problem, anonymous(sim, e.Problem))
			same(t, "fix", fix, e.Fix)
			same(t, "question", tt.key, e.Question)
			same(t, "exit code", 5, explain.ExitCode(err))
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
		e := asError(t, err)
		same(t, "problem", `The Messenger configuration "Begun" has unpublished edits by user {id} on {when}. It has never been published; publishing would release them to your visitors.`, anonymous(sim, e.Problem))
		same(t, "fix", fixForeign, e.Fix)
		same(t, "exit code", 5, explain.ExitCode(err))
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
