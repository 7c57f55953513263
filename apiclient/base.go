package apiclient

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"unicode"

	"msgsso-wizard/apiclient/address"
)

// ParseBase reads the base URL of a service: https, or http on loopback, a host, perhaps a port, and nothing
// else. It returns the canonical form: lower case, no default port, no trailing slash. Its errors do not quote
// raw, which may carry a password.
func ParseBase(raw string) (*url.URL, error) {
	u, err := address.Parse(raw)
	switch {
	case err != nil:
		return nil, err
	case strings.ContainsFunc(raw, func(r rune) bool { return r > unicode.MaxASCII }):
		return nil, errors.New("the host has letters of other scripts, which can look alike")
	case u.Scheme != "https" && !u.Host.Loopback():
		return nil, fmt.Errorf("%s must be reached over HTTPS", u.Host)
	case strings.Trim(u.Rest, "/") != "":
		return nil, fmt.Errorf("the URL of %s has a path, query, or fragment", u.Host)
	}
	return &url.URL{Scheme: u.Scheme, Host: u.HostPort()}, nil
}

func checkBase(u *url.URL) (*url.URL, error) {
	if u == nil || u.Host == "" {
		return nil, errors.New("the address has no host")
	}
	return ParseBase(u.String())
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

// Hosts are names that stand for servers of this machine: acme.okta.example for 127.0.0.1:4711. A client with Hosts, even
// empty ones, reaches no other machine; nil: it reaches all. So a demo shows names and stays on this machine.
type Hosts map[string]string

// ErrElsewhere says that Hosts keep a call from being made.
var ErrElsewhere = errors.New("a demo stays on this computer")

// Reach reports whether the host may be called.
func (h Hosts) Reach(host string) bool { return h == nil || h[host] != "" || IsLoopback(host) }

// Local returns the address that a browser on this machine can open in place of one of the names.
func (h Hosts) Local(address string) string {
	u, err := url.Parse(address)
	if err != nil || h[u.Host] == "" {
		return address
	}
	u.Scheme, u.Host = "http", h[u.Host]
	return u.String()
}

// local sends calls of the names to this machine, and no call to any other.
type local struct {
	*http.Transport
	hosts Hosts
}

// RoundTrip implements http.RoundTripper.
func (l local) RoundTrip(r *http.Request) (*http.Response, error) {
	if !l.hosts.Reach(r.URL.Host) {
		return nil, ErrElsewhere
	}
	if at := l.hosts[r.URL.Host]; at != "" {
		r = r.Clone(r.Context())
		r.URL.Scheme, r.URL.Host, r.Host = "http", at, at
	}
	return l.Transport.RoundTrip(r)
}
