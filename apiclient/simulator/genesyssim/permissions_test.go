package genesyssim_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// operations are the calls that need a permission, from contract genesys.md 1.3, 2.1, 6 and 7.
var operations = []struct{ permission, method, path string }{
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
	{"architect:flow:search", "GET", "flows/divisionviews"},
	{"messaging:supportedContent:view", "GET", "conversations/messaging/supportedcontent"},
	{"messaging:supportedContent:view", "GET", "conversations/messaging/supportedcontent/default"},
}

func TestPermissionOfEachOperation(t *testing.T) {
	t.Parallel()
	allowed := newOrg(t, 1, 0)
	for _, op := range operations {
		t.Run(op.method+" "+op.path+" "+op.permission, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t, 1, 0, op.permission)
			var body any
			if op.method != http.MethodGet {
				body = object{}
			}
			answer := o.refuses("403 missing.permissions", op.method, op.path, body)
			want := "Unable to perform the requested action. You are missing the following permission(s): [" + op.permission + "]"
			if answer["message"] != want {
				t.Errorf("message %v, want %s", answer["message"], want)
			}
		})
		if status, _ := allowed.call(op.method, op.path, object{}); status == http.StatusForbidden {
			t.Errorf("%s %s: refused though allowed", op.method, op.path)
		}
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
	for _, op := range operations {
		all = append(all, op.permission)
	}
	deployment := newOrg(t, 1, 0).named("webdeployments/deployments", "Main website")["id"].(string)
	o := newOrg(t, 1, 0, all...)
	for _, path := range []string{
		"organizations/me", "tokens/me", "authorization/subjects/me", "authorization/divisions/home", "authorization/permissions",
		"authorization/products", "oauth/scopes", "webdeployments/deployments/" + deployment + "/configurations",
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
				for _, op := range operations {
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
		if len(whole) != 15 || !slices.Contains(whole, denied) {
			t.Errorf("seed %d: %v", seed, whole)
		}
		if len(rest) != 14 || slices.Contains(rest, denied) {
			t.Errorf("seed %d: %v", seed, rest)
		}
	}
	if len(saw) != 2 {
		t.Errorf("whole domains are allowed by a wildcard: %v, want some seeds with and some without", saw)
	}
}

func TestDivisionsPermitted(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 1, 0, "integrations:integration:add")
	const path = "authorization/divisionspermitted/paged/me"
	for permission, want := range map[string]int{
		"integrations:integration:view": 1, "integrations:integration:add": 0, "no:such:permission": 0,
	} {
		page := o.must(http.MethodGet, path+"?permission="+permission, nil)
		if got := len(page["entities"].([]any)); got != want {
			t.Errorf("%s: %d divisions, want %d", permission, got, want)
		}
	}
	o.refuses("400 missing.permission.param", http.MethodGet, path, nil)
}

// What clients ask before they do anything.
func TestWhatIsThere(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 1, 0)
	products := o.must(http.MethodGet, "authorization/products", nil)
	if list := products["entities"].([]any); products["total"] != float64(len(list)) || len(list) == 0 || list[0].(object)["id"] == "" {
		t.Errorf("products: %v", products)
	}
	home := o.must(http.MethodGet, "authorization/divisions/home", nil)
	mine := o.must(http.MethodGet, "authorization/subjects/me", nil)["grants"].([]any)[0].(object)["division"].(object)
	if home["homeDivision"] != true || home["id"] != mine["id"] {
		t.Errorf("home division: %v", home)
	}
	var permissions, scopes []string
	for _, domain := range o.all("authorization/permissions?pageSize=2") {
		for entity, list := range domain["permissionMap"].(object) {
			for _, p := range list.([]any) {
				permissions = append(permissions, domain["domain"].(string)+":"+entity+":"+p.(object)["action"].(string))
			}
		}
	}
	for _, op := range operations {
		if !slices.Contains(permissions, op.permission) {
			t.Errorf("%s is not among %v", op.permission, permissions)
		}
	}
	for _, scope := range o.all("oauth/scopes") {
		scopes = append(scopes, scope["id"].(string))
	}
	for _, scope := range []string{"integrations", "integrations:readonly", "user-basic-info", "oauth:readonly"} {
		if !slices.Contains(scopes, scope) {
			t.Errorf("%s is not among %v", scope, scopes)
		}
	}
	if all, usual := o.all("conversations/messaging/supportedcontent"), o.must(http.MethodGet, "conversations/messaging/supportedcontent/default", nil); len(all) != 1 || all[0]["id"] != usual["id"] {
		t.Errorf("supported content: %v, by default %v", all, usual)
	}
}
