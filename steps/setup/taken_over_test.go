package setup

import (
	"cmp"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/journal"
)

// takeOver changes what OpenTofu may change of each object: its mark, and its name unless that is empty.
func takeOver(t *testing.T, sim *simulator.Server, made Result, name string) {
	t.Helper()
	const changed = "Managed by OpenTofu."
	okta, admin := kit.OktaAdmin(t, sim), kit.GenesysAdmin(t, sim)
	app := kit.Must(okta.App(t.Context(), made.Okta.AppID))(t)
	app.ManagedBy, app.Label = "", cmp.Or(name, app.Label)
	kit.Must(okta.UpdateApp(t.Context(), app))(t)
	config := kit.Must(admin.IntegrationConfig(t.Context(), made.Genesys.IntegrationID))(t)
	config.Notes, config.Name = changed, cmp.Or(name, config.Name)
	kit.Must(admin.UpdateIntegrationConfig(t.Context(), made.Genesys.IntegrationID, config))(t)
	draft := kit.Must(admin.Draft(t.Context(), made.Genesys.ConfigurationID))(t)
	draft.Description, draft.Name = changed, cmp.Or(name, draft.Name)
	kit.Must(admin.UpdateDraft(t.Context(), draft))(t)
	version := kit.Must(admin.Publish(t.Context(), draft.ID))(t)
	deployment := kit.Must(admin.Deployment(t.Context(), made.Genesys.DeploymentID))(t)
	deployment.Description, deployment.Name, deployment.ConfigurationVersion = changed, cmp.Or(name, deployment.Name), version.Version
	kit.Must(admin.UpdateDeployment(t.Context(), deployment))(t)
}

// TestTakenOver reuses what an earlier run created by its ID in the journal, whatever OpenTofu made of its mark and name.
func TestTakenOver(t *testing.T) {
	t.Parallel()
	for name, renamed := range map[string]string{"marks": "", "names": "Support chat"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, first := world(t, simulator.Options{Seed: 3})
			folder := kit.Must(journal.Open(filepath.Join(t.TempDir(), "state")))(t)
			keep := func(s *Session) *Session {
				s.Journal = journal.New(folder, "test", s.Answers)
				return s
			}
			mustRun(t, keep(first))
			takeOver(t, sim, first.Result(0), renamed)
			objects, writes := kit.Count(sim), kit.Writes(sim)

			again := keep(visit(t, sim))
			again.Poll = time.Nanosecond // the first run is long ago
			plan := mustRun(t, again)
			for _, c := range plan.Changes {
				assert.Check(t, is.Equal(c.Verb, engine.Reuse), "%s %s: %s", c.Kind, c.Name, c.Why)
			}
			assert.Check(t, is.Equal(kit.Writes(sim), writes))
			assert.Check(t, is.DeepEqual(kit.Count(sim), objects))
			var notices strings.Builder
			for _, n := range plan.Notices {
				notices.WriteString(n.Text)
			}
			assert.Check(t, is.Equal(strings.Count(notices.String(), "If OpenTofu manages it, change it there"), 4), notices.String())

			// Another computer has no journal.
			_, err := visit(t, sim).Plan(t.Context())
			if renamed == "" {
				assert.Check(t, is.ErrorContains(err, "not created by this wizard"))
			}
		})
	}
}
