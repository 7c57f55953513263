package apiclient

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
)

// hostname is what a host may look like; look-alike letters of other scripts do not pass.
var hostname = regexp.MustCompile(`^(?:[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)*|[0-9a-f:.]*:[0-9a-f:.]*)$`)

// defaultPort is left out of a canonical base.
var defaultPort = map[string]string{"https": "443", "http": "80"}

// ParseBase reads the base URL of a service: https, or http on loopback, a host, perhaps a port, and nothing
// else. It returns the canonical form: lower case, no default port, no trailing slash. Its errors do not quote
// raw, which may carry a password.
func ParseBase(raw string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return nil, errors.New("the address isn't a URL")
	}
	return checkBase(u)
}

func checkBase(u *url.URL) (*url.URL, error) {
	if u == nil || u.Host == "" {
		return nil, errors.New("the address has no host")
	}
	host, port := strings.TrimSuffix(strings.ToLower(u.Hostname()), "."), u.Port()
	scheme := strings.ToLower(u.Scheme)
	switch {
	case u.User != nil:
		return nil, errors.New("the URL has a user name or password")
	case !hostname.MatchString(host):
		return nil, fmt.Errorf("%s isn't the name of a host", Clean(host))
	case scheme != "https" && (scheme != "http" || !IsLoopback(host)):
		return nil, fmt.Errorf("%s must be reached over HTTPS", host)
	case strings.Trim(u.Path, "/") != "":
		return nil, fmt.Errorf("the URL of %s has a path", host)
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return nil, fmt.Errorf("the URL of %s has a query or fragment", host)
	}
	if port == defaultPort[scheme] {
		port = ""
	}
	switch {
	case port != "":
		host = net.JoinHostPort(host, port)
	case strings.Contains(host, ":"):
		host = "[" + host + "]"
	}
	return &url.URL{Scheme: scheme, Host: host}, nil
}

// IsLoopback reports whether host, with or without a port, is this machine: localhost, 127.0.0.0/8 or ::1.
func IsLoopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	if strings.EqualFold(strings.TrimSuffix(host, "."), "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.IsLoopback()
}
