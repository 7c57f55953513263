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

// refusals are the reasons against an address, the most telling first: u is the input, host what it came to.
var refusals = []struct {
	applies func(u address.URL, host string) bool
	why     string
}{
	{isIP, "this is an IP address: an Okta org has a name, such as acme.okta.com"},
	{isPlain, "Okta uses HTTPS only: enter the URL with https://"},
	{hasPort, "the URL of an Okta org has no port: remove it"},
	{isDoubled, "the URL ends in .com twice"},
	{isNoHost, "this isn't a host name: enter one such as acme.okta.com"},
	{isBare, "this is Okta's own domain: put your org's name before it, such as acme.okta.com"},
	{isOwnSite, "this is an Okta site, not your org: the URL of the Admin Console shows yours"},
	{isDeep, "an Okta org is one name before Okta's domain, such as acme.okta.com"},
	{isLookAlike, "the URL only looks like Okta's: an org's URL ends in an Okta domain, such as okta.com"},
	{isRoot, "a custom domain of Okta is never a root domain: enter the full name, such as login.example.com"},
}

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

func isIP(u address.URL, _ string) bool { return u.Host.IsIP() }

func isPlain(u address.URL, _ string) bool { return u.Scheme == "http" }

func hasPort(u address.URL, _ string) bool { return u.Port != "" }

func isDoubled(_ address.URL, host string) bool { return strings.HasSuffix(host, ".com.com") }

// isNoHost refuses what a certificate can't have.
func isNoHost(_ address.URL, host string) bool { return strings.Contains(host, "_") }

func isBare(_ address.URL, host string) bool { return slices.Contains(suffixes, host) }

func isOwnSite(_ address.URL, host string) bool {
	return slices.Contains(ownSites, host) || strings.HasSuffix(host, ".oktacdn.com")
}

func isDeep(_ address.URL, host string) bool {
	suffix := suffixOf(host)
	return suffix != "" && strings.Contains(strings.TrimSuffix(host, "."+suffix), ".")
}

// isLookAlike finds Okta's domains among the labels and the words of a host, as in acme.okta.com-evil.test.
func isLookAlike(_ address.URL, host string) bool {
	words := func(s string) string { return "." + strings.ReplaceAll(s, "-", ".") + "." }
	return suffixOf(host) == "" &&
		slices.ContainsFunc(suffixes, func(suffix string) bool { return strings.Contains(words(host), words(suffix)) })
}

func isRoot(_ address.URL, host string) bool {
	return suffixOf(host) == "" && strings.Count(host, ".") <= 1
}
