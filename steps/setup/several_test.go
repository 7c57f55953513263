package setup

import (
	"testing"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
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
					Label: "Chat", GrantTypes: []string{"authorization_code"}, RedirectURIs: []string{"http://localhost:8080/"}, ManagedBy: tag,
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
			sim, env := world(t, simulator.Options{Seed: 3})
			tt.make(t, sim)
			tt.make(t, sim)
			set(t, env, tt.key, "Chat")
			_, err := MakePlan(t.Context(), env)
			e := asError(t, err)
			same(t, "problem", tt.problem, anonymous(sim, e.Problem))
			same(t, "fix", fix, e.Fix)
			same(t, "question", tt.key, e.Question)
			same(t, "exit code", 5, explain.ExitCode(err))
			same(t, "writes", 0, env.Calls().Writes)
		})
	}
}

// TestForeignDraftNeverPublished: what somebody else has begun is not published for them.
func TestForeignDraftNeverPublished(t *testing.T) {
	t.Parallel()
	sim, env := world(t, simulator.Options{Seed: 3})
	made := must(genesysAdmin(t, sim).CreateConfiguration(t.Context(), genesys.NewConfiguration{Name: "Begun", Languages: []string{"de"}, DefaultLanguage: "de"}))(t)
	for _, given := range []string{"Begun", made.ID} {
		set(t, env, guide.MessengerConfig, given)
		_, err := MakePlan(t.Context(), env)
		e := asError(t, err)
		same(t, "problem", `The Messenger configuration "Begun" has unpublished edits by user {id} on {when}. It has never been published; publishing would release them to your visitors.`, anonymous(sim, e.Problem))
		same(t, "fix", fixForeign, e.Fix)
		same(t, "exit code", 5, explain.ExitCode(err))
	}
	same(t, "writes", 0, env.Calls().Writes)
}

// TestDeploymentByName: the deployment that is live is moved, by its name or by its id.
func TestDeploymentByName(t *testing.T) {
	t.Parallel()
	for _, byID := range []bool{false, true} {
		sim, env := world(t, simulator.Options{Seed: 3})
		website, live := theWebsite(t, sim)
		before := count(sim)
		set(t, env, guide.MessengerConfig, website.Name)
		set(t, env, guide.DeploymentName, live.Name)
		if byID {
			set(t, env, guide.MessengerConfig, website.ID)
			set(t, env, guide.DeploymentName, live.ID)
		}
		mustRun(t, env)
		same(t, "deployment of the result", live.ID, env.Result(0).Genesys.DeploymentID)
		same(t, "configuration of the result", website.ID, env.Result(0).Genesys.ConfigurationID)
		want := guideMakes(before)
		want.Genesys.Configurations--
		want.Genesys.Deployments--
		same(t, "objects", want, count(sim))
	}
}
