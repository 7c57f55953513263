package callback

import (
	"cmp"
	"errors"
	"net/url"
	"slices"
	"strconv"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/address"
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

var errNoAddress = errors.New("the redirect URI isn't a full http or https URL")

// target is where a redirect URI leads.
type target struct {
	clean *url.URL // the redirect URI without query
	port  int      // 0: on another computer
}

func (p target) local() bool { return p.port != 0 }

// parseTarget reads a redirect URI.
func parseTarget(redirectURI string) (target, error) {
	u, err := address.Parse(redirectURI)
	if err != nil {
		return target{}, errNoAddress
	}
	parts := u.URL()
	p := target{clean: &url.URL{Scheme: u.Scheme, Host: u.HostPort(), Path: parts.Path, RawPath: parts.RawPath}}
	if p.clean.Path == "" {
		p.clean.Path = "/" // as browsers ask for it
	}
	if slices.Contains([]string{"localhost", "127.0.0.1", "[::1]"}, u.Host.String()) && u.Scheme == "http" && parts.Fragment == "" {
		p.port, _ = strconv.Atoi(cmp.Or(u.Port, "80")) // a number, or it would be refused
	}
	return p, nil
}

// CanListen reports whether a redirect URI leads to this computer, so that a browser can come back by itself:
// http at localhost, 127.0.0.1 or [::1]. Whether the port is free shows in Run.
func CanListen(redirectURI string) bool {
	p, err := parseTarget(redirectURI)
	return err == nil && p.local()
}
