package apiclient

import (
	"errors"
	"net/http"
	"net/url"
)

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
