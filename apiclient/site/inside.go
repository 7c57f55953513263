package site

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"net/url"
	"syscall"

	"msgsso-wizard/apiclient"
)

// errInside says that a page on the internet leads to where only this computer can reach.
var errInside = errors.New("to this computer or a private network")

var carrierGrade = netip.MustParsePrefix("100.64.0.0/10") // RFC 6598

// inside reports whether an address is of this computer or a private network.
func inside(ip netip.Addr) bool {
	ip = ip.Unmap()
	return ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsUnspecified() || ip.IsMulticast() || carrierGrade.Contains(ip)
}

// namedInside is inside for what a URL says, without the name service.
func namedInside(u *url.URL) bool {
	ip, err := netip.ParseAddr(u.Hostname())
	return apiclient.IsLoopback(u.Host) || err == nil && inside(ip.WithZone(""))
}

// outside marks the context of a call that must not reach the inside.
type outside struct{}

// guard checks what a host turned out to be when it is connected to, so that no name leads inside.
func guard(t *http.Transport) {
	plain := &net.Dialer{Timeout: apiclient.Timeout}
	checked := &net.Dialer{Timeout: apiclient.Timeout, Control: func(_, address string, _ syscall.RawConn) error {
		if at, err := netip.ParseAddrPort(address); err != nil || inside(at.Addr().WithZone("")) {
			return errInside
		}
		return nil
	}}
	t.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		if ctx.Value(outside{}) != nil {
			return checked.DialContext(ctx, network, address)
		}
		return plain.DialContext(ctx, network, address)
	}
}

// reach is what the calls for a page may reach: the first one all, and the others the inside if the first one did.
type reach struct{ known, inside bool }

// watch notes where the first call arrives, and keeps the others outside. A proxy connects to what it likes.
func (a *reach) watch(r *http.Request, transport http.RoundTripper) *http.Request {
	t, ok := transport.(*http.Transport)
	if !ok || a.inside {
		return r // a demo's transport reaches this computer only
	}
	if via, err := t.Proxy(r); via != nil || err != nil {
		a.inside, a.known = namedInside(r.URL), true
		return r
	}
	if a.known {
		return r.WithContext(context.WithValue(r.Context(), outside{}, true))
	}
	return r.WithContext(httptrace.WithClientTrace(r.Context(), &httptrace.ClientTrace{GotConn: func(got httptrace.GotConnInfo) {
		at, err := netip.ParseAddrPort(got.Conn.RemoteAddr().String())
		a.inside, a.known = err == nil && inside(at.Addr().WithZone("")), true
	}}))
}

// mayFollow says why a redirect isn't followed, empty: it is.
func (a *reach) mayFollow(from, to *url.URL) string {
	switch {
	case from.Scheme == "https" && to.Scheme == "http":
		return "from HTTPS to HTTP, " + to.Host
	case a.known && !a.inside && namedInside(to):
		return errInside.Error() + ", " + to.Host
	}
	return ""
}
