package genesys

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
)

// longestInput is more than any address of a region needs.
const longestInput = 2000

// hostPrefixes are the hosts of a region that an admin comes across.
var hostPrefixes = []string{"api.", "login.", "apps.", "api-cdn.", "webmessaging."}

// vendorSites are Genesys' own sites, which say nothing about where an organization lives.
var vendorSites = []string{"genesys.com", "genesys.cloud", "genesyscloud.com", "pure.cloud", "us-gov-pure.cloud", "eusc-pure.cloud"}

// errCredentials does not quote the input, which holds a password.
var errCredentials = errors.New("a URL with a user name or password isn't accepted: enter the domain only")

var domainName = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$`)

// ParseRegion reads a region as users write it: its domain, its AWS name, its location, the environment of a
// snippet, or any address of it. A domain that is not in the table is taken with a note that says what that
// means; a loopback address stands for all hosts at once. The error is a sentence that names what would be right.
func ParseRegion(input string) (region Region, note string, err error) {
	input = strings.TrimSpace(input)
	switch {
	case input == "":
		return Region{}, "", fmt.Errorf("no region: %s", howToFind)
	case len(input) > longestInput:
		return Region{}, "", fmt.Errorf("this is too long for a region: %s", howToFind)
	case !strings.ContainsAny(input, "./:@\\") && !apiclient.IsLoopback(input):
		region, err = byWord(input)
		return region, "", err
	}
	u, err := address(input)
	if err != nil {
		return Region{}, "", err
	}
	if apiclient.IsLoopback(u.Hostname()) {
		u, err := apiclient.ParseBase(u.Scheme + "://" + u.Host)
		if err != nil {
			return Region{}, "", err
		}
		base := u.String()
		return Region{Domain: u.Host, API: base, Login: base, Apps: base, CDN: base}, "a server on this computer, not Genesys Cloud", nil
	}
	return byHost(strings.TrimSuffix(u.Hostname(), "."))
}

// address reads a URL, or a host with or without a path, and refuses what no region's address can be.
func address(input string) (*url.URL, error) {
	text, schemeless := input, !strings.Contains(input, "://")
	if schemeless {
		text = "https://" + input
	}
	u, err := url.Parse(text)
	switch {
	case err != nil && strings.Contains(input, "@"):
		return nil, errCredentials
	case err != nil || u.Hostname() == "":
		return nil, fmt.Errorf("%q isn't a URL: %s", input, howToFind)
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), clean(strings.ToLower(u.Host))
	loopback := apiclient.IsLoopback(u.Hostname())
	_, notIP := netip.ParseAddr(u.Hostname())
	switch {
	case u.User != nil:
		return nil, errCredentials
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, fmt.Errorf("%s: isn't a Genesys Cloud URL: enter https://apps. and the domain", u.Scheme)
	case loopback && schemeless:
		return nil, fmt.Errorf("%q is this computer: for a simulator, enter http://%s", input, u.Host)
	case loopback:
		return u, nil
	case u.Scheme == "http":
		return nil, fmt.Errorf("http is only for this computer: enter https://%s", u.Host)
	case notIP == nil:
		return nil, fmt.Errorf("%s is an IP address and not a domain: %s", u.Hostname(), howToFind)
	case u.Port() != "" && u.Port() != "443":
		return nil, fmt.Errorf("a region has no port %s: enter %s", u.Port(), u.Hostname())
	}
	return u, nil
}

// byHost finds the region of a host, or makes one of a domain that the table does not have.
func byHost(host string) (Region, string, error) {
	domain := host
	for _, prefix := range hostPrefixes {
		if rest, ok := strings.CutPrefix(host, prefix); ok {
			domain = rest
			break
		}
	}
	find := func(fits func(known string) bool) (location, bool) {
		i := slices.IndexFunc(locations, func(p location) bool { return fits(p.domain) })
		return locations[max(i, 0)], i >= 0
	}
	if p, ok := find(func(known string) bool { return domain == known }); ok {
		return p.region(), "", nil
	}
	if p, ok := find(func(known string) bool { return strings.HasSuffix(domain, "."+known) }); ok {
		return Region{}, "", fmt.Errorf("%s isn't an organization's URL: its region would be %s", host, p.domain)
	}
	if p, ok := find(func(known string) bool { return strings.Contains("."+domain, "."+known+".") }); ok {
		return Region{}, "", fmt.Errorf("%s only looks like %s and belongs to someone else", host, p.domain)
	}
	switch {
	case !domainName.MatchString(domain) || len(domain) > 253:
		return Region{}, "", fmt.Errorf("%q isn't a domain: %s", host, howToFind)
	case strings.Contains("."+domain, ".xn--"):
		return Region{}, "", fmt.Errorf("%s has letters that imitate others: a region's domain has plain letters only", host)
	case !InCloud(domain):
		return ofDomain(domain), "", nil
	case slices.ContainsFunc(vendorSites, func(site string) bool { return domain == site || vendorPage(domain, site) }):
		return Region{}, "", fmt.Errorf("%s is a site of Genesys and not a region: %s", host, howToFind)
	}
	note := fmt.Sprintf("%s isn't in the list of regions: the client ID and secret will be sent to https://login.%s", domain, domain)
	nearest := slices.MinFunc(locations, func(a, b location) int { return edits(domain, a.domain) - edits(domain, b.domain) })
	if edits(domain, nearest.domain) <= 2 {
		note += fmt.Sprintf("; did you mean %s?", nearest.domain)
	}
	return ofDomain(domain), note, nil
}

// vendorPage reports whether a host is a page of one of Genesys' sites; below pure.cloud live private regions too.
func vendorPage(domain, site string) bool {
	return strings.HasPrefix(site, "genesys") && strings.HasSuffix(domain, "."+site)
}
