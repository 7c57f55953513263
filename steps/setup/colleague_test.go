package setup

import (
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
)

// TestColleagueChangesWhatIsUpdated: what somebody changes between the plan and the update stays, beside what the run
// adds.
func TestColleagueChangesWhatIsUpdated(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 3})
	mustRun(t, session)
	made, o, g := session.Result(0), oktaAdmin(t, sim), genesysAdmin(t, sim)
	shop := must(o.CreateTrustedOrigin(t.Context(), okta.TrustedOrigin{Name: "Shop", Origin: "https://shop.example", Scopes: []string{"CORS"}}))(t)

	second := visit(t, sim)
	set(t, second, guide.RedirectURIs, "https://shop.example/chat")
	plan := planned(t, second)
	app := must(o.App(t.Context(), made.Okta.AppID))(t)
	app.RedirectURIs = []string{"https://colleague.example/"} // and takes one away
	must(o.UpdateApp(t.Context(), app))(t)
	shop.Name = "Our shop"
	must(o.UpdateTrustedOrigin(t.Context(), shop))(t)
	d := must(g.Deployment(t.Context(), made.Genesys.DeploymentID))(t)
	d.AllowedDomains, d.Description, d.FlowID = []string{"colleague.example"}, "Ask Ann. "+mark.Created(""), ""
	must(g.UpdateDeployment(t.Context(), d))(t)
	noError(t, apply(t, second, plan))

	app = must(o.App(t.Context(), app.ID))(t)
	same(t, "redirect URIs", []string{"https://colleague.example/", "https://shop.example/chat"}, app.RedirectURIs)
	d = must(g.Deployment(t.Context(), d.ID))(t)
	same(t, "domains", []string{"colleague.example", "shop.example"}, d.AllowedDomains)
	same(t, "description", "Ask Ann. "+mark.Created(""), d.Description)
	same(t, "flow", "", d.FlowID)
	all := must(o.TrustedOrigins(t.Context()))(t)
	shop = all[slices.IndexFunc(all, func(o okta.TrustedOrigin) bool { return o.ID == shop.ID })]
	same(t, "origin", "Our shop CORS REDIRECT", shop.Name+" "+strings.Join(shop.Scopes, " "))
}

// TestColleagueMovesTheDeployment: a deployment that somebody moves between the plan and the update stays there.
func TestColleagueMovesTheDeployment(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 8})
	website, d := theWebsite(t, sim)
	set(t, session, guide.MessengerConfig, website.ID)
	set(t, session, guide.DeploymentName, d.ID)
	plan := planned(t, session)
	g := genesysAdmin(t, sim)
	d.ConfigurationVersion = "2"
	must(g.UpdateDeployment(t.Context(), d))(t)
	e := asError(t, apply(t, session, plan))
	same(t, "problem", `Somebody moved the deployment "Main website" to version 2 of {id} after the plan was made. It stays there; this run's version 3 is published.`, anonymous(sim, e.Problem))
	same(t, "exit code", 5, explain.ExitCode(e))
	same(t, "version", "2", must(g.Deployment(t.Context(), d.ID))(t).ConfigurationVersion)
	mustRun(t, session)
	same(t, "version of a new plan", "3", must(g.Deployment(t.Context(), d.ID))(t).ConfigurationVersion)
}

// TestColleagueEditsTheDraft: edits that a colleague begins while the run is under way are neither overwritten nor
// published.
func TestColleagueEditsTheDraft(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		after string // the call that the edit comes right after
		done  string
	}{
		"before it is written":   {"POST /api/v2/integrations", "Nothing in it was changed."},
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
						g := genesysAdmin(t, sim)
						draft := must(g.Draft(t.Context(), site.ID))(t)
						draft.Description = "Edited by Ann"
						must(g.UpdateDraft(t.Context(), draft))(t)
					}
				})
			}
			sim, session := world(t, simulator.Options{Seed: 8, WrapGenesys: edit})
			site, live := theWebsite(t, sim)
			set(t, session, guide.MessengerConfig, site.ID)
			set(t, session, guide.DeploymentName, live.ID)
			versions := count(sim).Genesys.Versions
			_, err := runAll(t, session)
			e := asError(t, err)
			same(t, "problem", `A colleague is editing the Messenger configuration "Main website": after this run looked at it, its draft was changed by user {id} on {when} in description. `+tt.done, anonymous(sim, e.Problem))
			same(t, "exit code", 5, explain.ExitCode(err))
			same(t, "versions", versions, count(sim).Genesys.Versions)
			same(t, "description", "Edited by Ann", must(genesysAdmin(t, sim).Draft(t.Context(), site.ID))(t).Description)
		})
	}
}
