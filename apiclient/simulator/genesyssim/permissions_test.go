package genesyssim_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// permitted are the calls that need a permission, from contract genesys.md 1.3, 2.1, 6 and 7.
var permitted = []struct{ permission, method, path string }{
	{"integrations:integration:view", "GET", "integrations"},
	{"integrations:integration:view", "GET", "integrations/x"},
	{"integrations:integration:view", "GET", "integrations/types"},
	{"integrations:integration:view", "GET", "integrations/types/x"},
	{"integrations:integration:view", "GET", "integrations/types/x/configschemas/properties"},
	{"integrations:integration:view", "GET", "integrations/x/config/current"},
	{"integrations:integration:view", "GET", "integrations/credentials"},
	{"integrations:integration:view", "GET", "integrations/credentials/listing"},
	{"integrations:integration:view", "GET", "integrations/credentials/types"},
	{"integrations:integration:view", "GET", "integrations/credentials/x"},
	{"integrations:integration:add", "POST", "integrations"},
	{"integrations:integration:add", "POST", "integrations/credentials"},
	{"integrations:integration:edit", "PATCH", "integrations/x"},
	{"integrations:integration:edit", "PUT", "integrations/x/config/current"},
	{"integrations:integration:edit", "PUT", "integrations/credentials/x"},
	{"integrations:integration:delete", "DELETE", "integrations/x"},
	{"integrations:integration:delete", "DELETE", "integrations/credentials/x"},
	{"webDeployments:configuration:view", "GET", "webdeployments/configurations"},
	{"webDeployments:configuration:view", "GET", "webdeployments/configurations/x/versions"},
	{"webDeployments:configuration:view", "GET", "webdeployments/configurations/x/versions/1"},
	{"webDeployments:configuration:view", "GET", "webdeployments/configurations/x/versions/draft"},
	{"webDeployments:configuration:add", "POST", "webdeployments/configurations"},
	{"webDeployments:configuration:edit", "PUT", "webdeployments/configurations/x/versions/draft"},
	{"webDeployments:configuration:edit", "POST", "webdeployments/configurations/x/versions/draft/publish"},
	{"webDeployments:configuration:add", "POST", "webdeployments/configurations/x/versions/draft/publish"},
	{"webDeployments:configuration:delete", "DELETE", "webdeployments/configurations/x"},
	{"webDeployments:deployment:view", "GET", "webdeployments/deployments"},
	{"webDeployments:deployment:view", "GET", "webdeployments/deployments/x"},
	{"webDeployments:deployment:add", "POST", "webdeployments/deployments"},
	{"webDeployments:deployment:edit", "PUT", "webdeployments/deployments/x"},
	{"webDeployments:deployment:delete", "DELETE", "webdeployments/deployments/x"},
	{"architect:flow:view", "GET", "flows"},
	{"architect:flow:view", "GET", "flows/x"},
}

func TestPermissionOfEachOperation(t *testing.T) {
	t.Parallel()
	allowed := newOrg(t, 1, 0)
	for _, op := range permitted {
		t.Run(op.method+" "+op.path+" "+op.permission, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t, 1, 0, op.permission)
			var body any
			if op.method != http.MethodGet {
				body = object{}
			}
			answer := o.refuses("403 missing.permissions", op.method, op.path, body)
			want := "Unable to perform the requested action. You are missing the following permission(s): [" + op.permission + "]"
			assert.Check(t, answer["message"] == want, "message %v, want %s", answer["message"], want)
		})
		status, _ := allowed.call(op.method, op.path, object{})
		assert.Check(t, status != http.StatusForbidden, "%s %s: refused though allowed", op.method, op.path)
	}
}

func TestBothPermissionsToPublish(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 1, 0, "webDeployments:configuration:edit", "webDeployments:configuration:add")
	answer := o.refuses("403 missing.permissions", http.MethodPost, "webdeployments/configurations/x/versions/draft/publish", nil)
	if !strings.HasSuffix(answer["message"].(string), "[webDeployments:configuration:edit, webDeployments:configuration:add]") {
		t.Errorf("message %v", answer["message"])
	}
}

func TestNoPermissionNeeded(t *testing.T) {
	t.Parallel()
	var all []string
	for _, op := range permitted {
		all = append(all, op.permission)
	}
	deployment := newOrg(t, 1, 0).named("webdeployments/deployments", "Main website")["id"].(string)
	o := newOrg(t, 1, 0, all...)
	for _, path := range []string{
		"organizations/me", "tokens/me", "authorization/subjects/me", "authorization/products",
		"webdeployments/deployments/" + deployment + "/configurations",
	} {
		o.must(http.MethodGet, path, nil)
	}
}

// granted expands a subject's policies to the permissions of the table that they allow.
func granted(o *org) []string {
	var list []string
	for _, grant := range o.must(http.MethodGet, "authorization/subjects/me", nil)["grants"].([]any) {
		for _, p := range grant.(object)["role"].(object)["policies"].([]any) {
			policy := p.(object)
			for _, action := range policy["actions"].([]any) {
				allowed := strings.ReplaceAll(policy["domain"].(string)+":"+policy["entityName"].(string)+":"+action.(string), "*", "[a-zA-Z]+")
				for _, op := range permitted {
					if regexp.MustCompile("^" + allowed + "$").MatchString(op.permission) {
						list = append(list, op.permission)
					}
				}
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func TestSubject(t *testing.T) {
	t.Parallel()
	const denied = "integrations:integration:add"
	saw := map[bool]bool{}
	for seed := range uint64(6) {
		o := newOrg(t, seed, 0)
		whole := granted(o)
		saw[strings.Contains(fmt.Sprint(o.must(http.MethodGet, "authorization/subjects/me", nil)), "entityName:*")] = true
		rest := granted(newOrg(t, seed, 0, denied))
		assert.Check(t, len(whole) == 13 && slices.Contains(whole, denied), "seed %d: %v", seed, whole)
		assert.Check(t, len(rest) == 12 && !slices.Contains(rest, denied), "seed %d: %v", seed, rest)
	}
	assert.Check(t, is.Len(saw, 2), "whole domains are allowed by a wildcard")
}
