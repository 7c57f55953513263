// Package refusal holds Okta's errors: those of the management API and those of its authorization servers.
package refusal

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"msgsso-wizard/apiclient/simulator/simkit"
)

var (
	//go:embed codes.txt
	codesText string
	//go:embed oauth.txt
	oauthText string

	codes, oauthErrors = simkit.ErrorTexts(codesText), simkit.ErrorTexts(oauthText)
)

// Error is an answer that refuses a request.
type Error struct {
	Status int
	Name   string // Okta's internal code, which the System Log tells (contract okta.md 11)
	Code   string // that the caller reads; empty: status and headers say everything
	Words  string
	causes []string // what an admin gets to read; nil: of an authorization server
}

func (e *Error) Error() string { return e.Code + ": " + e.Words }

// Of refuses a call with one of Okta's error codes; details fill its words.
func Of(code string, details ...any) error { return invalid(code, details) }

// Invalid refuses a value; causes are what an admin gets to read.
func Invalid(member string, causes ...string) error {
	return invalid("E0000001", []any{member}, causes...)
}

func invalid(code string, details []any, causes ...string) *Error {
	c := codes[code]
	return &Error{c.Status, code, code, fmt.Sprintf(c.Text, details...), append([]string{}, causes...)}
}

// Field refuses the value of a member.
func Field(member, problem string) error { return Invalid(member, member+": "+problem) }

// NotFound refuses a call about an object that does not exist.
func NotFound(id, kind string) error { return Of("E0000007", id, kind) }

// OAuth is the refusal of this name by an authorization server; details fill its words.
func OAuth(name string, details ...any) error {
	e := oauthErrors[name]
	code, words, _ := strings.Cut(e.Text, " ")
	if details != nil {
		words = fmt.Sprintf(words, details...)
	}
	return &Error{Status: e.Status, Name: name, Code: code, Words: words}
}

// Bare is a refusal that says everything in its status and headers.
func Bare(status int) error { return &Error{Status: status} }

// Nothing is an answer without a body.
type Nothing struct{}

// From is the refusal that an error is; any other is Okta's own failure.
func From(err error) *Error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	return invalid("E0000009", nil)
}

// Document is the body of the answer, which is nothing where Okta sends none.
func (e *Error) Document(ids *simkit.IDs) any {
	switch {
	case e.Code == "":
		return Nothing{}
	case e.causes == nil:
		return map[string]any{"error": e.Code, "error_description": e.Words}
	}
	causes := []any{}
	for _, text := range e.causes {
		causes = append(causes, map[string]any{"errorSummary": text})
	}
	return map[string]any{
		"errorCode": e.Code, "errorSummary": e.Words, "errorLink": e.Code, "errorId": "oae" + ids.Text(22), "errorCauses": causes,
	}
}

// Fault is a fault that answers with one of Okta's error codes (contract okta.md 1.7), for those that no request
// brings about here. details fill the code's words; an unknown code gives E0000009.
func Fault(code string, details ...any) simkit.Fault {
	if _, known := codes[code]; !known {
		code = "E0000009"
	}
	e := invalid(code, details)
	body, _ := json.Marshal(e.Document(simkit.NewIDs(0, 0))) // strings only
	return simkit.Fault{Status: e.Status, Header: http.Header{"Content-Type": {"application/json"}}, Body: string(body)}
}
