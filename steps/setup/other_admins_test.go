package setup

import (
	"cmp"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/mark"
)

// TestUpdateKeepsOthersChanges: what an admin changes between the plan and the update stays, next to what the run
// adds.
func TestUpdateKeepsOthersChanges(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 3})
	mustRun(t, session)
	made, o, g := session.Result(0), kit.OktaAdmin(t, sim), kit.GenesysAdmin(t, sim)
	shop := kit.Must(o.CreateTrustedOrigin(t.Context(), okta.TrustedOrigin{Name: "Shop", Origin: "https://shop.example", Scopes: []string{"CORS"}}))(t)

	second := visit(t, sim)
	set(t, second, guide.RedirectURIs, "https://shop.example/chat")
	plan := planned(t, second)
	app := kit.Must(o.App(t.Context(), made.Okta.AppID))(t)
	app.RedirectURIs = []string{"https://colleague.example/"} // and takes one away
	kit.Must(o.UpdateApp(t.Context(), app))(t)
	shop.Name = "Our shop"
	kit.Must(o.UpdateTrustedOrigin(t.Context(), shop))(t)
	d := kit.Must(g.Deployment(t.Context(), made.Genesys.DeploymentID))(t)
	d.AllowedDomains, d.Description, d.FlowID = []string{"colleague.example"}, "Ask Ann. "+mark.Created(""), ""
	kit.Must(g.UpdateDeployment(t.Context(), d))(t)
	assert.NilError(t, apply(t, second, plan))

	app = kit.Must(o.App(t.Context(), app.ID))(t)
	assert.Check(t, is.DeepEqual(app.RedirectURIs, []string{"https://colleague.example/", "https://shop.example/chat"}), "redirect URIs")
	d = kit.Must(g.Deployment(t.Context(), d.ID))(t)
	assert.Check(t, is.DeepEqual(d.AllowedDomains, []string{"colleague.example", "shop.example"}), "domains")
	assert.Check(t, is.Equal(d.Description, "Ask Ann. "+mark.Created("")), "description")
	assert.Check(t, is.Equal(d.FlowID, ""), "flow")
	all := kit.Must(o.TrustedOrigins(t.Context()))(t)
	shop = all[slices.IndexFunc(all, func(o okta.TrustedOrigin) bool { return o.ID == shop.ID })]
	assert.Check(t, is.Equal(shop.Name+" "+strings.Join(shop.Scopes, " "), "Our shop CORS REDIRECT"), "origin")
}

// TestMovedDeploymentStays: a deployment that an admin moves between the plan and the update stays there.
func TestMovedDeploymentStays(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 8})
	website, d := theWebsite(t, sim)
	set(t, session, guide.MessengerConfig, website.ID)
	set(t, session, guide.DeploymentName, d.ID)
	plan := planned(t, session)
	g := kit.GenesysAdmin(t, sim)
	d.ConfigurationVersion = "2"
	kit.Must(g.UpdateDeployment(t.Context(), d))(t)
	_ = failed(t, sim, apply(t, session, plan), explain.ClassConflict, `Deployment "Main website" was moved to version 2 of {id} after the plan was made. It stays there. Version 3 is published.`)
	assert.Check(t, is.Equal(kit.Must(g.Deployment(t.Context(), d.ID))(t).ConfigurationVersion, "2"), "version")
	mustRun(t, session)
	assert.Check(t, is.Equal(kit.Must(g.Deployment(t.Context(), d.ID))(t).ConfigurationVersion, "3"), "version of a new plan")
}

// TestEditedDraftStops: edits that a colleague begins while the run is under way are neither overwritten nor
// published.
func TestEditedDraftStops(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		after string // the call that the edit comes right after
		done  string
	}{
		"before it is written":   {"POST /api/v2/integrations", "The wizard didn't change it."},
		"before it is published": {"PUT /api/v2/webdeployments/configurations/{id}/versions/draft", "Nothing was published."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var (
				sim    *simulator.Server
				site   genesys.Configuration
				edited atomic.Bool
			)
			edit := func(next http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					next.ServeHTTP(w, r)
					if anonymous(sim, r.Method+" "+r.URL.Path) == tt.after && edited.CompareAndSwap(false, true) {
						g := kit.GenesysAdmin(t, sim)
						draft := kit.Must(g.Draft(t.Context(), site.ID))(t)
						draft.Description = "Edited by Ann"
						kit.Must(g.UpdateDraft(t.Context(), draft))(t)
					}
				})
			}
			sim, session := world(t, simulator.Options{Seed: 8, WrapGenesys: edit})
			site, live := theWebsite(t, sim)
			set(t, session, guide.MessengerConfig, site.ID)
			set(t, session, guide.DeploymentName, live.ID)
			versions := kit.Count(sim).Genesys.Versions
			_, err := runAll(t, session)
			_ = failed(t, sim, err, explain.ClassConflict, `Another user is editing configuration "Main website": its draft changed by user {id} on {when} in description after this run read it. `+tt.done)
			assert.Check(t, is.Equal(kit.Count(sim).Genesys.Versions, versions), "versions")
			assert.Check(t, is.Equal(kit.Must(kit.GenesysAdmin(t, sim).Draft(t.Context(), site.ID))(t).Description, "Edited by Ann"), "description")
		})
	}
}

// TestAmbiguousNames: of what a name does not tell apart, none is taken.
func TestAmbiguousNames(t *testing.T) {
	t.Parallel()
	twice := func(key guide.Key, create func(fixture)) scene {
		return scene{arrange: func(f fixture) {
			create(f)
			create(f)
			f.set(key, "Chat")
		}}
	}
	refuse(t, map[string]scene{
		"apps of ours": twice(guide.AppName, func(f fixture) {
			kit.Must(f.okta().CreateApp(f.Context(), okta.NewApp{
				Label: "Chat", GrantTypes: []string{"authorization_code"}, RedirectURIs: []string{"http://localhost:8080/"}, ManagedBy: mark.Tag,
			}))(f.T)
		}),
		"configurations": twice(guide.MessengerConfig, func(f fixture) { f.configuration("Chat") }),
		"deployments":    twice(guide.DeploymentName, func(f fixture) { f.deployment("Chat") }),
	})
}

// TestForeignDraftStays: what another admin has begun is not published for them.
func TestForeignDraftStays(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 3})
	made := fixture{t, sim, session}.configuration("Begun")
	for _, given := range []string{"Begun", made.ID} {
		set(t, session, guide.MessengerConfig, given)
		_, err := session.Plan(t.Context())
		assert.Check(t, is.DeepEqual(refusalOf(t, sim, err), refusal{
			Class: explain.ClassConflict, Question: guide.MessengerConfig, Fix: "Publish or discard them (" + guide.PathConfigurations + "), or choose another configuration.",
			Problem: `Configuration "Begun" has unpublished changes by user {id} on {when}. It has never been published. Publishing would release them to your visitors.`,
		}), "refusal")
	}
	assert.Check(t, is.Equal(session.Calls().Writes, 0), "writes")
}

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
