package okta

import (
	"errors"
	"fmt"
	"strings"

	"msgsso-wizard/apiclient/address"
)

// OrgAddress is an Okta org's address in its one canonical form.
type OrgAddress struct {
	URL   string   // https://acme.okta.com, or a loopback base with its port
	Host  string   // acme.okta.com
	Notes []string // what was changed, beyond blanks, capitals and a dot or slash at the end
}

// ParseOrg reads what an admin typed or pasted for the org: its name, its host, or any address on it
// (contract okta.md 7). The error is a sentence for the admin that repeats nothing of the input but a character.
func ParseOrg(text string) (OrgAddress, error) {
	switch {
	case text == "":
		return OrgAddress{}, errors.New("the URL of the Okta org is required, such as acme.okta.com")
	case strings.ContainsAny(text, "{}"):
		return OrgAddress{}, errors.New("this is the placeholder of Okta's examples: enter your own org, such as acme.okta.com")
	case isForeign(text):
		return OrgAddress{}, errors.New("the URL has letters outside a to z, which can hide a look-alike: type the org's own name, such as acme.okta.com")
	}
	u, schemed, err := address.ParsePasted(text)
	switch {
	case errors.Is(err, address.ErrUser):
		return OrgAddress{}, errors.New("the URL contains a user name or an @: enter the host only, such as acme.okta.com")
	case err != nil:
		return OrgAddress{}, fmt.Errorf("%w. Enter the host only, such as acme.okta.com", err)
	}
	var org OrgAddress
	if strings.Trim(u.Rest, "/") != "" {
		org.note("only the host of the pasted URL is kept")
	}
	host := u.Host.String()
	if u.Host.Loopback() {
		if !schemed {
			return OrgAddress{}, errors.New("a loopback URL needs its scheme, such as http://127.0.0.1:8080")
		}
		org.Host, org.URL = u.HostPort(), u.Origin.String()
		return org, nil
	}

	if strings.EqualFold(text, host) && !strings.Contains(host, ".") { // nothing but a word
		host += ".okta.com"
		org.note("completed to " + host)
	}
	host = org.withoutAdmin(host)
	if why := refusal(u, host); why != "" {
		return OrgAddress{}, errors.New(why)
	}
	org.Host, org.URL = host, "https://"+host
	return org, nil
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

// AdminConsole returns the address of the org's Admin Console, empty for a custom domain and for loopback,
// where it is not known (contract okta.md 7).
func AdminConsole(org string) string {
	host := address.OriginOf(org).HostPort()
	for _, suffix := range suffixes {
		if name, ok := strings.CutSuffix(host, "."+suffix); ok {
			return "https://" + name + "-admin." + suffix + "/"
		}
	}
	return ""
}
