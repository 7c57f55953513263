package conformance

import (
	"cmp"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"regexp"
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

// habits are what a vendor does that its definition does not say.
type habits struct {
	errorSchema string              // of error answers whose status an operation does not list
	scheme      map[string][]string // how the Authorization header begins, by the name of the security scheme
	form        map[string]string   // the member of a form by which a client says who it is, by the same name
	pages       map[string]string   // operations that answer with a page or send the browser on, with the reason
	undefined   []undefined
	openAnswers bool              // answers have members that the definition lacks
	extra       map[string]string // members of requests that the definition lacks, with the reason
	prepare     func(answer any)  // changes an answer to what the definition can express; nil: nothing
}

// undefined is an address that exists without being in the definition.
type undefined struct {
	method string // empty: any
	path   *regexp.Regexp
	why    string
}

var oktaHabits = habits{
	errorSchema: "Error",
	scheme:      map[string][]string{"apiToken": {"SSWS "}, "oauth2": {"Bearer ", "DPoP "}, "Client_authentication_client_secret_basic": {"Basic "}},
	form: map[string]string{
		"Client_authentication_private_key_jwt":    "client_assertion",
		"Client_authentication_client_secret_post": "client_id", // a public client has no more to say
	},
	pages: map[string]string{
		"authorize": "the definition lists no answer but 429", "authorizeCustomAS": "the same",
	},
	undefined: []undefined{
		{http.MethodGet, regexp.MustCompile(`^/activate$`), "a page for people, named in the answers to devices (contract okta.md 3.3)"},
		{http.MethodPost, regexp.MustCompile(`^/activate$`), "the form on it"},
		{http.MethodPost, regexp.MustCompile(`^/oauth2/([^/]+/)?v1/authorize$`), "the form of the simulator's sign-in page"},
		{http.MethodDelete, regexp.MustCompile(`^/api/v1/sessions/me$`), "how a page without an ID token signs out (contract okta.md 5)"},
		{
			http.MethodGet, regexp.MustCompile(`^/api/v1/policies(/[^/]+(/rules)?)?$`),
			"recorded, but the trimmed definition lacks it (contract okta.md 1.8, 9)",
		},
		{
			http.MethodGet, regexp.MustCompile(`^/\.well-known/oauth-authorization-server(/oauth2/[^/]+)?$`),
			"the trimmed definition has only the custom servers' old address (contract okta.md 4)",
		},
		{"", regexp.MustCompile(`^/api/v1/internal/apps/[^/]+/settings/oauth/idToken$`), "recorded (contract okta.md 1.8)"},
		{http.MethodPut, regexp.MustCompile(`^/api/v1/authorizationServers/[^/]+/policies/[^/]+$`), "the same"},
		{http.MethodPost, regexp.MustCompile(`^/api/v1/authorizationServers/.*/lifecycle/activate$`), "how Okta's Terraform provider enables a policy or a rule"},
		{"", regexp.MustCompile(`^/api/v1/authorizationServers/[^/]+/claims(/[^/]+)?$`), "the trimmed definition lacks claims (contract okta.md 4)"},
		{"", regexp.MustCompile(`^/api/v1/apps/[^/]+/federated-claims(/[^/]+)?$`), "the same"},
	},
	openAnswers: true, // recorded ones do: settings.manualProvisioning, _links.accessPolicy, cell, ...
	extra: map[string]string{
		"/settings/app":                "an app that is sent back as it was read has it: recording app-put-web.json",
		"/settings/manualProvisioning": "the same",
	},
	prepare: speakable,
}

var genesysHabits = habits{
	errorSchema: "ErrorBody",
	scheme:      map[string][]string{"PureCloud OAuth": {"bearer "}, "Webmessaging JWT": {"bearer "}},
	undefined: []undefined{
		{http.MethodPost, regexp.MustCompile(`^/oauth/token$`), "the login host has no definition (contract genesys.md 6)"},
		{http.MethodGet, regexp.MustCompile(`^/oauth/authorize$`), "a page of the login host (contract genesys.md 6)"},
		{http.MethodGet, regexp.MustCompile(`^/webdeployments/v1/deployments/[^/]+/(config|domains)\.json$`), "public files of the CDN (contract genesys.md 3)"},
		{http.MethodGet, regexp.MustCompile(`^/genesys-bootstrap/genesys\.min\.js$`), "a script, not an API"},
		{http.MethodGet, regexp.MustCompile(`^/api/v2/authorization/products$`), "the trimmed definition lacks what OpenTofu's provider asks first"},
		{http.MethodGet, regexp.MustCompile(`^/api/v2/integrations/credentials/listing$`), "newer than the definition"},
		{"", regexp.MustCompile(`^/api/v2/webdeployments/deployments/[^/]+/identityresolution$`), "the same (contract genesys.md 2.6)"},
		{http.MethodOptions, regexp.MustCompile(`^/api/v2/webdeployments/token/`), "a browser's preflight"},
	},
}

// speakable changes what Okta answers and its definition cannot say: a missing sign-on mode, and the type of a
// token that is bound to a key (contract okta.md 1.2, 3.2).
func speakable(answer any) {
	nameSignOnModes(answer)
	if v, ok := answer.(map[string]any); ok && v["token_type"] == "DPoP" {
		v["token_type"] = "Bearer"
	}
}

// nameSignOnModes gives the apps without one a sign-on mode, without which no schema can be chosen for them.
// Okta has such apps, custom_identity_source for one, and its definition cannot say so (contract okta.md 1.2).
func nameSignOnModes(answer any) {
	switch v := answer.(type) {
	case []any:
		for _, item := range v {
			nameSignOnModes(item)
		}
	case map[string]any:
		mode, ok := v["signOnMode"]
		if ok && mode == nil && v["name"] == "custom_identity_source" {
			v["signOnMode"] = "AUTO_LOGIN"
		}
	}
}
