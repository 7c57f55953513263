package setup

import (
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/mark"
)

// groupIDs are the seeded groups' ids by name.
func groupIDs(t *testing.T, sim *simulator.Server) map[string]string {
	t.Helper()
	ids := map[string]string{}
	for _, g := range kit.Must(kit.OktaAdmin(t, sim).Groups(t.Context(), ""))(t) {
		ids[g.Name] = g.ID
	}
	return ids
}

func TestAssignment(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		assign string
		groups []string // with a # the id of the group is given in place of its name
		want   []string
		notice string
	}{
		"everyone":          {assign: guide.AssignEveryone, want: []string{"Everyone"}},
		"a group by name":   {assign: guide.AssignSelected, groups: []string{"Web customers"}, want: []string{"Web customers"}},
		"a group by id":     {assign: guide.AssignSelected, groups: []string{"#Support staff"}, want: []string{"Support staff"}},
		"two groups":        {assign: guide.AssignSelected, groups: []string{"#Web partners", "Web customers"}, want: []string{"Web partners", "Web customers"}},
		"a longer name too": {assign: guide.AssignSelected, groups: []string{"Everyone in sales"}, want: []string{"Everyone in sales"}},
		"nobody":            {assign: guide.AssignSkip, notice: "No one is assigned. Assign users in Okta, or sign-in fails."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 3})
			ids := groupIDs(t, sim)
			answers := func(session *Session) {
				set(t, session, guide.Assign, tt.assign)
				for i, g := range tt.groups {
					if byID, ok := strings.CutPrefix(g, "#"); ok {
						tt.groups[i] = ids[byID]
					}
				}
				set(t, session, guide.AssignGroups, tt.groups...)
			}
			answers(session)
			plan := mustRun(t, session)
			var want, assigned, planned []string
			for _, g := range tt.want {
				want, planned = append(want, ids[g]), append(planned, "create "+g+" "+ids[g])
			}
			var got []string
			for _, c := range plan.Changes {
				if c.Kind == guide.KindAssignment {
					got = append(got, strings.Join([]string{string(c.Verb), c.Name, c.ID}, " "))
				}
			}
			assert.Check(t, is.DeepEqual(got, planned), "plan")
			assigned = kit.Must(kit.OktaAdmin(t, sim).AppGroups(t.Context(), session.Result(0).Okta.AppID))(t)
			slices.Sort(want)
			slices.Sort(assigned)
			assert.Check(t, is.DeepEqual(assigned, want), "assigned groups")
			assert.Check(t, is.Equal(slices.Contains(plan.Notices, warning(guide.SectionOkta, tt.notice)), tt.notice != ""), "the notice")

			again := visit(t, sim)
			answers(again)
			writesNothing(t, sim, again)
			if len(tt.want) > 0 {
				writesNothing(t, sim, visit(t, sim)) // who may sign in stays, whatever the default is
			}
		})
	}
}

func TestTrustedOrigins(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 1})
	admin := kit.OktaAdmin(t, sim)
	for _, o := range []okta.TrustedOrigin{
		{Name: "Shop", Origin: "https://shop.example.com", Scopes: []string{"CORS"}},
		{Name: "Help", Origin: "https://help.example.com", Scopes: []string{"REDIRECT", "CORS"}},
	} {
		kit.Must(admin.CreateTrustedOrigin(t.Context(), o))(t)
	}
	uris := []string{
		"https://shop.example.com/a", "https://SHOP.example.com/b", "https://shop.example.com:443/c", "https://help.example.com/",
		"http://localhost:8080/", "http://localhost:8080/other", "http://localhost:9090/",
	}
	set(t, session, guide.RedirectURIs, uris...)
	plan := mustRun(t, session)
	var got []string
	for _, c := range plan.Changes {
		if c.Kind == guide.KindOrigin {
			got = append(got, string(c.Verb)+" "+c.Name)
		}
	}
	assert.Check(t, is.DeepEqual(got, []string{
		"update https://shop.example.com", "reuse https://help.example.com", "create http://localhost:8080", "create http://localhost:9090",
	}), "plan")
	scopes := map[string]string{}
	for _, o := range kit.Must(admin.TrustedOrigins(t.Context()))(t) {
		scopes[o.Name] = strings.Join(o.Scopes, " ")
	}
	assert.Check(t, is.DeepEqual(scopes, map[string]string{
		"Shop": "CORS REDIRECT",
		"Help": "REDIRECT CORS",
		"Genesys Messenger http://localhost:8080": "CORS REDIRECT",
		"Genesys Messenger http://localhost:9090": "CORS REDIRECT",
	}), "origins")
	d := kit.Must(kit.GenesysAdmin(t, sim).Deployment(t.Context(), session.Result(0).Genesys.DeploymentID))(t)
	assert.Check(t, is.DeepEqual(d.AllowedDomains, []string{"shop.example.com", "help.example.com", "localhost"}), "domains")

	again := visit(t, sim)
	set(t, again, guide.RedirectURIs, uris...)
	writesNothing(t, sim, again)
}

// TestRerunKeepsAssignments: who may sign in to an app that is there stays, unless the user says otherwise.
func TestRerunKeepsAssignments(t *testing.T) {
	t.Parallel()
	const byWizard, theirs = mark.Tag, ""
	for name, tt := range map[string]struct {
		managedBy     string
		groups, users []string // who may sign in before
		ask           []string // groups that the run is given
		want          []string
		notice        bool
	}{
		"ours, with a group":                 {managedBy: byWizard, groups: []string{"Web partners"}, want: []string{"Web partners"}},
		"ours, with two, and a third asked":  {managedBy: byWizard, groups: []string{"Web partners", "Support staff"}, ask: []string{"Web customers"}, want: []string{"Support staff", "Web customers", "Web partners"}},
		"ours, with one person":              {managedBy: byWizard, users: []string{"alice@acme.test"}, notice: true},
		"ours, from a run that was cut off":  {managedBy: byWizard, want: []string{"Everyone"}},
		"another's, with a group":            {managedBy: theirs, groups: []string{"Web partners"}, want: []string{"Web partners"}},
		"another's, with one person":         {managedBy: theirs, users: []string{"alice@acme.test"}, notice: true},
		"another's, with nobody":             {managedBy: theirs, notice: true},
		"another's, with nobody, and one is": {managedBy: theirs, ask: []string{"Web customers"}, want: []string{"Web customers"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 3})
			admin, ids := kit.OktaAdmin(t, sim), groupIDs(t, sim)
			app := kit.Must(admin.CreateApp(t.Context(), okta.NewApp{
				Label: "Customer chat", GrantTypes: []string{"authorization_code"}, ManagedBy: tt.managedBy,
				RedirectURIs: []string{"https://shop.example/chat"}, LogoutURIs: []string{"https://shop.example/"},
			}))(t)
			for _, g := range tt.groups {
				assert.NilError(t, admin.AssignGroup(t.Context(), app.ID, ids[g]))
			}
			for _, login := range tt.users {
				assert.NilError(t, admin.AssignUser(t.Context(), app.ID, kit.Must(admin.User(t.Context(), login))(t).ID))
			}
			set(t, session, guide.AppName, app.ID)
			if len(tt.ask) > 0 {
				set(t, session, guide.AssignGroups, tt.ask...)
			}
			plan := mustRun(t, session)
			var got []string
			for _, id := range kit.Must(admin.AppGroups(t.Context(), app.ID))(t) {
				for name := range ids {
					if ids[name] == id {
						got = append(got, name)
					}
				}
			}
			slices.Sort(got)
			assert.Check(t, is.DeepEqual(got, tt.want), "groups")
			assert.Check(t, is.Equal(slices.ContainsFunc(plan.Notices, func(n engine.Notice) bool {
				return strings.HasPrefix(n.Text, "No group is assigned to this app")
			}), tt.notice), "told that nobody is assigned")
		})
	}
}
