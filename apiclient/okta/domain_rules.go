package okta

import (
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
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
	applies func(u *url.URL, host string) bool
	why     string
}{
	{isForeign, "the URL has letters outside a to z, which can hide a look-alike: type the org's own name, such as acme.okta.com"},
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

// isForeign checks the host as it was written: lower case turns the Kelvin sign into a plain k.
func isForeign(u *url.URL, host string) bool {
	written := u.Hostname()
	return strings.ContainsFunc(written, func(r rune) bool { return r > '~' }) ||
		slices.ContainsFunc(strings.Split(host, "."), func(label string) bool { return strings.HasPrefix(label, "xn--") })
}

// isIP also finds the short forms: to a browser, a host that ends in a number is an IPv4 address.
func isIP(_ *url.URL, host string) bool {
	_, err := netip.ParseAddr(host)
	last := host[strings.LastIndex(host, ".")+1:]
	return err == nil || last != "" && strings.Trim(last, "0123456789") == ""
}

func isPlain(u *url.URL, _ string) bool { return u.Scheme == "http" }

func hasPort(u *url.URL, _ string) bool { return u.Port() != "" }

func isDoubled(_ *url.URL, host string) bool { return strings.HasSuffix(host, ".com.com") }

// hostName matches a host of one or more labels (RFC 1123 2.1).
var hostName = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$`)

func isNoHost(_ *url.URL, host string) bool { return len(host) > 253 || !hostName.MatchString(host) }

func isBare(_ *url.URL, host string) bool { return slices.Contains(suffixes, host) }

func isOwnSite(_ *url.URL, host string) bool {
	return slices.Contains(ownSites, host) || strings.HasSuffix(host, ".oktacdn.com")
}

func isDeep(_ *url.URL, host string) bool {
	suffix := suffixOf(host)
	return suffix != "" && strings.Contains(strings.TrimSuffix(host, "."+suffix), ".")
}

func isLookAlike(_ *url.URL, host string) bool {
	return suffixOf(host) == "" &&
		slices.ContainsFunc(suffixes, func(suffix string) bool { return strings.Contains(host, suffix) })
}

func isRoot(_ *url.URL, host string) bool {
	return suffixOf(host) == "" && strings.Count(host, ".") == 1
}
