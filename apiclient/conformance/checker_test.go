package conformance

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// Checker holds calls against one vendor's definition.
type Checker struct {
	habits    habits
	requests  *openapi3.T
	router    routers.Router // of requests
	answers   *openapi3.T
	answering routers.Router // of answers
}

// Exchange is one call: what was sent and what came back.
type Exchange struct {
	Request *http.Request // its body is in Sent
	Sent    []byte
	Status  int
	Header  http.Header
	Answer  []byte
}

// Result is what a Checker found.
type Result struct {
	Operation       string   // operationId; empty for an address that the definition does not have
	Request, Answer []string // what is wrong
}

// newChecker takes the definitions that requests and answers are held against; they have the same operations.
func newChecker(requests, answers *openapi3.T, h habits) (*Checker, error) {
	c := &Checker{habits: h, requests: requests, answers: answers}
	// The definitions name the vendors' hosts; the calls go to a simulator.
	requests.Servers, answers.Servers = nil, nil
	var err1, err2 error
	c.router, err1 = gorillamux.NewRouter(requests)
	c.answering, err2 = gorillamux.NewRouter(answers)
	return c, errors.Join(err1, err2)
}

// Operations returns the definition's operationIds, in order.
func (c *Checker) Operations() []string {
	var ids []string
	for _, item := range c.requests.Paths.Map() {
		for _, op := range item.Operations() {
			ids = append(ids, op.OperationID)
		}
	}
	slices.Sort(ids)
	return ids
}

// Check returns what is wrong with a call.
func (c *Checker) Check(x Exchange) Result {
	// First: a defined address with a parameter may match it, too.
	if slices.ContainsFunc(c.habits.undefined, func(u undefined) bool {
		return (u.method == "" || u.method == x.Request.Method) && u.path.MatchString(x.Request.URL.Path)
	}) {
		return Result{}
	}
	route, params, err := c.router.FindRoute(x.Request)
	if err != nil {
		return Result{Request: []string{"the definition does not have this address: " + err.Error()}}
	}
	v := Result{Operation: route.Operation.OperationID}
	options := &openapi3filter.Options{
		ExcludeReadOnlyValidations:        true, // references carry ids that are marked so, and the vendors send them
		IncludeResponseStatus:             true,
		MultiError:                        true,
		RejectWhenRequestBodyNotSpecified: true,
		SkipSettingDefaults:               true,
		AuthenticationFunc:                c.authorized(x.Sent),
	}
	options.WithCustomSchemaErrorFunc(brief)

	request := x.Request.Clone(context.Background())
	request.Body, request.ContentLength = io.NopCloser(bytes.NewReader(x.Sent)), int64(len(x.Sent))
	input := &openapi3filter.RequestValidationInput{Request: request, PathParams: params, Route: route, Options: options}
	v.Request = slices.Concat(
		problems(openapi3filter.ValidateRequest(context.Background(), input)),
		undefinedParameters(route, x.Request),
		undefinedMembers(requestSchema(route.Operation), x.Sent, c.habits.extra),
	)
	v.Answer = c.checkAnswer(x, options)
	return v
}

func (c *Checker) checkAnswer(x Exchange, options *openapi3filter.Options) []string {
	route, params, err := c.answering.FindRoute(x.Request)
	if err != nil {
		return []string{err.Error()}
	}
	if _, page := c.habits.pages[route.Operation.OperationID]; page {
		return nil
	}
	// The header says it all to the bearer of an access token (contract okta.md 1.7).
	if x.Status >= 400 && len(x.Answer) == 0 && x.Header.Get("WWW-Authenticate") != "" {
		return nil
	}
	answer := x.Answer
	if x.Status < 300 && c.habits.prepare != nil {
		answer = prepared(answer, c.habits.prepare)
	}
	defined := route.Operation.Responses.Status(x.Status)
	if defined == nil && x.Status >= 400 {
		return c.checkError(x.Header, answer)
	}
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: x.Request, PathParams: params, Route: route, Options: options},
		Status:                 x.Status, Header: x.Header, Options: options,
	}
	input.SetBodyBytes(answer)
	found := problems(openapi3filter.ValidateResponse(context.Background(), input))
	switch schema := answerSchema(defined); {
	case schema != nil && !c.habits.openAnswers:
		found = append(found, undefinedMembers(schema, answer, nil)...)
	// Okta's life cycle operations answer with an object that says nothing (contract okta.md 1.5).
	case schema == nil && len(answer) > 0 && string(answer) != "{}":
		found = append(found, fmt.Sprintf("status %d has no body in the definition", x.Status))
	}
	return found
}

// checkError takes an error whose status the operation does not list. Okta lists few of those that it sends.
func (c *Checker) checkError(header http.Header, answer []byte) []string {
	if len(answer) == 0 {
		return nil
	}
	if kind := header.Get("Content-Type"); kind != "application/json" {
		return []string{fmt.Sprintf("an error of type %q", kind)}
	}
	schema := c.answers.Components.Schemas[c.habits.errorSchema].Value
	var value any
	if err := json.Unmarshal(answer, &value); err != nil {
		return []string{"not JSON: " + err.Error()}
	}
	err := schema.VisitJSON(value, openapi3.MultiErrors(), openapi3.VisitAsResponse(), openapi3.SetSchemaErrorMessageCustomizer(brief))
	return append(problems(err), undefinedMembers(schema, answer, nil)...)
}

// authorized says whether the request has the header, or the member of its form, that a security scheme asks for.
func (c *Checker) authorized(sent []byte) openapi3filter.AuthenticationFunc {
	return func(_ context.Context, in *openapi3filter.AuthenticationInput) error {
		header := in.RequestValidationInput.Request.Header.Get("Authorization")
		if slices.ContainsFunc(c.habits.scheme[in.SecuritySchemeName], func(want string) bool {
			return len(header) > len(want) && strings.EqualFold(header[:len(want)], want)
		}) {
			return nil
		}
		form, err := url.ParseQuery(string(sent))
		if member, ok := c.habits.form[in.SecuritySchemeName]; ok && err == nil && form.Get(member) != "" {
			return nil
		}
		return errors.New("the request is not authorized by the scheme " + in.SecuritySchemeName)
	}
}

func prepared(answer []byte, change func(any)) []byte {
	var value any
	if json.Unmarshal(answer, &value) != nil {
		return answer
	}
	change(value)
	out, err := json.Marshal(value)
	if err != nil {
		return answer
	}
	return out
}

// A check that finds nothing is worth something only if it finds what is wrong.

func TestWrongRequests(t *testing.T) {
	t.Parallel()
	c := definitions(t)
	const (
		apps, oauth = "POST /api/v1/apps", "/settings/oauthClient/"
		config      = "PUT /api/v2/integrations/1/config/current"
		badEnum     = ": value is not one of the allowed values"
	)
	settings := func(version string) string {
		return `{"name":"n",` + version + `"properties":{},"advanced":{},"notes":"","credentials":{}}`
	}
	appBody := calls(t, "Okta, an app for both kinds of server")[0].body
	replace := func(old, with string) string { return strings.Replace(appBody, old, with, 1) }
	signs := map[*Checker]string{c.Okta: "SSWS 1", c.Genesys: "Bearer 1"}
	for _, x := range []struct {
		name    string
		checker *Checker
		call    string
		body    string
		want    string // the beginning of the problem; empty: there is none
	}{
		{"an app", c.Okta, "POST /api/v1/apps?activate=true", appBody, ""},
		{"misspelled enum", c.Okta, apps, replace(`"TRUSTED"`, `"Trusted"`), oauth + "consent_method" + badEnum},
		{"misspelled sign-on mode", c.Okta, apps, replace(`"OPENID_CONNECT"`, `"OPENID"`), `: discriminator property "signOnMode" has invalid value`},
		{"missing required", c.Okta, apps, replace(`"label":"Test",`, ``), `/label: property "label" is missing`},
		{"wrong type", c.Okta, apps, replace(`["authorization_code","refresh_token"]`, `"x"`), oauth + "grant_types: value must be an array"},
		{"misspelled member", c.Okta, apps, replace(`"redirect_uris"`, `"redirectUris"`), oauth + "redirectUris: is not defined"},
		{"limit", c.Okta, "GET /api/v1/apps?limit=500", "", "query parameter limit : number must be at most 200"},
		{"unknown parameter", c.Okta, "GET /api/v1/apps?size=5", "", "query parameter size is not defined"},
		{"a body too many", c.Okta, "POST /api/v1/apps/0oa1/lifecycle/activate", "{}", "request body not allowed"},
		{"no body", c.Okta, "POST /api/v1/trustedOrigins", "", "value is required but missing"},
		{"unknown address", c.Okta, "GET /api/v1/app", "", "the definition does not have this address"},
		{"unknown method", c.Okta, "PATCH /api/v1/apps/0oa1", "{}", "the definition does not have this address"},

		{"an integration", c.Genesys, "PATCH /api/v2/integrations/1", `{"intendedState":"ENABLED"}`, ""},
		{"misspelled enum", c.Genesys, "PATCH /api/v2/integrations/1", `{"intendedState":"On"}`, "/intendedState" + badEnum},
		{"missing required", c.Genesys, config, settings(""), `/version: property "version" is missing`},
		{"wrong type", c.Genesys, config, settings(`"version":"1",`), "/version: value must be an integer"},
		{"misspelled member", c.Genesys, "POST /api/v2/webdeployments/configurations", `{"name":"n","authentication":{}}`, "/authentication: is not defined"},
		{"misspelled expand", c.Genesys, "GET /api/v2/webdeployments/deployments?expand=configuration", "", "query parameter expand /0" + badEnum},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			method, path, _ := strings.Cut(x.call, " ")
			check(t, x.checker.Check(exchange(method, path, x.body, signs[x.checker], 500, "")).Request, x.want)
		})
	}
	for _, sign := range []string{"", "Basic 1"} {
		check(t, c.Okta.Check(exchange("GET", "/api/v1/apps", "", sign, 500, "")).Request, "security requirements failed")
	}
}

func TestWrongAnswers(t *testing.T) {
	t.Parallel()
	c := definitions(t)
	const app = `{"id":"0oa1","name":"oidc_client","label":"Test","status":"ACTIVE","signOnMode":"OPENID_CONNECT","created":"2026-01-02T03:04:05.000Z",
		"credentials":{},"settings":{"oauthClient":{"grant_types":["authorization_code"]}},"accessibility":{"errorRedirectUrl":null}}`
	replace := func(old, with string) string { return strings.Replace(app, old, with, 1) }
	for _, x := range []struct {
		name    string
		checker *Checker
		path    string
		status  int
		body    string
		want    []string
	}{
		{"an app", c.Okta, "/api/v1/apps/0oa1", 200, app, nil},
		{"misspelled enum", c.Okta, "/api/v1/apps/0oa1", 200, replace(`"ACTIVE"`, `"active"`), []string{"/status: value is not one of the allowed values"}},
		{"missing required", c.Okta, "/api/v1/apps/0oa1", 200, replace(`"settings"`, `"set"`), []string{`/settings: property "settings" is missing`}},
		{"not a time", c.Okta, "/api/v1/apps/0oa1", 200, replace("T03", " 03"), []string{"/created: "}},
		{"null", c.Okta, "/api/v1/apps/0oa1", 200, replace(`"Test"`, `null`), []string{"/label: Value is not nullable"}},
		{"no sign-on mode", c.Okta, "/api/v1/apps/0oa1", 200, replace(`"OPENID_CONNECT"`, `null`), []string{`: value of discriminator property "signOnMode" is not a string`}},
		{"in a list", c.Okta, "/api/v1/apps", 200, "[" + replace(`"ACTIVE"`, `1`) + "]", []string{"/0/status: value is not one of the allowed values"}},
		{"unknown status", c.Okta, "/api/v1/apps/0oa1", 202, app, []string{"status is not supported", "status 202 has no body in the definition"}},
		{"an error", c.Okta, "/api/v1/apps/0oa1", 404, `{"errorCode":"E0000007","errorSummary":"Not found","errorCauses":[]}`, nil},
		{"an error of another kind", c.Okta, "/api/v1/apps/0oa1", 404, `{"errorCode":7}`, []string{"/errorCode: value must be a string"}},
		{"an error that is not listed", c.Okta, "/api/v1/apps/0oa1", 401, `{"errorCode":"E0000011","error":"x"}`, []string{"/error: is not defined"}},

		{"an organization", c.Genesys, "/api/v2/organizations/me", 200, `{"id":"1","name":"Acme","version":1}`, nil},
		{"misspelled member", c.Genesys, "/api/v2/organizations/me", 200, `{"version":1,"thirdPartyOrganizationName":"Acme"}`, []string{"/thirdPartyOrganizationName: is not defined"}},
		{"wrong type", c.Genesys, "/api/v2/integrations", 200, `{"entities":[{"id":1}]}`, []string{"/entities/0/id: value must be a string", `/entities/0/intendedState: property "intendedState" is missing`}},
		{"misspelled enum", c.Genesys, "/api/v2/integrations", 200, `{"entities":[{"intendedState":"On"}]}`, []string{"/entities/0/intendedState: value is not one of the allowed values"}},
		{"an error", c.Genesys, "/api/v2/organizations/me", 403, `{"message":"no","status":403,"messageParams":{"0":"x"}}`, nil},
		{"an error of another kind", c.Genesys, "/api/v2/organizations/me", 403, `{"status":"403"}`, []string{"/status: value must be an integer"}},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			check(t, x.checker.Check(exchange("GET", x.path, "", "", x.status, x.body)).Answer, x.want...)
		})
	}
}

// A request that is wrong on purpose must be found wrong, and the mark must not reach the service.
func TestRecorder(t *testing.T) {
	t.Parallel()
	r := NewRecorder(definitions(t).Okta)
	service := r.Wrap(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		assert.Check(t, is.Equal(req.Header.Get(Wrong), ""), "the mark reached the service")
		w.WriteHeader(http.StatusForbidden)
	}))
	for _, x := range []struct {
		path  string
		wrong bool
		want  []string
	}{
		{"/api/v1/apps?limit=500", true, nil},
		{"/api/v1/apps?limit=500", false, []string{"query parameter limit : number must be at most 200"}},
		{"/api/v1/apps?limit=100", true, []string{"this request was meant to break the definition"}},
		{"/api/v1/apps?limit=100", false, nil},
	} {
		before := len(r.Violations())
		req := exchange("GET", x.path, "", "SSWS 1", 0, "").Request
		if x.wrong {
			req.Header.Set(Wrong, "yes")
		}
		service.ServeHTTP(httptest.NewRecorder(), req)
		var got []string
		for _, v := range r.Violations()[before:] {
			if _, problem, request := strings.Cut(v, ": request: "); request {
				got = append(got, problem)
			}
		}
		check(t, got, x.want...)
	}
	assert.Check(t, is.Len(r.Exercised(), 0))
}

func exchange(method, path, body, sign string, status int, answer string) Exchange {
	req := httptest.NewRequestWithContext(context.Background(), method, path, strings.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	if sign != "" {
		req.Header.Set("Authorization", sign)
	}
	return Exchange{
		Request: req, Sent: []byte(body), Status: status, Answer: []byte(answer),
		Header: http.Header{"Content-Type": {"application/json"}},
	}
}

// check compares the beginnings of the problems found with those wanted, in any order.
func check(t *testing.T, got []string, want ...string) {
	t.Helper()
	rest := slices.Clone(got)
	for _, w := range want {
		if w == "" {
			continue
		}
		at := slices.IndexFunc(rest, func(g string) bool { return strings.HasPrefix(g, w) })
		if at < 0 {
			t.Errorf("not found: %s\nfound: %s", w, strings.Join(got, "\n"))
			continue
		}
		rest = slices.Delete(rest, at, at+1)
	}
	assert.Check(t, len(rest) == 0, "found too much: %s", strings.Join(rest, "\n"))
}
