package apiclient

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// idle is how long an unused connection is kept: shorter than the services keep theirs, so that a create is
// not sent into a connection that is just being closed, where its answer would be lost.
const idle = 30 * time.Second

// errProxyAuth says that the proxy, not the service, wants credentials.
var errProxyAuth = errors.New("the proxy requires a user name and password (HTTP 407)")

// proxyRefusal is the status with which a proxy refused to connect to the service.
type proxyRefusal int

// Error names the status.
func (p proxyRefusal) Error() string { return fmt.Sprintf("the proxy refused (HTTP %d)", int(p)) }

// ErrSetting is wrapped by what is wrong with a proxy's variable or a file of certificates.
var ErrSetting = errors.New("a setting can't be used")

// settingError is an ErrSetting in its own words.
type settingError string

func settingErrorf(format string, args ...any) error {
	return settingError(fmt.Sprintf(format, args...))
}

// Error says what is wrong.
func (e settingError) Error() string { return string(e) }

// Is reports that it is an ErrSetting.
func (settingError) Is(target error) bool { return target == ErrSetting }

// NewTransport returns a transport with the system's proxy settings that trusts the roots and goes by the Hosts. Nil roots
// are the system's and those of SSL_CERT_FILE. Its error is an ErrSetting.
func NewTransport(o CallOptions) (http.RoundTripper, error) {
	roots := o.Roots
	if roots == nil {
		var err error
		if roots, err = RootsWith(""); err != nil {
			return nil, err
		}
	}
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.Proxy = proxy
	t.OnProxyConnectResponse = proxyAnswer
	t.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots}
	t.IdleConnTimeout = idle
	if o.Hosts != nil {
		return local{t, o.Hosts}, nil
	}
	return t, checkProxy(os.LookupEnv)
}

// proxy is the system's setting, but this machine is always reached directly.
func proxy(r *http.Request) (*url.URL, error) {
	if IsLoopback(r.URL.Host) {
		return nil, nil //nolint:nilnil // net/http's way to say "no proxy"
	}
	return http.ProxyFromEnvironment(r)
}

// checkProxy says why the proxy that a variable names can't be read. Go would ignore it and connect directly. The error
// doesn't repeat the value, which may have a password.
func checkProxy(lookup func(string) (string, bool)) error {
	for _, name := range []string{"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"} {
		value, _ := lookup(name)
		if why := proxyProblem(value); why != "" {
			return settingErrorf("%s can't be read: %s", name, why)
		}
	}
	return nil
}

func proxyProblem(value string) string {
	clean, removed, err := ReadInput(value)
	if !strings.Contains(clean, "://") {
		clean = "http://" + clean
	}
	scheme, rest, _ := strings.Cut(clean, "://")
	start := strings.IndexAny(rest+"/", "/?#")
	authority, tail := rest[:start], rest[start:]
	host := authority[strings.Index(authority, "@")+1:]
	u, unread := url.Parse(clean)
	switch {
	case value == "":
		return ""
	case err != nil:
		return "it " + err.Error()
	case removed != "":
		return strings.Replace(strings.TrimSuffix(removed, "."), "Removed around it", "it has this around it", 1)
	case !slices.Contains([]string{"http", "https", "socks5", "socks5h"}, strings.ToLower(scheme)):
		return "it must start with http://, https://, or socks5://"
	case strings.Contains(tail, "@"):
		return fmt.Sprintf("it has a %c in the user name or password. Write %s for it", tail[0], url.QueryEscape(tail[:1]))
	case strings.Count(rest, "@") > 1, strings.HasPrefix(rest, "@"):
		return "it has an @ too many. Write %40 for an @ in the user name or password"
	case strings.Trim(tail, "/") != "":
		return "it has more than a host and a port. Write it as in http://proxy.example.com:8080"
	case badEscape.MatchString(authority):
		return "it has a % that starts no escape. Write %25 for a % in the user name or password"
	case proxyPort.MatchString(authority) && !validPort(authority[strings.LastIndex(authority, ":")+1:]):
		return "its port isn't a number from 1 to 65535"
	case host == "", host[0] == ':':
		return "it has no host name. Write it as in http://proxy.example.com:8080"
	case unread != nil, u.Hostname() == "":
		return "it isn't a URL such as http://user:password@proxy.example.com:8080. Escape the special characters in the user name and password"
	}
	return ""
}

var (
	badEscape = regexp.MustCompile(`%(?:[^0-9A-Fa-f]|.[^0-9A-Fa-f]|.?$)`)
	proxyPort = regexp.MustCompile(`:[^\]:@]+$`) // after the host, which can be IPv6 in brackets
)

func validPort(text string) bool {
	n, err := strconv.ParseUint(text, 10, 16)
	return err == nil && n > 0
}

func proxyAnswer(_ context.Context, _ *url.URL, _ *http.Request, resp *http.Response) error {
	switch resp.StatusCode {
	case http.StatusOK:
		return nil
	case http.StatusProxyAuthRequired:
		return errProxyAuth
	default:
		return proxyRefusal(resp.StatusCode)
	}
}
