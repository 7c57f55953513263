package genesyssim_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/testkit/contract"
)

// Errors that follow from what the organization is like; those that a request alone causes are tested where the
// request is.
func TestErrorsOfAnOrganization(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 3, 0)
	m := o.discover()
	flow, pinned := o.webChat(), o.named(configurations, "Main website")["id"].(string)
	deployment := object{"name": "One more", "configuration": object{"id": pinned, "version": "1"}, "flow": object{"id": flow}}
	auth := with(sample, "authenticationSettings", object{"enabled": true, "integrationId": "x"})
	feature := []any{object{"errorCode": "feature is not yet implemented", "fieldName": "authenticationSettings"}}
	limit := object{"key": "configuration.max", "namespace": "web.deployments", "value": 2.0}
	draft := configurations + "/" + pinned + "/versions/draft"
	for _, c := range []struct {
		want, call string
		opts       genesyssim.Options
		body       object
		before     string // a call that is still taken
		carries    object // of the answer
	}{
		{"400 max.integrations.reached", "POST integrations", genesyssim.Options{MaxInstances: 1}, m.integration("two"), "POST integrations", nil},
		{"400 resource.limit.exceeded", "POST " + configurations, genesyssim.Options{MaxConfigurations: 2}, sample, "", object{"limit": limit}},
		{"400 resource.limit.exceeded", "POST " + deployments, genesyssim.Options{MaxDeployments: 1}, deployment, "", nil},
		{"400 bad.request", "POST " + configurations, genesyssim.Options{LacksFeature: "authenticationSettings"}, auth, "", object{"details": feature}},
		{"400 bad.request", "PUT " + draft, genesyssim.Options{LacksFeature: "authenticationSettings"}, auth, "", object{"details": feature}},
		{"429 too.many.requests.retry.after", "GET flows", genesyssim.Options{CallsPerMinute: 1}, nil, "GET organizations/me", nil},
	} {
		t.Run(c.want+" "+c.call, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t, 3, 0, c.opts)
			var body any
			if c.body != nil {
				body = c.body
			}
			if method, path, found := strings.Cut(c.before, " "); found {
				o.must(method, path, body)
			}
			method, path, _ := strings.Cut(c.call, " ")
			answer := o.refuses(c.want, method, path, body)
			for member, want := range c.carries {
				assert.Check(t, is.DeepEqual(answer[member], want), member)
			}
		})
	}
}

// Errors that nothing in an organization leads to are faults.
func TestFaults(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 1, 0)
	for want, wait := range map[string]string{
		"429 too.many.requests.retry.after Rate limit exceeded the maximum. Retry the request in [7] seconds": "7",
		"401 ip.not.authorized Requests originating from this IP address are not authorized: [7]":             "",
		"504 request.timeout The request timed out.":                                                          "",
	} {
		fault := genesyssim.Fault(strings.Fields(want)[1], 7)
		if !strings.Contains(want, "7") {
			fault = genesyssim.Fault(strings.Fields(want)[1])
		}
		fault.Path, fault.Times = regexp.MustCompile("^/api/v2/flows$"), 1
		o.sim.Faults.Add(fault)
		status, header, answer := o.callWithHeader(http.MethodGet, "flows", nil)
		assert.Check(t, is.Equal(fmt.Sprint(status, " ", answer["code"], " ", answer["message"]), want))
		assert.Check(t, is.Equal(header.Get("Retry-After"), wait), "Retry-After")
		o.must(http.MethodGet, "flows", nil)
	}
}

// The sentences are the definition's, code by code.
func TestSentencesAreTheDefinitions(t *testing.T) {
	t.Parallel()
	sentencesOf := map[string][]string{}
	for _, methods := range defined(t) {
		for _, op := range methods {
			for status, answer := range op.Responses {
				for code, sentence := range answer.Codes {
					sentencesOf[code] = append(sentencesOf[code], status+" "+sentence)
				}
			}
		}
	}
	checked := 0
	for code, sentences := range sentencesOf {
		blanks := 0
		for _, sentence := range sentences {
			blanks = max(blanks, strings.Count(sentence, "%s"))
		}
		status, message, ok := sentenceOf(code, blanks)
		if !ok {
			continue
		}
		checked++
		if !slices.Contains(sentences, status+" "+message) {
			t.Errorf("%s: %s %s, want one of %q", code, status, message, slices.Compact(sentences))
		}
	}
	assert.Check(t, is.Equal(checked, 38))
}

// sentenceOf is a code's status and sentence; not ok: the simulator does not use it.
func sentenceOf(code string, blanks int) (status, message string, ok bool) {
	defer func() { _ = recover() }()
	args := slices.Repeat([]any{"%s"}, blanks)
	fault := genesyssim.Fault(code, args...)
	var body struct {
		Message string
		Status  json.Number
	}
	err := json.Unmarshal([]byte(fault.Body), &body)
	return body.Status.String(), body.Message, err == nil && fault.Header.Get("Content-Type") == "application/json" && http.StatusText(fault.Status) != ""
}

// permitted are the calls that need a permission, from contract genesys.md 1.3, 2.1, 6 and 7.
var permitted = map[string][]string{
	"integrations:integration:view": {
		"GET integrations", "GET integrations/x", "GET integrations/x/config/current", "GET integrations/types",
		"GET integrations/types/x", "GET integrations/types/x/configschemas/properties", "GET integrations/credentials",
		"GET integrations/credentials/listing", "GET integrations/credentials/types", "GET integrations/credentials/x",
	},
	"integrations:integration:add":    {"POST integrations", "POST integrations/credentials"},
	"integrations:integration:edit":   {"PATCH integrations/x", "PUT integrations/x/config/current", "PUT integrations/credentials/x"},
	"integrations:integration:delete": {"DELETE integrations/x", "DELETE integrations/credentials/x"},
	"webDeployments:configuration:view": {
		"GET " + configurations, "GET " + configurations + "/x/versions", "GET " + configurations + "/x/versions/1",
		"GET " + configurations + "/x/versions/draft",
	},
	"webDeployments:configuration:add":    {"POST " + configurations},
	"webDeployments:configuration:edit":   {"PUT " + configurations + "/x/versions/draft"},
	"webDeployments:configuration:delete": {"DELETE " + configurations + "/x"},
	"webDeployments:configuration:edit, webDeployments:configuration:add": {
		"POST " + configurations + "/x/versions/draft/publish",
	},
	"webDeployments:deployment:view":   {"GET " + deployments, "GET " + deployments + "/x"},
	"webDeployments:deployment:add":    {"POST " + deployments},
	"webDeployments:deployment:edit":   {"PUT " + deployments + "/x"},
	"webDeployments:deployment:delete": {"DELETE " + deployments + "/x"},
	"architect:flow:view":              {"GET flows", "GET flows/x"},
	"architect:flow:search":            {"GET flows/divisionviews"},
	"oauth:client:view":                {"GET oauth/clients/x"},
	"messaging:supportedContent:view": {
		"GET conversations/messaging/supportedcontent", "GET conversations/messaging/supportedcontent/default",
	},
	"webDeployments:deployment:edit, webDeployments:identityResolution:edit": {"PUT " + deployments + "/x/identityresolution"},
}

func TestPermissionOfEachOperation(t *testing.T) {
	t.Parallel()
	allowed := newOrg(t, 1, 0)
	for permission, calls := range permitted {
		o := newOrg(t, 1, 0, genesyssim.Options{Deny: strings.Split(permission, ", ")})
		for _, call := range calls {
			method, path, _ := strings.Cut(call, " ")
			var body any
			if method != http.MethodGet {
				body = object{}
			}
			answer := o.refuses("403 missing.permissions", method, path, body)
			want := "Unable to perform the requested action. You are missing the following permission(s): [" + permission + "]"
			assert.Check(t, is.Equal(answer["message"], want), call)
			status, _ := allowed.call(method, path, object{})
			assert.Check(t, status != http.StatusForbidden, "%s: refused though allowed", call)
		}
	}
}

func TestNoPermissionNeeded(t *testing.T) {
	t.Parallel()
	all := strings.Split(strings.Join(slices.Collect(maps.Keys(permitted)), ", "), ", ")
	deployment := newOrg(t, 1, 0).named("webdeployments/deployments", "Main website")["id"].(string)
	o := newOrg(t, 1, 0, genesyssim.Options{Deny: all})
	for _, path := range []string{
		"organizations/me", "tokens/me", "authorization/subjects/me", "authorization/products", "authorization/permissions", "authorization/divisions/home",
		"authorization/divisionspermitted/paged/me?permission=x:y:z", "oauth/scopes",
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
				for permission := range permitted {
					if regexp.MustCompile("^" + allowed + "$").MatchString(permission) {
						list = append(list, permission)
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
		rest := granted(newOrg(t, seed, 0, genesyssim.Options{Deny: []string{denied}}))
		assert.Check(t, len(whole) == 16 && slices.Contains(whole, denied), "seed %d: %v", seed, whole)
		assert.Check(t, len(rest) == 15 && !slices.Contains(rest, denied), "seed %d: %v", seed, rest)
	}
	assert.Check(t, is.Len(saw, 2), "whole domains are allowed by a wildcard")
}

// operation is one of the vendor's API definition (Swagger 2.0), as far as tests here read it. The module conformance
// holds requests and answers against the definition.
type operation struct {
	Security  []map[string][]string
	Responses map[string]struct {
		Codes map[string]string `json:"x-inin-error-codes"`
	}
}

// defined is the definition's operations by path and method. Without it the test is skipped.
func defined(t *testing.T) map[string]map[string]operation {
	t.Helper()
	var definition struct {
		Paths map[string]map[string]operation
	}
	assert.NilError(t, json.Unmarshal(contract.Read(t, "genesys-openapi.json"), &definition))
	return definition.Paths
}
