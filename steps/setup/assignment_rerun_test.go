package setup

import (
	"slices"
	"strings"
	"testing"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
)

// TestRerunLetsNobodyElseIn: who may sign in to an app that is there stays, unless somebody says otherwise.
func TestRerunLetsNobodyElseIn(t *testing.T) {
	t.Parallel()
	const ours, theirs = mark.Tag, ""
	for name, tt := range map[string]struct {
		managedBy      string
		groups, people []string // who may sign in before
		ask            []string // groups that the run is given
		want           []string
		notice         bool
	}{
		"ours, with a group":                 {managedBy: ours, groups: []string{"Web partners"}, want: []string{"Web partners"}},
		"ours, with two, and a third asked":  {managedBy: ours, groups: []string{"Web partners", "Support staff"}, ask: []string{"Web customers"}, want: []string{"Support staff", "Web customers", "Web partners"}},
		"ours, with one person":              {managedBy: ours, people: []string{"alice@acme.test"}, notice: true},
		"ours, from a run that was cut off":  {managedBy: ours, want: []string{"Everyone"}},
		"another's, with a group":            {managedBy: theirs, groups: []string{"Web partners"}, want: []string{"Web partners"}},
		"another's, with one person":         {managedBy: theirs, people: []string{"alice@acme.test"}, notice: true},
		"another's, with nobody":             {managedBy: theirs, notice: true},
		"another's, with nobody, and one is": {managedBy: theirs, ask: []string{"Web customers"}, want: []string{"Web customers"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 3})
			admin, ids := oktaAdmin(t, sim), groupIDs(t, sim)
			app := must(admin.CreateApp(t.Context(), okta.NewApp{
				Label: "Customer chat", GrantTypes: []string{"authorization_code"}, ManagedBy: tt.managedBy,
				RedirectURIs: []string{"https://shop.example/chat"}, LogoutURIs: []string{"https://shop.example/"},
			}))(t)
			for _, g := range tt.groups {
				noError(t, admin.AssignGroup(t.Context(), app.ID, ids[g]))
			}
			for _, login := range tt.people {
				noError(t, admin.AssignUser(t.Context(), app.ID, must(admin.User(t.Context(), login))(t).ID))
			}
			set(t, session, guide.AppName, app.ID)
			if len(tt.ask) > 0 {
				set(t, session, guide.AssignGroups, tt.ask...)
			}
			plan, err := runAll(t, session)
			noError(t, err)
			var got []string
			for _, id := range must(admin.AppGroups(t.Context(), app.ID))(t) {
				for name := range ids {
					if ids[name] == id {
						got = append(got, name)
					}
				}
			}
			slices.Sort(got)
			same(t, "groups", tt.want, got)
			same(t, "told that nobody is assigned", tt.notice, slices.ContainsFunc(plan.Notices, func(n engine.Notice) bool {
				return strings.HasPrefix(n.Text, "No group is assigned to the app, and none will be unasked")
			}))
		})
	}
}

// TestRerunOfOurOwnApp: the app that the first run made for a group is found by its name, and a run without answers
// changes nothing.
func TestRerunOfOurOwnApp(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 3})
	set(t, session, guide.AssignGroups, "Web partners")
	mustRun(t, session)
	again, wrote := visit(t, sim), writes(sim)
	if made := mustRun(t, again); !slices.Contains(made, "reuse | assignment | Web partners") {
		t.Errorf("%q", made)
	}
	same(t, "writes", wrote, writes(sim))
}
