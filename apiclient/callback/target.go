package callback

import (
	"cmp"
	"errors"
	"net/url"
	"slices"
	"strconv"

	"msgsso-wizard/apiclient/address"
)

var errNoAddress = errors.New("the redirect URI isn't a full http or https URL")

// target is where a redirect URI leads.
type target struct {
	clean *url.URL // the redirect URI without query
	port  int      // 0: on another computer
}

func (p target) local() bool { return p.port != 0 }

// parseTarget reads a redirect URI.
func parseTarget(redirectURI string) (target, error) {
	u, err := address.Parse(redirectURI)
	if err != nil {
		return target{}, errNoAddress
	}
	parts := u.URL()
	p := target{clean: &url.URL{Scheme: u.Scheme, Host: u.HostPort(), Path: parts.Path, RawPath: parts.RawPath}}
	if p.clean.Path == "" {
		p.clean.Path = "/" // as browsers ask for it
	}
	if slices.Contains([]string{"localhost", "127.0.0.1", "[::1]"}, u.Host.String()) && u.Scheme == "http" && parts.Fragment == "" {
		p.port, _ = strconv.Atoi(cmp.Or(u.Port, "80")) // a number, or it would be refused
	}
	return p, nil
}

// CanListen reports whether a redirect URI leads to this computer, so that a browser can come back by itself:
// http at localhost, 127.0.0.1 or [::1]. Whether the port is free shows in Run.
func CanListen(redirectURI string) bool {
	p, err := parseTarget(redirectURI)
	return err == nil && p.local()
}
