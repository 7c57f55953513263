package callback

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
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
	u, err := url.Parse(redirectURI)
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
		return target{}, errNoAddress
	}
	p := target{clean: &url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path, RawPath: u.RawPath}}
	if p.clean.Path == "" {
		p.clean.Path = "/" // as browsers ask for it
	}
	port := u.Port()
	if port == "" {
		port = "80"
	}
	n, err := strconv.Atoi(port)
	here := slices.Contains([]string{"localhost", "127.0.0.1", "::1"}, strings.ToLower(u.Hostname()))
	if here && u.Scheme == "http" && u.User == nil && u.Fragment == "" && err == nil && n > 0 && n <= 65535 {
		p.port = n
	}
	return p, nil
}

// CanListen reports whether a redirect URI leads to this computer, so that a browser can come back by itself:
// http at localhost, 127.0.0.1 or [::1]. Whether the port is free shows in Run.
func CanListen(redirectURI string) bool {
	p, err := parseTarget(redirectURI)
	return err == nil && p.local()
}
