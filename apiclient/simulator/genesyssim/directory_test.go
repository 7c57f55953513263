package genesyssim_test

import (
	"net/http"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/genesyssim"
)

// An empty list of divisions says that a permission is missing (contract genesys.md 7).
func TestPermittedDivisions(t *testing.T) {
	t.Parallel()
	const denied = "webDeployments:configuration:add"
	o := newOrg(t, 1, 0, genesyssim.Options{Deny: []string{denied}})
	for permission, want := range map[string]float64{"webDeployments:configuration:edit": 1, denied: 0, "routing:queue:add": 0, "": 0} {
		answer := o.must(http.MethodGet, "authorization/divisionspermitted/paged/me?permission="+permission, nil)
		assert.Check(t, is.Equal(answer["total"], want), permission)
		assert.Check(t, is.Equal(answer["allDivsPermitted"], want > 0), permission)
	}
}

// A deployment links the visits of one user when an admin says so (contract genesys.md 2.6).
func TestIdentityResolution(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 1, 0)
	at := deployments + "/" + o.named(deployments, "Main website")["id"].(string) + "/identityresolution"
	assert.Check(t, is.Equal(o.must(http.MethodGet, at, nil)["resolveIdentities"], false))
	body := object{"resolveIdentities": true, "automerge": object{"authenticatedWebMessaging": true}}
	o.must(http.MethodPut, at, body)
	answer := o.must(http.MethodGet, at, nil)
	assert.Check(t, is.DeepEqual(without(answer, "selfUri"), body))
	o.refuses("400 constraint.validation", http.MethodPut, at, object{})
}
