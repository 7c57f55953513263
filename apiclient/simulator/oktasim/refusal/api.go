// Package refusal holds Okta's errors: those of the management API and those of its authorization servers.
package refusal

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// Code is one of Okta's error codes.
type Code string

// apiError is an answer of the management API that refuses the call.
type apiError struct {
	code   Code
	detail []any // fills the summary of the code
	causes []string
}

func (e *apiError) Error() string { return string(e.code) }

// codes are Okta's error codes (contract okta.md 1.7).
var codes = map[Code]struct {
	status  int
	summary string
}{
	"E0000001": {http.StatusBadRequest, "Api validation failed: %s"},
	"E0000003": {http.StatusBadRequest, "The request body was not well-formed."},
	"E0000004": {http.StatusUnauthorized, "Authentication failed"},
	"E0000005": {http.StatusForbidden, "Invalid session"},
	"E0000006": {http.StatusForbidden, "You do not have permission to perform the requested action"},
	"E0000007": {http.StatusNotFound, "Not found: Resource not found: %s (%s)"},
	"E0000008": {http.StatusNotFound, "The requested path was not found"},
	"E0000009": {http.StatusInternalServerError, "Internal Server Error"},
	"E0000010": {http.StatusServiceUnavailable, "Service is in read only mode"},
	"E0000011": {http.StatusUnauthorized, "Invalid token provided"},
	"E0000013": {http.StatusForbidden, "Invalid client app id"},
	"E0000015": {http.StatusUnauthorized, "You do not have permission to access the feature you are requesting"},
	"E0000021": {http.StatusBadRequest, "Bad request. Accept and/or Content-Type headers likely do not match supported values."},
	"E0000022": {http.StatusMethodNotAllowed, "The endpoint does not support the provided HTTP method"},
	"E0000024": {http.StatusBadRequest, "Bad request. This operation on app metadata is not yet supported."},
	"E0000047": {http.StatusTooManyRequests, "API call exceeded rate limit due to too many requests."},
	"E0000056": {http.StatusForbidden, "Delete application forbidden."},
	"E0000113": {http.StatusConflict, "Api validation failed due to conflict: %s"},
	"E0000195": {http.StatusConflict, "Api validation failed due to conflict: %s"},
	"E0000239": {http.StatusLocked, "Policy priorities are being reconciled. Please try again later."},

	// The metadata documents name the OAuth error.
	"invalid_client": {http.StatusBadRequest, "Invalid value for 'client_id' parameter."},
}

// Of refuses a call with a code.
func Of(code Code) error { return &apiError{code: code} }

// Invalid refuses a value; causes are what an admin gets to read.
func Invalid(member string, causes ...string) error {
	return &apiError{code: "E0000001", detail: []any{member}, causes: causes}
}

// Field refuses the value of a member.
func Field(member, problem string) error { return Invalid(member, member+": "+problem) }

// NotFound refuses a call about an object that does not exist.
func NotFound(id, kind string) error {
	return &apiError{code: "E0000007", detail: []any{id, kind}}
}

// Nothing is an answer without a body.
type Nothing struct{}

// Bare is a refusal that says everything in its status and headers.
type Bare int

func (b Bare) Error() string { return http.StatusText(int(b)) }

// Document returns the status of a refusal and its document, which is nothing where Okta sends none.
func Document(err error, ids *simkit.IDs) (int, any) {
	var (
		e *apiError
		o *OAuthError
		b Bare
	)
	switch {
	case errors.As(err, &o):
		return o.Status, map[string]any{"error": o.Code, "error_description": o.Description}
	case errors.As(err, &b):
		return int(b), Nothing{}
	case !errors.As(err, &e):
		e = &apiError{code: "E0000009"}
	}
	causes := []any{}
	for _, text := range e.causes {
		causes = append(causes, map[string]any{"errorSummary": text})
	}
	return codes[e.code].status, map[string]any{
		"errorCode":    e.code,
		"errorSummary": fmt.Sprintf(codes[e.code].summary, e.detail...),
		"errorLink":    e.code,
		"errorId":      "oae" + ids.Text(22),
		"errorCauses":  causes,
	}
}

// Fault is a fault that answers with one of Okta's error codes (contract okta.md 1.7), for those that no request
// brings about here. details fill the code's summary; an unknown code gives E0000009.
func Fault(code string, details ...any) simkit.Fault {
	e := &apiError{code: Code(code), detail: details}
	if _, known := codes[e.code]; !known {
		e.code = "E0000009"
	}
	status, doc := Document(e, simkit.NewIDs(0, 0))
	body, _ := json.Marshal(doc) // strings only
	return simkit.Fault{Status: status, Header: http.Header{"Content-Type": {"application/json"}}, Body: string(body)}
}
