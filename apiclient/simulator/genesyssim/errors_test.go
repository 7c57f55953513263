package genesyssim_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/genesyssim"
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
	add := []string{"integrations:integration:add"}
	for _, c := range []struct {
		want    string
		opts    genesyssim.Options
		method  string
		path    string
		body    object
		message string
		prepare func(*org)
	}{
		{
			want: "400 max.integrations.reached", opts: genesyssim.Options{MaxInstances: 1}, method: "POST", path: "integrations", body: m.integration("two"),
			message: "The maximum number of integrations for this type have already been created. One or more integrations must be removed before a new one can be created.",
			prepare: func(o *org) { o.must(http.MethodPost, "integrations", m.integration("one")) },
		},
		{
			want: "400 resource.limit.exceeded", opts: genesyssim.Options{MaxConfigurations: 2}, method: "POST", path: configurations, body: sample,
			message: "The maximum number of resources has been exceeded",
		},
		{
			want: "400 resource.limit.exceeded", opts: genesyssim.Options{MaxDeployments: 1}, method: "POST", path: deployments, body: deployment,
			message: "The maximum number of resources has been exceeded",
		},
		{
			want: "400 bad.request", opts: genesyssim.Options{LacksFeature: "authenticationSettings"}, method: "POST", path: configurations, body: auth,
			message: "The request could not be understood by the server due to malformed syntax.",
		},
		{
			want: "403 missing.permissions", opts: genesyssim.Options{Deny: add}, method: "POST", path: "integrations", body: m.integration("x"),
			message: "Unable to perform the requested action. You are missing the following permission(s): [integrations:integration:add]",
		},
		{
			want: "429 too.many.requests.retry.after", opts: genesyssim.Options{CallsPerMinute: 1}, method: "GET", path: "flows",
			message: "Rate limit exceeded the maximum. Retry the request in [60] seconds",
			prepare: func(o *org) { o.must(http.MethodGet, "organizations/me", nil) },
		},
	} {
		t.Run(c.want+" "+c.path, func(t *testing.T) {
			t.Parallel()
			o := shapedOrg(t, 3, 0, c.opts)
			o.signIn()
			if c.prepare != nil {
				c.prepare(o)
			}
			var body any
			if c.body != nil {
				body = c.body
			}
			answer := o.refuses(c.want, c.method, c.path, body)
			assert.Check(t, answer["message"] == c.message, "message %v", answer["message"])
		})
	}
}

func TestWhatTheErrorsCarry(t *testing.T) {
	t.Parallel()
	o := shapedOrg(t, 3, 0, genesyssim.Options{MaxConfigurations: 3, MaxDeployments: 1, LacksFeature: "authenticationSettings"})
	o.signIn()
	auth := with(sample, "authenticationSettings", object{"enabled": true, "integrationId": "x"})
	made := o.must(http.MethodPost, configurations, sample)
	want := []any{object{"errorCode": "feature is not yet implemented", "fieldName": "authenticationSettings"}}
	for method, path := range map[string]string{"POST": configurations, "PUT": configurations + "/" + made["id"].(string) + "/versions/draft"} {
		assert.Check(t, is.DeepEqual(o.refuses("400 bad.request", method, path, auth)["details"], want), method)
	}
	limit := o.refuses("400 resource.limit.exceeded", http.MethodPost, configurations, sample)["limit"]
	if diff := cmp.Diff(object{"key": "configuration.max", "namespace": "web.deployments", "value": 3.0}, limit); diff != "" {
		t.Error(diff)
	}
}

func TestVersionConflictAs400(t *testing.T) {
	t.Parallel()
	o := shapedOrg(t, 3, 0, genesyssim.Options{VersionConflict400: true})
	o.signIn()
	m := o.discover()
	id := o.must(http.MethodPost, "integrations", m.integration("x"))["id"].(string)
	answer := o.refuses("400 bad.request", http.MethodPut, "integrations/"+id+"/config/current", m.config(7, ""))
	assert.Check(t, answer["message"] == "Version 7 does not match the current version 1.",
		"message %v", answer["message"])
	o.must(http.MethodPut, "integrations/"+id+"/config/current", m.config(1, ""))
}

// Errors that nothing in an organization leads to are faults.
func TestFaults(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]struct {
		args    []any
		message string
	}{
		"401 ip.not.authorized": {[]any{"192.0.2.1"}, "Requests originating from this IP address are not authorized: [192.0.2.1]"},
		"403 missing.any.permissions": {
			[]any{"[a:b:add]"}, "Unable to perform the requested action. You must have at least one of the following permissions assigned: [a:b:add]",
		},
		"403 missing.division.permission": {
			[]any{"a:b:add"}, "Unable to perform the requested action. You are missing the following permission 'a:b:add' in the provided division(s).",
		},
		"403 not.authorized":                 {nil, "You are not authorized to perform the requested action."},
		"403 authz.policy.denied":            {[]any{"p-1"}, "Unable to perform the requested action. Your organization's security policies have denied access. Policy ID(s): [p-1]"},
		"408 client.timeout":                 {nil, "The client did not produce a request within the server timeout limit. This can be caused by a slow network connection and/or large payloads."},
		"409 request.conflict":               {nil, "The request conflicts with the current state of the target resource."},
		"400 illegal.operation":              {nil, "Unable to perform the requested operation"},
		"429 too.many.requests":              {[]any{300, 60}, "Rate limit exceeded the maximum [300] requests within [60] seconds"},
		"429 too.many.requests.retry.after":  {[]any{7}, "Rate limit exceeded the maximum. Retry the request in [7] seconds"},
		"500 internal.server.error":          {nil, "The server encountered an unexpected condition which prevented it from fulfilling the request."},
		"503 service.unavailable":            {nil, "Service Unavailable - The server is currently unavailable (because it is overloaded or down for maintenance)."},
		"504 request.timeout":                {nil, "The request timed out."},
		"504 authentication.request.timeout": {nil, "Authentication request timeout."},
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t, 1, 0)
			_, code, _ := strings.Cut(want, " ")
			fault := genesyssim.Fault(code, c.args...)
			fault.Path, fault.Times = regexp.MustCompile("^/api/v2/flows$"), 1
			o.sim.Faults.Add(fault)
			status, header, answer := o.callWithHeader(http.MethodGet, "flows", nil)
			got := fmt.Sprint(status, " ", answer["code"])
			assert.Check(t, got == want && answer["message"] == c.message, "got %s %v", got, answer["message"])
			wait := ""
			if code == "too.many.requests.retry.after" {
				wait = "7"
			}
			assert.Check(t, is.Equal(header.Get("Retry-After"), wait), "Retry-After")
			o.must(http.MethodGet, "flows", nil)
		})
	}
}

// The sentences are the definition's, code by code.
func TestSentencesAreTheDefinitions(t *testing.T) {
	t.Parallel()
	defined := map[string][]string{}
	for _, methods := range contract(t) {
		for _, op := range methods {
			for status, answer := range op.Responses {
				for code, sentence := range answer.Codes {
					defined[code] = append(defined[code], status+" "+sentence)
				}
			}
		}
	}
	checked := 0
	for code, sentences := range defined {
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
	assert.Check(t, is.Equal(checked, 41))
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
