package setup

import (
	"slices"
	"strings"
	"testing"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// groupIDs are the seeded groups' ids by name.
func groupIDs(t *testing.T, sim *simulator.Server) map[string]string {
	t.Helper()
	ids := map[string]string{}
	for _, g := range must(oktaAdmin(t, sim).Groups(t.Context(), ""))(t) {
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
		"nobody":            {assign: guide.AssignSkip, notice: "Nobody is assigned: sign-in fails until you assign someone in Okta."},
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
			plan, err := runAll(t, session)
			if err != nil {
				t.Fatal(err)
			}
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
			same(t, "plan", planned, got)
			assigned = must(oktaAdmin(t, sim).AppGroups(t.Context(), session.Result(0).Okta.AppID))(t)
			slices.Sort(want)
			slices.Sort(assigned)
			same(t, "assigned groups", want, assigned)
			same(t, "the notice", tt.notice != "", slices.Contains(plan.Notices, warning(guide.SectionOkta, tt.notice)))

			again := visit(t, sim)
			answers(again)
			writesNothing(t, sim, again)
		})
	}
}

func TestAssignmentOfAMissingGroupID(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 3})
	set(t, session, guide.Assign, guide.AssignSelected)
	set(t, session, guide.AssignGroups, "00gAAAAAAAAAAAAAAAAA")
	_, err := session.Plan(t.Context())
	e := asError(t, err)
	same(t, "problem", `Okta has no group "00gAAAAAAAAAAAAAAAAA".`, e.Problem)
	same(t, "question", guide.AssignGroups, e.Question)
	same(t, "exit code", 2, explain.ExitCode(err))
	same(t, "writes", 0, writes(sim))
}

func TestTrustedOrigins(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 1})
	admin := oktaAdmin(t, sim)
	for _, o := range []okta.TrustedOrigin{
		{Name: "Shop", Origin: "https://shop.example.com", Scopes: []string{"CORS"}},
		{Name: "Help", Origin: "https://help.example.com", Scopes: []string{"REDIRECT", "CORS"}},
	} {
		must(admin.CreateTrustedOrigin(t.Context(), o))(t)
	}
	uris := []string{
		"https://shop.example.com/a", "https://SHOP.example.com/b", "https://shop.example.com:443/c", "https://help.example.com/",
		"http://localhost:8080/", "http://localhost:8080/other", "http://localhost:9090/",
	}
	set(t, session, guide.RedirectURIs, uris...)
	plan, err := runAll(t, session)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range plan.Changes {
		if c.Kind == guide.KindOrigin {
			got = append(got, string(c.Verb)+" "+c.Name)
		}
	}
	same(t, "plan", []string{
		"update https://shop.example.com", "reuse https://help.example.com", "create http://localhost:8080", "create http://localhost:9090",
	}, got)
	scopes := map[string]string{}
	for _, o := range must(admin.TrustedOrigins(t.Context()))(t) {
		scopes[o.Name] = strings.Join(o.Scopes, " ")
	}
	same(t, "origins", map[string]string{
		"Shop": "CORS REDIRECT",
		"Help": "REDIRECT CORS",
		"Genesys Messenger http://localhost:8080": "CORS REDIRECT",
		"Genesys Messenger http://localhost:9090": "CORS REDIRECT",
	}, scopes)
	d := must(genesysAdmin(t, sim).Deployment(t.Context(), session.Result(0).Genesys.DeploymentID))(t)
	same(t, "domains", []string{"shop.example.com", "help.example.com", "localhost"}, d.AllowedDomains)

	again := visit(t, sim)
	set(t, again, guide.RedirectURIs, uris...)
	writesNothing(t, sim, again)
}
