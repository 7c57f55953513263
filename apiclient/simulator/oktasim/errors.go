package oktasim

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// apiError is an answer that refuses the call.
type apiError struct {
	code   string
	detail []any // fills the summary of the code
	causes []string
}

func (e *apiError) Error() string { return e.code }

// refusals are Okta's error codes (contract okta.md 1.7).
var refusals = map[string]struct {
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

	// The two below have no number: the metadata documents name the OAuth error, and 411 has no body.
	"invalid_client": {http.StatusBadRequest, "Invalid value for 'client_id' parameter."},
	lengthRequired:   {http.StatusLengthRequired, ""},
}

const lengthRequired = "length required"

func fail(code string) error { return &apiError{code: code} }

// invalid refuses a value; causes are what an admin gets to read.
func invalid(member string, causes ...string) error {
	return &apiError{code: "E0000001", detail: []any{member}, causes: causes}
}

func notFound(id, kind string) error {
	return &apiError{code: "E0000007", detail: []any{id, kind}}
}

// errorBody is the status and the document for err; no document where Okta sends none.
func (s *Server) errorBody(err error) (int, object) {
	var (
		e *apiError
		o *oauthError
		b *bare
	)
	switch {
	case errors.As(err, &o):
		return o.status, object{"error": o.code, "error_description": o.description}
	case errors.As(err, &b):
		return b.status, nil
	}
	if !errors.As(err, &e) {
		e = &apiError{code: "E0000009"}
	}
	return refusals[e.code].status, e.document(s.noise)
}

// document is nil where Okta sends none.
func (e *apiError) document(ids *simkit.IDs) object {
	summary := refusals[e.code].summary
	if summary == "" {
		return nil
	}
	causes := []object{}
	for _, text := range e.causes {
		causes = append(causes, object{"errorSummary": text})
	}
	return object{
		"errorCode":    e.code,
		"errorSummary": fmt.Sprintf(summary, e.detail...),
		"errorLink":    e.code,
		"errorId":      "oae" + ids.Text(22),
		"errorCauses":  causes,
	}
}

// Refusal is a fault that answers with one of Okta's error codes (contract okta.md 1.7), for those that no
// request brings about here. details fill the code's summary; an unknown code gives E0000009.
func Refusal(code string, details ...any) simkit.Fault {
	e := &apiError{code: code, detail: details}
	if _, known := refusals[code]; !known {
		e.code = "E0000009"
	}
	doc, _ := json.Marshal(e.document(simkit.NewIDs(0, noiseStream))) // strings only
	return simkit.Fault{
		Status: refusals[e.code].status, Header: http.Header{"Content-Type": {"application/json"}}, Body: string(doc),
	}
}
