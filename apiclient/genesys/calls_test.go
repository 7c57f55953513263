package genesys

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/testkit/contract"
)

// call is one call of the client, the request that it is, the answer, and what must come of it.
type call struct {
	op     string // the operation's id in the vendor's definition
	sent   string // method, path and query
	body   string
	answer string
	do     func(*Client) (any, error)
	gives  any    // what the call returns
	needs  string // the member without which an answer is of no use; empty: there is none
}

// nothing is what a call returns that returns an error only.
func nothing(err error) (any, error) { return nil, err }

func calls(t *testing.T) []call {
	t.Helper()
	return append(append(callsForIntegrations(t), callsForDeployments(t)...), callsForTheOrganization(t)...)
}

// TestCalls also takes each answer's content away.
func TestCalls(t *testing.T) {
	t.Parallel()
	for _, call := range calls(t) {
		t.Run(call.op, func(t *testing.T) {
			t.Parallel()
			x := exchange{call: call.sent, body: call.body, answer: call.answer}
			if call.answer == "" {
				x.status = http.StatusNoContent
			}
			got, err := call.do(script(t, x))
			assert.NilError(t, err)
			assert.Check(t, is.DeepEqual(got, call.gives, noRaw))
			if call.needs == "" {
				return
			}
			if x.answer = "{}"; isList(call) {
				x.answer = `{"entities":[null]}`
			}
			_, err = call.do(script(t, x))
			e, _ := apiclient.AsError(err)
			assert.Assert(t, is.ErrorIs(err, apiclient.ErrMalformed))
			assert.Check(t, is.Equal(e.Summary, call.op+": "+call.needs+" is missing"))
			assert.Check(t, e.Maybe == (strings.HasPrefix(call.sent, "POST") || strings.HasPrefix(call.sent, "PATCH")))
		})
	}
}

func isList(c call) bool { return strings.HasPrefix(c.answer, `{"entities":`) }

// A list that does not come to its end is an error: what it lacks may be there.
func TestIncompleteListFails(t *testing.T) {
	t.Parallel()
	tried := map[string]bool{}
	for _, call := range calls(t) {
		if !isList(call) {
			continue
		}
		pages := map[string]string{"read already": `"nextUri":"/api?after=1"`}
		switch {
		case call.op == "getIntegrationsCredentialsTypes": // there is no way to ask for a second page
			pages = map[string]string{"more than one page": `"nextUri":"/x"`, "one page": `"pageCount":2`}
		case strings.Contains(call.sent, "pageNumber"):
			pages["page 1 came again as page 2"] = `"pageNumber":1,"pageCount":2`
		}
		for why, next := range pages {
			got, err := call.do(answering(t, http.StatusOK, strings.Replace(call.answer, "{", "{"+next+",", 1)))
			assert.Assert(t, is.ErrorIs(err, apiclient.ErrIncompleteList), call.op)
			e, _ := apiclient.AsError(err)
			assert.Check(t, e.Op == call.op && strings.Contains(e.Summary, why), "got %v", err)
			assert.Check(t, is.Len(got, 0), call.op)
		}
		tried[call.op] = true
	}
	assert.Check(t, is.Len(tried, 8))
}

// TestOperationsAreTheVendors makes every call fail, and compares what it was with the vendor's definition.
func TestOperationsAreTheVendors(t *testing.T) {
	t.Parallel()
	var definition struct {
		Paths map[string]map[string]json.RawMessage
	}
	assert.NilError(t, json.Unmarshal(contract.Read(t, "genesys-openapi.json"), &definition))
	operations := map[string]string{} // method and path by operation
	for path, methods := range definition.Paths {
		for method, data := range methods {
			var operation struct{ OperationID string }
			if json.Unmarshal(data, &operation) == nil {
				operations[operation.OperationID] = strings.ToUpper(method) + " " + path
			}
		}
	}
	c := answering(t, http.StatusNotFound, "")
	for _, call := range calls(t) {
		_, err := call.do(c)
		e, found := apiclient.AsError(err)
		assert.Assert(t, found, "%s: %v", call.op, err)
		assert.Check(t, is.Equal(e.Op, call.op))
		template := operations[e.Op]
		// A placeholder stands for one segment; configType is "properties".
		pattern := "^" + regexp.MustCompile(`\{[^}]+\}`).ReplaceAllString(template, "[^/]+") + "$"
		assert.Check(t, template != "" && regexp.MustCompile(pattern).MatchString(e.Method+" "+e.Path),
			"%s is %s %s, the vendor's is %q", e.Op, e.Method, e.Path, template)
	}
}

// answering is a client of a service that gives one answer to everything.
func answering(t *testing.T, status int, answer string) *Client {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.URL.Path == "/oauth/token" {
			_, _ = io.WriteString(w, `{"access_token":"token-1"}`)
			return
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(server.Close)
	return clientOf(t, server)
}

// filled reads an answer.
func filled[T any](t *testing.T, answer string) T {
	t.Helper()
	var object T
	assert.NilError(t, apiclient.Fill([]byte(answer), &object))
	return object
}

func TestEmptyIDsAreNotSent(t *testing.T) {
	t.Parallel()
	c := script(t)
	for _, id := range []string{"", ".", ".."} {
		_, readErr := c.Integration(t.Context(), id)
		_, publicErr := c.PublicConfig(t.Context(), id)
		for _, err := range []error{
			c.DeleteIntegration(t.Context(), id), c.DeleteCredential(t.Context(), id),
			c.DeleteConfiguration(t.Context(), id), c.DeleteDeployment(t.Context(), id), readErr, publicErr,
		} {
			assert.Check(t, is.ErrorContains(err, "wasn't sent"), "%q", id)
		}
	}
}

func TestUnreadObjectsAreNotSentBack(t *testing.T) {
	t.Parallel()
	c := script(t)
	_, err := c.UpdateDraft(t.Context(), Configuration{ID: "m-1"})
	assert.Check(t, is.ErrorIs(err, errUnread))
	_, err = c.UpdateDeployment(t.Context(), Deployment{ID: "d-1"})
	assert.Check(t, is.ErrorIs(err, errUnread))
}
