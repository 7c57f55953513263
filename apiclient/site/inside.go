package site

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"net/url"
	"slices"
	"syscall"

	"msgsso-wizard/apiclient"
)

// errInside says that a page on the internet leads to where only this computer can reach.
var errInside = errors.New("to this computer or a private network")

// notGlobal are the networks that netip doesn't know and no host on the internet is in (RFC 6890), and the address under
// which Azure offers its services to each of its computers.
var notGlobal = prefixes("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "198.18.0.0/15", "240.0.0.0/4", "168.63.129.16/32", "fec0::/10")

// carriers are the IPv6 networks with an IPv4 address at these bytes, to which they lead (RFC 6052, 8215, 3056, 4291).
var carriers = []struct {
	network netip.Prefix
	at      int
}{
	{netip.MustParsePrefix("64:ff9b::/96"), 12}, {netip.MustParsePrefix("64:ff9b:1::/96"), 12}, {netip.MustParsePrefix("2002::/16"), 2}, {netip.MustParsePrefix("::/96"), 12},
}

func prefixes(texts ...string) (all []netip.Prefix) {
	for _, text := range texts {
		all = append(all, netip.MustParsePrefix(text))
	}
	return all
}

// inside reports whether an address is of this computer or a private network.
func inside(ip netip.Addr) bool {
	ip = ip.Unmap()
	if ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsUnspecified() || ip.IsMulticast() ||
		slices.ContainsFunc(notGlobal, func(p netip.Prefix) bool { return p.Contains(ip) }) {
		return true
	}
	bytes := ip.As16()
	for _, c := range carriers {
		if v4, ok := netip.AddrFromSlice(bytes[c.at : c.at+4]); ok && c.network.Contains(ip) {
			return inside(v4)
		}
	}
	return false
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
