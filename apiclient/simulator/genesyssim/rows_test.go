package genesyssim_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"msgsso-wizard/apiclient/simulator/genesyssim"
)

// The errors of contract genesys.md 2.5 and 6 that a request alone brings about: row, then request.
func TestErrorsOfARequest(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 3, 0)
	m := o.discover()
	website := o.named(configurations, "Main website")["id"].(string)
	id := o.must(http.MethodPost, "integrations", m.integration("x"))["id"].(string)
	deployment := object{"name": "x", "configuration": object{"id": website, "version": "1"}}
	draft := configurations + "/" + website + "/versions/draft"
	for _, c := range []struct {
		want, method, path string
		body               any
	}{
		{"400 bad.request", "POST", "integrations", []any{}},
		{"400 invalid.value", "PATCH", "integrations/" + id, object{"intendedState": "ON"}},
		{"400 invalid.property", "PUT", draft, with(sample, "colour", "red")},
		{"400 constraint.validation", "POST", configurations, object{}},
		{"400 invalid.query.param.value", "GET", configurations + "?after=x", nil},
		{"400 bad.flow.id", "POST", deployments, with(deployment, "flow", object{"id": "none"})},
		{"400 missing.permission.param", "GET", "authorization/divisionspermitted/paged/me", nil},
		{"400 not.a.user", "GET", "users/me", nil},
		{"404 scp.id.not.found", "POST", deployments, with(deployment, "supportedContent", object{"id": "none"})},
		{"404 not.found", "GET", "integrations/none", nil},
		{"409 resource.conflict", "DELETE", configurations + "/" + website, nil},
		{"409 version.conflict", "PUT", "integrations/" + id + "/config/current", m.config(9, "")},
		{"413 request.entity.too.large", "POST", configurations, with(sample, "description", strings.Repeat("x", 1<<20))},
	} {
		o.refuses(c.want, c.method, c.path, c.body)
	}
}

// The sentences are the definition's, code by code.
func TestSentencesAreTheDefinitions(t *testing.T) {
	t.Parallel()
	if contract() == nil {
		t.Skip("genesys-openapi.json is missing: set MSGSSO_CONTRACT; sentences are not checked against it")
	}
	defined := map[string][]string{}
	for _, methods := range contract().Paths {
		for _, raw := range methods {
			var op struct {
				Responses map[string]struct {
					Codes map[string]string `json:"x-inin-error-codes"`
				}
			}
			if json.Unmarshal(raw, &op) != nil {
				continue
			}
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
	if checked != 41 {
		t.Errorf("%d codes checked", checked)
	}
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
