package matrix

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/setup"
)

// TestChangesOfOthersCount: what an admin changes right after a run counts in the next one, although the journal knows
// the objects: a group that was taken off the app stays off, and what cannot sign anyone in is an error.
func TestChangesOfOthersCount(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change   func(*testing.T, *computer, setup.Result)
		question guide.Key // of the conflict; empty: the run ends well
		says     string
	}{
		"group taken off": {
			func(t *testing.T, c *computer, r setup.Result) {
				for _, group := range kit.Must(c.okta.AppGroups(t.Context(), r.Okta.AppID))(t) {
					assert.NilError(t, c.okta.UnassignGroup(t.Context(), r.Okta.AppID, group))
				}
			},
			"", "No group is assigned to this app.",
		},
		"app inactive": {
			func(t *testing.T, c *computer, r setup.Result) {
				c.admin(t, http.MethodPost, c.sim.OktaURL()+"/api/v1/apps/"+r.Okta.AppID+"/lifecycle/deactivate", nil)
			},
			guide.AppName, "is inactive in Okta",
		},
		"deployment inactive": {
			func(t *testing.T, c *computer, r setup.Result) {
				address := c.sim.GenesysURL() + "/api/v2/webdeployments/deployments/" + r.Genesys.DeploymentID
				deployment := c.admin(t, http.MethodGet, address, nil).(object)
				deployment["status"] = "Inactive"
				c.admin(t, http.MethodPut, address, deployment)
			},
			guide.DeploymentName, "is Inactive",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newComputer(t, simulator.Options{}, time.Millisecond)
			first := c.set(t, nil)
			tt.change(t, c, first.result)
			wrote := c.writes()
			_, stranger := c.fresh(t, time.Hour, nil)
			for whose, r := range map[string]*run{"with the journal": c.start(t, nil), "without": stranger} {
				err := r.do(t.Context())
				if tt.question != "" {
					var e *explain.Error
					assert.Assert(t, errors.As(err, &e), "%s: %v", whose, err)
					assert.Check(t, is.Equal(e.Class, explain.ClassConflict), whose)
					assert.Check(t, is.Equal(e.Question, tt.question), whose)
					assert.Check(t, is.Contains(e.Problem, tt.says), whose)
					continue
				}
				assert.NilError(t, err, whose)
				assert.Check(t, slices.ContainsFunc(r.plan.Notices, func(n engine.Notice) bool { return strings.HasPrefix(n.Text, tt.says) }), whose)
			}
			assert.Check(t, is.Equal(c.writes(), wrote), "writes")
		})
	}
}

// TestViewAfterRun: what the journal's IDs are read back as is shown like the answer that made them.
func TestViewAfterRun(t *testing.T) {
	t.Parallel()
	c := newComputer(t, simulator.Options{}, time.Millisecond)
	r := c.start(t, nil)
	assert.NilError(t, r.do(t.Context()))
	kit.Must(r.session.Plan(t.Context()))(t)
	assert.Check(t, is.Equal(r.session.View().Value(guide.Assign), guide.AssignEveryone))
}
