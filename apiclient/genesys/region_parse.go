package genesys

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/address"
)

// longestInput is more than any address of a region needs.
const longestInput = 2000

// hostPrefixes are the hosts of a region that an admin comes across.
var hostPrefixes = []string{"api.", "login.", "apps.", "api-cdn.", "webmessaging."}

// vendorSites are Genesys' own sites, which say nothing about where an organization lives.
var vendorSites = []string{"genesys.com", "genesys.cloud", "genesyscloud.com", "pure.cloud", "us-gov-pure.cloud", "eusc-pure.cloud"}

// errCredentials does not quote the input, which holds a password.
var errCredentials = errors.New("a URL with a user name or password isn't accepted: enter the domain only")

// ParseRegion reads a region as users write it: its domain, its AWS name, its location, the environment of a
// snippet, or any address of it. A domain that is not in the table is taken with a note that says what that
// means; a loopback address stands for all hosts at once. The error is a sentence that names what would be right.
func ParseRegion(input string) (region Region, note string, err error) {
	switch {
	case input == "":
		return Region{}, "", fmt.Errorf("no region: %s", howToFind)
	case len(input) > longestInput:
		return Region{}, "", fmt.Errorf("this is too long for a region: %s", howToFind)
	}
	if region, ok := named(input); ok {
		return region, "", nil
	}
	if host, _ := address.ParseHost(input); strings.Contains(input, " (") || !strings.ContainsAny(input, "./:@\\") && !host.Loopback() {
		return Region{}, "", notNamed(input)
	}
	u, err := readURL(input)
	if err != nil {
		return Region{}, "", err
	}
	if u.Host.Loopback() {
		base := u.Origin.String()
		return Region{Domain: u.HostPort(), API: base, Login: base, Apps: base, CDN: base}, "a server on this computer, not Genesys Cloud", nil
	}
	return byHost(u.Host.String())
}

// readURL reads a URL, or a host with or without a path, and refuses what no region's URL can be.
func readURL(input string) (address.URL, error) {
	u, full, err := address.ParsePasted(input)
	switch {
	case errors.Is(err, address.ErrUser):
		err = errCredentials
	case err != nil:
		err = fmt.Errorf("%q isn't a URL of Genesys Cloud (%w): %s", input, err, howToFind)
	case u.Host.Loopback() && !full:
		err = fmt.Errorf("%q is this computer: for a simulator, enter http://%s", input, u.HostPort())
	case u.Host.Loopback():
	case u.Scheme == "http":
		err = fmt.Errorf("http is only for this computer: enter https://%s", u.HostPort())
	case u.Host.IsIP():
		err = fmt.Errorf("%s is an IP address and not a domain: %s", u.Host, howToFind)
	case u.Port != "":
		err = fmt.Errorf("a region has no port %s: enter %s", u.Port, u.Host)
	}
	return u, err
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
	case strings.Contains(domain, "_") || !strings.Contains(domain, "."):
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
