package okta

import (
	"errors"
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"msgsso-wizard/apiclient"
)

// OrgAddress is an Okta org's address in its one canonical form.
type OrgAddress struct {
	URL   string   // https://acme.okta.com, or a loopback base with its port
	Host  string   // acme.okta.com
	Notes []string // what was changed, beyond blanks, capitals and a dot or slash at the end
}

// ParseOrg reads what an admin typed or pasted for the org: its name, its host, or any address on it
// (contract okta.md 7). The error is a sentence for the admin that repeats nothing of the input.
func ParseOrg(input string) (OrgAddress, error) {
	u, scheme, err := parseAddress(input)
	if err != nil {
		return OrgAddress{}, err
	}
	var address OrgAddress
	if strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		address.note("only the host of the pasted URL is kept")
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if apiclient.IsLoopback(host) {
		if !scheme {
			return OrgAddress{}, errors.New("a loopback URL needs its scheme, such as http://127.0.0.1:8080")
		}
		address.Host = strings.ToLower(u.Host)
		address.URL = u.Scheme + "://" + address.Host
		return address, nil
	}

	if host != "" && !strings.Contains(host, ".") && !isIP(u, host) {
		host += ".okta.com"
		address.note("completed to " + host)
	}
	host = address.withoutAdmin(host)
	for _, refusal := range refusals {
		if refusal.applies(u, host) {
			return OrgAddress{}, errors.New(refusal.why)
		}
	}
	address.Host = host
	address.URL = "https://" + host
	return address, nil
}

// schemed matches an address that starts with a scheme (RFC 3986 3.1).
var schemed = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*://`)

// parseAddress reads input as a URL, as https where it has no scheme, and tells whether it had one.
func parseAddress(input string) (u *url.URL, scheme bool, err error) {
	text := strings.TrimSpace(input)
	switch {
	case text == "":
		return nil, false, errors.New("the URL of the Okta org is required, such as acme.okta.com")
	case strings.ContainsFunc(text, unicode.IsControl):
		return nil, false, errors.New("the URL contains a control character: type it instead of pasting it")
	case strings.ContainsFunc(text, unicode.IsSpace):
		return nil, false, errors.New("the URL contains a space: enter the host only, such as acme.okta.com")
	case strings.ContainsAny(text, "{}"):
		return nil, false, errors.New("this is the placeholder of Okta's examples: enter your own org, such as acme.okta.com")
	}
	scheme = schemed.MatchString(text)
	if !scheme {
		text = "https://" + text
	}
	u, err = url.Parse(text)
	switch {
	// url.Parse repeats the input, which may hold a password.
	case err != nil, strings.Contains(u.Host, "%"): // a zone (RFC 6874) names an interface of one computer
		return nil, false, errors.New("this isn't a URL: enter the host only, such as acme.okta.com")
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, false, errors.New("the URL of an Okta org starts with https://")
	case u.User != nil:
		return nil, false, errors.New("the URL contains a user name or an @: enter the host only, such as acme.okta.com")
	}
	return u, scheme, nil
}

func (a *OrgAddress) note(text string) { a.Notes = append(a.Notes, text) }

// withoutAdmin turns the host of the Admin Console into the org's.
func (a *OrgAddress) withoutAdmin(host string) string {
	suffix := suffixOf(host)
	org, admin := strings.CutSuffix(host, "-admin."+suffix)
	if suffix == "" || !admin {
		return host
	}
	a.note("-admin removed")
	return org + "." + suffix
}
