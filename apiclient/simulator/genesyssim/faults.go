package genesyssim

import (
	"encoding/json"
	"fmt"
	"net/http"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// faultID is the correlation id of every fault.
const faultID = "00000000-0000-4000-8000-000000000000"

// Fault makes calls fail with an error that the API documents (contract genesys.md 2.5 and 6), whose args fill
// in its sentence. Which calls, and how often, is for the caller to add. A code that is not documented panics.
func Fault(code string, args ...any) simkit.Fault {
	if _, ok := sentences[code]; !ok {
		panic("no such error code: " + code)
	}
	no := refuse(code, args...)
	header := http.Header{}
	if code == "too.many.requests.retry.after" && len(args) > 0 {
		header.Set("Retry-After", fmt.Sprint(args[0]))
	}
	return fault(no.status, header, no.body(faultID))
}

// TokenFault makes the token end point fail in its own form, which differs from the API's (contract genesys.md 6).
func TokenFault(status int, code, text string) simkit.Fault {
	return fault(status, http.Header{}, oauthRefusal{status, code, text}.body())
}

func fault(status int, header http.Header, body object) simkit.Fault {
	header.Set("Content-Type", "application/json")
	header.Set("ININ-Correlation-Id", faultID)
	header.Set("Access-Control-Allow-Origin", "*") // a visitor's page may meet it, too
	raw, _ := json.Marshal(body)                   // texts and numbers only
	return simkit.Fault{Status: status, Header: header, Body: string(raw)}
}
