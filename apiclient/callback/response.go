package callback

import (
	"errors"
	"net/url"

	"msgsso-wizard/apiclient"
)

var (
	errMalformed = errors.New("this isn't a sign-in response: it needs a state and either a code or an error, each once")
	errNotAsked  = errors.New("this page didn't request that sign-in, or its response already arrived")
)

// limits are the longest values of the parameters that a provider answers with, in bytes; longer ones are refused.
var limits = map[string]int{"state": 512, "code": 4096, "iss": 1024, "error": 256, "error_description": 4096}

// answer is what a redirect carries; none of it is believed before the state is.
type answer struct {
	state    string
	code     string
	response Response // without the code
}

// parseResponse reads the query of a redirect (RFC 6749 4.1.2, RFC 9207).
func parseResponse(query string) (answer, error) {
	values, err := url.ParseQuery(query)
	if err != nil {
		return answer{}, errMalformed
	}
	for name, limit := range limits {
		if all := values[name]; len(all) > 1 || len(all) == 1 && len(all[0]) > limit {
			return answer{}, errMalformed
		}
	}
	a := answer{state: values.Get("state"), code: values.Get("code"), response: Response{
		Issuer:      apiclient.Clean(values.Get("iss")),
		Error:       apiclient.Clean(values.Get("error")),
		Description: apiclient.Clean(values.Get("error_description")),
	}}
	if a.state == "" || (a.code == "") == (a.response.Error == "") {
		return answer{}, errMalformed
	}
	return a, nil
}
