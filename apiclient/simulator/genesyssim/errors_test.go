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
		want, call string
		opts       genesyssim.Options
		body       object
		before     string // a call that is still taken
	}{
		{"400 max.integrations.reached", "POST integrations", genesyssim.Options{MaxInstances: 1}, m.integration("two"), "POST integrations"},
		{"400 resource.limit.exceeded", "POST " + configurations, genesyssim.Options{MaxConfigurations: 2}, sample, ""},
		{"400 resource.limit.exceeded", "POST " + deployments, genesyssim.Options{MaxDeployments: 1}, deployment, ""},
		{"400 bad.request", "POST " + configurations, genesyssim.Options{LacksFeature: "authenticationSettings"}, auth, ""},
		{"403 missing.permissions", "POST integrations", genesyssim.Options{Deny: add}, m.integration("x"), ""},
		{"429 too.many.requests.retry.after", "GET flows", genesyssim.Options{CallsPerMinute: 1}, nil, "GET organizations/me"},
	} {
		t.Run(c.want+" "+c.call, func(t *testing.T) {
			t.Parallel()
			o := shapedOrg(t, 3, 0, c.opts)
			o.signIn()
			var body any
			if c.body != nil {
				body = c.body
			}
			if method, path, found := strings.Cut(c.before, " "); found {
				o.must(method, path, body)
			}
			method, path, _ := strings.Cut(c.call, " ")
			o.refuses(c.want, method, path, body)
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
