package genesyssim

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// errorsText has the vendor's texts for the codes in use (x-inin-error-codes of the API's definition): the status,
// the code, and the sentence.
//
//go:embed errors.txt
var errorsText string

// known are the errors by their code.
var known = simkit.ErrorTexts(errorsText)

// refusal is an error answer of the API.
type refusal struct {
	status     int
	code       string
	sentence   string // with %s for each argument
	args       []any
	field      string
	detail     string // the error code of the field; empty: code
	limit      object // the vendor's Limit; nil: none
	retryAfter int    // seconds
}

// refuse answers with a code of the table, its sentence filled in.
func refuse(code string, args ...any) *refusal {
	return &refusal{status: known[code].Status, code: code, sentence: known[code].Text, args: args}
}

// broken refuses one field with a reason.
func broken(field, format string, args ...any) *refusal {
	r := refuse("constraint.validation", field+": "+fmt.Sprintf(format, args...))
	r.field = field
	return r
}

func (r *refusal) Error() string {
	return fmt.Sprintf(strings.ReplaceAll(r.sentence, "%s", "%v"), r.args...)
}

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
		details = append(details, object{"errorCode": cmp.Or(r.detail, r.code), "fieldName": r.field})
	}
	o := object{
		"message":           r.Error(),
		"code":              r.code,
		"status":            r.status,
		"messageWithParams": template,
		"messageParams":     params,
		"contextId":         contextID,
		"details":           details,
		"errors":            []object{},
	}
	if r.limit != nil {
		o["limit"] = r.limit
	}
	return o
}

// faultID is the correlation id of every fault.
const faultID = "00000000-0000-4000-8000-000000000000"

// Fault makes calls fail with an error that the API documents (contract genesys.md 2.5 and 6), whose args fill
// in its sentence. Which calls, and how often, is for the caller to add. A code that is not documented panics.
func Fault(code string, args ...any) simkit.Fault {
	if _, ok := known[code]; !ok {
		panic("no such error code: " + code)
	}
	no := refuse(code, args...)
	header := http.Header{
		"Content-Type": {"application/json"}, "Inin-Correlation-Id": {faultID},
		"Access-Control-Allow-Origin": {"*"}, // a visitor's page may meet it, too
	}
	if code == "too.many.requests.retry.after" && len(args) > 0 {
		header.Set("Retry-After", fmt.Sprint(args[0]))
	}
	raw, _ := json.Marshal(no.body(faultID)) // texts and numbers only
	return simkit.Fault{Status: no.status, Header: header, Body: string(raw)}
}
