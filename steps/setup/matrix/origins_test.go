package matrix

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
	"msgsso-wizard/steps/setup"
)

// supportPage is the page of these tests, and site its origin.
const (
	supportPage = "https://www.example.com/support"
	site        = "https://www.example.com"
)

var onPage = map[guide.Key][]string{guide.RedirectURIs: {supportPage}}

// origins are the trusted origins of the org, with their names, in order.
func (c *computer) origins(t *testing.T) map[string]okta.TrustedOrigin {
	t.Helper()
	out := map[string]okta.TrustedOrigin{}
	for _, o := range kit.Must(c.okta.TrustedOrigins(t.Context()))(t) {
		out[o.Origin] = o
	}
	return out
}

// trust has a colleague add a trusted origin.
func (c *computer) trust(t *testing.T, o okta.TrustedOrigin) okta.TrustedOrigin {
	t.Helper()
	made, err := c.okta.CreateTrustedOrigin(t.Context(), o)
	if err == nil && o.Status == "INACTIVE" {
		made, err = c.okta.DeactivateTrustedOrigin(t.Context(), made.ID)
	}
	assert.NilError(t, err)
	return made
}

// planned plans a run, and finds the change of the first object of a kind.
func (r *run) planned(t *testing.T, kind guide.ObjectKind) (setup.Plan, engine.Change) {
	t.Helper()
	plan := kit.Must(r.session.Plan(t.Context()))(t)
	return plan, plan.Changes[slices.IndexFunc(plan.Changes, func(ch engine.Change) bool { return ch.Kind == kind })]
}

// TestInactiveOrigin is activated: the plan says so before, the result after it, and undo restores it.
func TestInactiveOrigin(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		origin string
		scopes []string
		why    string
	}{
		"with all scopes":      {site, []string{"CORS", "REDIRECT"}, "Inactive → Active"},
		"without a scope":      {site, []string{"CORS"}, "adds missing CORS and Redirect, Inactive → Active"},
		"in other letter case": {"https://WWW.Example.com", []string{"CORS", "REDIRECT"}, "Inactive → Active"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newComputer(t, simulator.Options{}, lagPoll)
			before := c.trust(t, okta.TrustedOrigin{Name: "Ours", Origin: tc.origin, Scopes: tc.scopes, Status: "INACTIVE"})
			r := c.start(t, onPage)
			plan, ch := r.planned(t, guide.KindOrigin)
			assert.Check(t, ch.Verb == engine.Update && ch.ID == before.ID && ch.Why == tc.why,
				"the plan has %+v", ch)
			rehearsed := r.session.Result(0).Rehearsed(plan).Warnings
			const warning = "The trusted origin of " + site + " is inactive, so the page can't sign visitors out. The wizard activates it."
			if !slices.Contains(plan.Notices, engine.Notice{Section: guide.SectionOkta, Text: warning}) || !slices.Contains(rehearsed, warning) {
				t.Errorf("no warning in the plan: %v; %v", plan.Notices, rehearsed)
			}
			assert.NilError(t, r.session.Apply(t.Context(), plan, engine.NewStop()))
			const done = "The trusted origin of " + site + " was inactive; the wizard activated it."
			reported := r.session.Result(0).Warnings
			assert.Check(t, slices.Contains(reported, done), "no warning in the result: %v", reported)
			after := c.origins(t)[tc.origin]
			if after.ID != before.ID || after.Status != "ACTIVE" || len(after.Scopes) != 2 || after.Name != "Ours" {
				t.Errorf("it is %+v", after)
			}
			assert.NilError(t, r.journal.End("done"))
			assert.Check(t, is.Len(c.set(t, nil).result.Warnings, 0), "a second run warns")
			c.undoAll(t)
			now := c.origins(t)[tc.origin]
			assert.Check(t, now.Status == "INACTIVE" && slices.Equal(now.Scopes, tc.scopes), "undo left %+v", now)
		})
	}
}

// TestTakenOriginName: names are unique in an org. One that is taken for another origin is seen in the plan.
func TestTakenOriginName(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		taken []string
		want  string
	}{
		"once":                 {[]string{"Genesys Messenger " + site}, "Genesys Messenger " + site + " (2)"},
		"twice":                {[]string{"Genesys Messenger " + site, "Genesys Messenger " + site + " (2)"}, "Genesys Messenger " + site + " (3)"},
		"in other letter case": {[]string{"GENESYS Messenger " + site}, "Genesys Messenger " + site + " (2)"},
		"a longer one":         {[]string{"Genesys Messenger " + site + "/chat"}, "Genesys Messenger " + site},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newComputer(t, simulator.Options{}, lagPoll)
			for i, taken := range tc.taken {
				c.trust(t, okta.TrustedOrigin{Name: taken, Origin: "https://shop.example.com:" + string(rune('1'+i)), Scopes: []string{"CORS"}})
			}
			r := c.start(t, onPage)
			plan, ch := r.planned(t, guide.KindOrigin)
			shown := strings.Contains(ch.Why, `"`+tc.want+`"`)
			assert.Check(t, shown == (tc.want != "Genesys Messenger "+site), "the plan says %q", ch.Why)
			assert.NilError(t, r.session.Apply(t.Context(), plan, engine.NewStop()))
			assert.Check(t, is.Equal(c.origins(t)[site].Name, tc.want), "its name")
			assert.NilError(t, r.journal.End("done"))
			c.again(t, nil)
			c.undoAll(t)
			assert.Check(t, is.Len(c.origins(t), len(tc.taken)), "undo left")
		})
	}
}
