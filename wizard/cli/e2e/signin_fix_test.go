//go:build linux

package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/doctor"
)

// TestDeletedAppIsNamed: an app that was deleted is the test's result, and no missing answer.
func TestDeletedAppIsNamed(t *testing.T) {
	t.Parallel()
	v := newVisited(t)
	got := run(t, v.environ, "", "doctor", "--no-input", "--output", "json")
	var found struct{ Chain doctor.Chain }
	assert.NilError(t, json.Unmarshal([]byte(got.out), &found), got.said)
	app := v.sim.OktaURL() + "/api/v1/apps/" + found.Chain.AppID
	simtest.Call(t, v.sim, http.MethodPost, app+"/lifecycle/deactivate", "{}")
	simtest.Call(t, v.sim, http.MethodDelete, app, "")
	got = run(t, v.environ, "", "test", "--no-input", "--output", "json")
	assert.Check(t, is.Equal(got.code, 7), got.said)
	var document struct {
		Side  string
		Error struct{ Problem string }
	}
	assert.NilError(t, json.Unmarshal([]byte(got.out), &document), got.said)
	assert.Check(t, is.Equal(document.Side, "Okta"), "side")
	assert.Check(t, is.Contains(document.Error.Problem, "was deleted in Okta."), "problem")
	got = run(t, v.environ, "", "doctor", "--no-input")
	assert.Check(t, is.Contains(got.out, "was deleted in Okta."), "doctor")
}

// TestFixWithoutQuestions: test --fix --yes fixes what the first test finds, and tests again. Without --yes it needs a terminal.
func TestFixWithoutQuestions(t *testing.T) {
	t.Parallel()
	v := newVisited(t, "MSGSSO_ASSIGN=skip")
	got := run(t, v.environ, "", "test", "--no-input", "--deployment", "Web SSO", "--fix")
	assert.Check(t, is.Equal(got.code, 2), got.said)
	assert.Check(t, is.Contains(got.said, "Add --yes"), "without --yes")
	tt := onTerminalOf(t, 500, 200, v.environ, "test", "--plain", "--deployment", "Web SSO", "--no-browser", "--fix", "--yes")
	for n := range 3 {
		tt.press(v.goTo(t, directly(tt, 1+n)) + "\n")
	}
	tt.ends(0)
	raw := tt.raw.String()
	assert.Check(t, is.Contains(raw, "alice@acme.test isn't assigned to the app integration."), "the first test")
	assert.Check(t, is.Contains(raw, "+ new assignment  alice@acme.test"), "the plan")
	assert.Check(t, is.Contains(raw, "Sign-in works"), "the second test")
}

// TestPageOnOtherDomainIsRefused: Genesys Cloud refuses a page that isn't on an allowed domain, and the test names it.
func TestPageOnOtherDomainIsRefused(t *testing.T) {
	t.Parallel()
	v := newVisited(t)
	var deployment map[string]any
	for _, d := range simtest.Call(t, v.sim, http.MethodGet, v.sim.GenesysURL()+"/api/v2/webdeployments/deployments", "")["entities"].([]any) {
		if d.(map[string]any)["name"] == "Web SSO" {
			deployment = d.(map[string]any)
		}
	}
	c := deployment["configuration"].(map[string]any)
	body := fmt.Sprintf(`{"name":"Web SSO","status":"Active","allowAllDomains":false,"allowedDomains":["www.acme.test"],"configuration":{"id":%q,"version":%q}}`, c["id"], c["version"])
	simtest.Call(t, v.sim, http.MethodPut, v.sim.GenesysURL()+"/api/v2/webdeployments/deployments/"+deployment["id"].(string), body)
	tt := onTerminalOf(t, 500, 200, v.environ, "test", "--plain", "--deployment", "Web SSO", "--no-browser")
	for n := range 2 {
		tt.press(v.goTo(t, directly(tt, 1+n)) + "\n")
	}
	tt.wrote("the deployment doesn't allow localhost, where the test's page is. It allows www.acme.test.", "f fix and retest")
	tt.press("\n")
	tt.ends(7)
}
