package conformance

import (
	"cmp"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

// brief words a schema error without the value, which may be a secret, and without the schema.
func brief(err *openapi3.SchemaError) string {
	where := ""
	for _, step := range err.JSONPointer() {
		where += "/" + step
	}
	return where + ": " + cmp.Or(err.Reason, "does not match the "+err.SchemaField)
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

// asExactly checks err alone and not what it wraps.
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

// JSON Schema lets a body have members that no schema names. A misspelled one would pass for such, so they are
// looked for here.

func requestSchema(op *openapi3.Operation) *openapi3.Schema {
	if op.RequestBody == nil {
		return nil
	}
	return jsonSchema(op.RequestBody.Value.Content)
}

func answerSchema(response *openapi3.ResponseRef) *openapi3.Schema {
	if response == nil {
		return nil
	}
	return jsonSchema(response.Value.Content)
}

func jsonSchema(content openapi3.Content) *openapi3.Schema {
	media := content.Get("application/json")
	if media == nil || media.Schema == nil {
		return nil
	}
	return media.Schema.Value
}

// undefinedMembers names the members of a JSON body that neither its schema nor extra has.
func undefinedMembers(schema *openapi3.Schema, body []byte, extra map[string]string) []string {
	var value any
	if schema == nil || json.Unmarshal(body, &value) != nil {
		return nil
	}
	var lines []string
	for _, pointer := range strangers("", value, []*openapi3.Schema{schema}) {
		if _, ok := extra[pointer]; !ok {
			lines = append(lines, pointer+": is not defined")
		}
	}
	return lines
}

// strangers returns the pointers (RFC 6901, without its escapes) of the members that no schema describes.
func strangers(at string, value any, schemas []*openapi3.Schema) []string {
	var found []string
	all := parts(value, schemas)
	switch v := value.(type) {
	case []any:
		var items []*openapi3.Schema
		for _, s := range all {
			items = with(items, s.Items)
		}
		for i, item := range v {
			found = append(found, strangers(at+"/"+strconv.Itoa(i), item, items)...)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			described, free := describing(name, all)
			if described == nil && !free {
				found = append(found, at+"/"+name)
			}
			found = append(found, strangers(at+"/"+name, v[name], described)...)
		}
	}
	return found
}

// describing returns the schemas of a member; free: it may be there though none describes it.
func describing(name string, schemas []*openapi3.Schema) (found []*openapi3.Schema, free bool) {
	closed := false
	for _, s := range schemas {
		found = with(found, s.Properties[name])
		closed = closed || len(s.Properties) > 0
	}
	if found != nil {
		return found, true
	}
	for _, s := range schemas {
		more := s.AdditionalProperties
		found = with(found, more.Schema)
		free = free || more.Schema != nil || more.Has != nil && *more.Has
	}
	return found, free || !closed
}

// parts returns the schemas and all that they are made of. Of alternatives that a member tells apart, only
// the one that the value names counts.
func parts(value any, schemas []*openapi3.Schema) []*openapi3.Schema {
	all := slices.Clone(schemas)
	for _, s := range schemas {
		var inner []*openapi3.Schema
		for _, ref := range slices.Concat(s.AllOf, alternatives(value, s)) {
			inner = with(inner, ref)
		}
		all = append(all, parts(value, inner)...)
	}
	return all
}

func alternatives(value any, s *openapi3.Schema) openapi3.SchemaRefs {
	several := slices.Concat(s.OneOf, s.AnyOf)
	object, ok := value.(map[string]any)
	if !ok || s.Discriminator == nil {
		return several
	}
	kind, _ := object[s.Discriminator.PropertyName].(string)
	chosen := slices.IndexFunc(several, func(ref *openapi3.SchemaRef) bool {
		return ref.Ref != "" && ref.Ref == s.Discriminator.Mapping[kind].Ref
	})
	if chosen < 0 {
		return several
	}
	return several[chosen : chosen+1]
}

func with(list []*openapi3.Schema, ref *openapi3.SchemaRef) []*openapi3.Schema {
	if ref == nil || ref.Value == nil {
		return list
	}
	return append(list, ref.Value)
}
