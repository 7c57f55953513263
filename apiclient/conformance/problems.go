package conformance

import (
	"errors"
	"net/http"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

// brief words a schema error without the value, which may be a secret, and without the schema.
func brief(err *openapi3.SchemaError) string {
	reason := err.Reason
	if reason == "" {
		reason = "does not match the " + err.SchemaField
	}
	place := ""
	for _, step := range err.JSONPointer() {
		place += "/" + step
	}
	return place + ": " + reason
}

// problems takes an error of the validator apart, one line for each thing that is wrong.
func problems(err error) []string {
	if err == nil {
		return nil
	}
	prefix, inner := "", []error(nil)
	var many openapi3.MultiError
	var request *openapi3filter.RequestError
	var answer *openapi3filter.ResponseError
	var schema *openapi3.SchemaError
	var parse *openapi3filter.ParseError
	switch {
	case asExactly(err, &many):
		inner = many
	case asExactly(err, &request) && request.Err != nil:
		if request.Parameter != nil {
			prefix = request.Parameter.In + " parameter " + request.Parameter.Name + " "
		}
		inner = []error{request.Err}
	case asExactly(err, &answer) && answer.Err != nil:
		inner = []error{answer.Err}
	case asExactly(err, &schema) && (schema.SchemaField == "allOf" || schema.SchemaField == "oneOf") && schema.Origin != nil:
		inner = []error{schema.Origin} // which knows the whole path to its own place
	case asExactly(err, &schema), asExactly(err, &parse), errors.Unwrap(err) == nil:
		return []string{err.Error()}
	default: // what joins the errors of allOf and oneOf has no exported type
		inner = []error{errors.Unwrap(err)}
	}
	var lines []string
	for _, e := range inner {
		for _, line := range problems(e) {
			lines = append(lines, prefix+line)
		}
	}
	return lines
}

// asExactly looks at err alone and not at what it wraps.
func asExactly[T error](err error, target *T) bool {
	e, ok := err.(T) //nolint:errorlint // the chain is walked by problems
	if ok {
		*target = e
	}
	return ok
}

// undefinedParameters names the query parameters that the operation does not have.
func undefinedParameters(route *routers.Route, r *http.Request) []string {
	var lines []string
	for name := range r.URL.Query() {
		if route.Operation.Parameters.GetByInAndName("query", name) == nil && route.PathItem.Parameters.GetByInAndName("query", name) == nil {
			lines = append(lines, "query parameter "+name+" is not defined")
		}
	}
	return lines
}
