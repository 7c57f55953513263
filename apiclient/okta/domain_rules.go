package okta

import (
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/address"
)

// suffixes are the domains under which Okta gives an org its name (contract okta.md 7).
var suffixes = []string{
	"okta.com", "oktapreview.com", "okta-emea.com", "okta-gov.com", "okta.mil",
	"okta-miltest.com", "trex-gov.com", "trexcloud.com",
}

// ownSites are Okta's own and no customer's org (contract okta.md 7).
var ownSites = []string{
	"www.okta.com", "login.okta.com", "developer.okta.com", "help.okta.com", "support.okta.com", "trust.okta.com",
	"oktacdn.com",
}

// ownNames are Okta's under each of its domains.
var ownNames = []string{"www", "login", "admin"}

// suffixOf returns Okta's domain that host is under, or nothing.
func suffixOf(host string) string {
	for _, suffix := range suffixes {
		if strings.HasSuffix(host, "."+suffix) {
			return suffix
		}
	}
	return ""
}

// InOkta reports whether a host is under one of Okta's own domains.
func InOkta(host string) bool { return suffixOf(host) != "" }

// OnThisComputer reports whether a host is this machine, or a name of a demo, which stays on it: below .example there is
// no host (RFC 2606).
func OnThisComputer(host string) bool {
	return apiclient.IsLoopback(host) || strings.HasSuffix(host, ".okta.example")
}

// isForeign checks what was written: browsers turn the Kelvin sign into a plain k.
func isForeign(text string) bool {
	return strings.Contains(strings.ToLower(text), "xn--") || strings.ContainsFunc(text, func(r rune) bool { return r > '~' })
}

// refusal says why an address isn't an org's, the most telling reason first; empty: it can be one. u is the input, host what
// it came to.
func refusal(u address.URL, host string) string {
	switch suffix := suffixOf(host); {
	case u.Host.IsIP():
		return "this is an IP address: an Okta org has a name, such as acme.okta.com"
	case u.Scheme == "http":
		return "Okta uses HTTPS only: enter the URL with https://"
	case u.Port != "":
		return "the URL of an Okta org has no port: remove it"
	case strings.HasSuffix(host, ".com.com"):
		return "the URL ends in .com twice"
	case strings.Contains(host, "_"): // a certificate can't have it
		return "this isn't a host name: enter one such as acme.okta.com"
	case slices.Contains(suffixes, host):
		return "this is Okta's own domain: put your org's name before it, such as acme.okta.com"
	case slices.Contains(ownSites, host), slices.Contains(ownNames, strings.TrimSuffix(host, "."+suffix)), strings.HasSuffix(host, ".oktacdn.com"):
		return "this is an Okta site, not your org: the URL of the Admin Console shows yours"
	case suffix != "" && strings.Contains(strings.TrimSuffix(host, "."+suffix), "."):
		return "an Okta org is one name before Okta's domain, such as acme.okta.com"
	case suffix != "" && strings.HasSuffix(host, "-admin."+suffix):
		return "an org's name doesn't end in -admin: enter the URL of your org, such as acme.okta.com"
	case suffix == "" && imitatesOkta(host):
		return "the URL only looks like Okta's: an org's URL ends in an Okta domain, such as okta.com"
	case suffix == "" && strings.Count(host, ".") <= 1:
		return "a custom domain of Okta is never a root domain: enter the full name, such as login.example.com"
	}
	return ""
}

// imitatesOkta finds Okta's domains among the labels and the words of a host, as in acme.okta.com-evil.test.
func imitatesOkta(host string) bool {
	words := func(s string) string { return "." + strings.ReplaceAll(s, "-", ".") + "." }
	return slices.ContainsFunc(suffixes, func(suffix string) bool { return strings.Contains(words(host), words(suffix)) })
}
