package site

import (
	"cmp"
	"net/url"
	"regexp"
	"strings"
)

var (
	schemeSource = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:$`)
	hostSource   = regexp.MustCompile(`^(?:([A-Za-z][A-Za-z0-9+.-]*)://)?(\*|(?:\*\.)?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?|\[[0-9A-Fa-f:.]+\])(?::(\d+|\*))?(/[^?#]*)?$`)
)

// upgrades are the schemes that a source of a scheme also lets through (CSP Level 3 6.7.2.9).
var upgrades = map[string]map[string]bool{
	"http": {"http": true, "https": true}, "https": {"https": true},
	"ws": {"ws": true, "wss": true, "http": true, "https": true}, "wss": {"wss": true, "https": true},
}

var defaultPorts = map[string]string{"http": "80", "ws": "80", "https": "443", "wss": "443"}

// matches reports whether a source of a list lets an address through (CSP Level 3 6.7.2.7 and 6.7.2.8).
func (p policy) matches(source string, u *url.URL) bool {
	scheme := strings.ToLower(u.Scheme)
	switch {
	case source == "*":
		return defaultPorts[scheme] != "" || scheme == p.self.Scheme
	case strings.EqualFold(source, "'self'"):
		return p.isSelf(scheme, u)
	case schemeSource.MatchString(source):
		return passes(strings.TrimSuffix(strings.ToLower(source), ":"), scheme)
	}
	part := hostSource.FindStringSubmatch(source)
	if part == nil {
		return false // 'none', other keywords, and what browsers skip
	}
	from := cmp.Or(strings.ToLower(part[1]), p.self.Scheme)
	return passes(from, scheme) && hostFits(part[2], u.Hostname()) && portFits(part[3], u) && pathFits(part[4], u)
}

// isSelf lets the page's own host through, and the safer forms of its scheme (CSP Level 3 6.7.2.8).
func (p policy) isSelf(scheme string, u *url.URL) bool {
	ports := port(u) == port(p.self) || port(u) == defaultPorts[scheme] && port(p.self) == defaultPorts[p.self.Scheme]
	safer := scheme == p.self.Scheme || scheme == "https" || scheme == "wss" || scheme == "ws" && p.self.Scheme == "http"
	return strings.EqualFold(u.Hostname(), p.self.Hostname()) && ports && safer
}

func passes(from, to string) bool { return from == to || upgrades[from][to] }

func hostFits(want, host string) bool {
	want, host = strings.ToLower(strings.Trim(want, "[]")), strings.ToLower(host)
	if want == "*" {
		return true
	}
	if below, wild := strings.CutPrefix(want, "*"); wild {
		return strings.HasSuffix(host, below)
	}
	return want == host
}

func portFits(want string, u *url.URL) bool {
	switch want {
	case "*":
		return true
	case "":
		return port(u) == defaultPorts[strings.ToLower(u.Scheme)]
	}
	return samePort(want, u)
}

// samePort lets 80 stand for 443, too: a source of http lets https through.
func samePort(want string, u *url.URL) bool {
	return want == port(u) || want == "80" && port(u) == "443" && defaultPorts[strings.ToLower(u.Scheme)] == "443"
}

func port(u *url.URL) string {
	return cmp.Or(u.Port(), defaultPorts[strings.ToLower(u.Scheme)])
}

// pathFits: a path that ends in a slash stands for all below it.
func pathFits(want string, u *url.URL) bool {
	plain, err := url.PathUnescape(want)
	if err != nil {
		return false
	}
	switch {
	case plain == "" || plain == "/" && u.Path == "":
		return true
	case strings.HasSuffix(plain, "/"):
		return strings.HasPrefix(u.Path, plain)
	}
	return u.Path == plain
}
