package genesyssim

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// refusal is an error answer of the API.
type refusal struct {
	status     int
	code       string
	sentence   string // with %s for each argument
	args       []any
	field      string
	retryAfter int // seconds
}

// sentences are the vendor's texts for the codes in use (x-inin-error-codes of the API's definition).
var sentences = map[string]struct {
	status   int
	sentence string
}{
	"authentication.required":       {401, "No authentication bearer token specified in authorization header."},
	"bad.credentials":               {401, "Invalid login credentials."},
	"missing.permissions":           {403, "Unable to perform the requested action. You are missing the following permission(s): %s"},
	"not.found":                     {404, "The requested resource was not found."},
	"scp.id.not.found":              {404, "The Supported Content Profile ID is not found"},
	"architect.flow.not.found":      {404, "Could not find flow with specified ID."},
	"resource.conflict":             {409, "Resource is used by another"},
	"version.conflict":              {409, "Integration configuration update failed due to version conflict."},
	"request.entity.too.large":      {413, "The request is over the size limit. Maximum bytes: %s"},
	"unsupported.media.type":        {415, "Unsupported Media Type - Unsupported or incorrect media type, such as an incorrect Content-Type value in the header."},
	"too.many.requests.retry.after": {429, "Rate limit exceeded the maximum. Retry the request in [%s] seconds"},
	"bad.request":                   {400, "The request could not be understood by the server due to malformed syntax."},
	"bad.flow.id":                   {400, "The flow is not eligible for use here."},
	"constraint.validation":         {400, "%s"},
	"illegal.operation":             {400, "Unable to perform the requested operation"},
	"invalid.property":              {400, "Value [%s] is not a valid property for object [%s]"},
	"invalid.query.param.value":     {400, "Value [%s] is not valid for parameter [%s]. Allowable values are: %s"},
	"invalid.value":                 {400, "Value [%s] is not valid for field type [%s]. Allowable values are: %s"},
	"architect.invalid.flow.type":   {400, "An invalid flow type was specified."},
	"max.integrations.reached":      {400, "The maximum number of integrations for this type have already been created. One or more integrations must be removed before a new one can be created."},
	"missing.permission.param":      {400, "Missing required permission parameter"},
	"not.a.user":                    {400, "This request requires a user context. Client credentials cannot be used for requests to this resource."},
}

// refuse answers with a code of the table, its sentence filled in.
func refuse(code string, args ...any) *refusal {
	known, ok := sentences[code]
	if !ok {
		known.status, known.sentence = http.StatusInternalServerError, code
	}
	return &refusal{status: known.status, code: code, sentence: known.sentence, args: args}
}

// broken refuses one field with a reason.
func broken(field, format string, args ...any) *refusal {
	r := refuse("constraint.validation", field+": "+fmt.Sprintf(format, args...))
	r.field = field
	return r
}

func (r *refusal) Error() string { return fmt.Sprintf(r.sentence, r.args...) }

// body is the vendor's ErrorBody.
func (r *refusal) body(contextID string) object {
	template, params := r.sentence, object{}
	for i, arg := range r.args {
		name := strconv.Itoa(i)
		template = strings.Replace(template, "%s", "{"+name+"}", 1)
		params[name] = fmt.Sprint(arg)
	}
	details := []object{}
	if r.field != "" {
		details = append(details, object{"errorCode": r.code, "fieldName": r.field})
	}
	return object{
		"message":           r.Error(),
		"code":              r.code,
		"status":            r.status,
		"messageWithParams": template,
		"messageParams":     params,
		"contextId":         contextID,
		"details":           details,
		"errors":            []object{},
	}
}
