package conformance

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
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
