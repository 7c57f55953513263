package apiclient

import (
	"errors"
	"fmt"
	"net"
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
