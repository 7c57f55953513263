package apiclient

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
	"net/url"
	"os"
	"time"
)

// idle is how long an unused connection is kept: shorter than the services keep theirs, so that a create is
// not sent into a connection that is just being closed, where its answer would be lost.
const idle = 30 * time.Second

// errProxyAuth says that the proxy, not the service, wants credentials.
var errProxyAuth = errors.New("the proxy requires a user name and password (HTTP 407)")

// NewTransport returns a transport with the system's proxy settings that trusts the roots and goes by the Hosts. Nil roots
// are the system's and those of SSL_CERT_FILE, and its error is about that file.
func NewTransport(o CallOptions) (http.RoundTripper, error) {
	roots := o.Roots
	// Go reads the variable by itself only on Unix.
	if file := os.Getenv("SSL_CERT_FILE"); roots == nil && file != "" {
		var err error
		if roots, err = RootsWith(file); err != nil {
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
	return t, nil
}

// proxy is the system's setting, but this machine is always reached directly.
func proxy(r *http.Request) (*url.URL, error) {
	if IsLoopback(r.URL.Host) {
		return nil, nil //nolint:nilnil // net/http's way to say "no proxy"
	}
	return http.ProxyFromEnvironment(r)
}

func proxyAnswer(_ context.Context, _ *url.URL, _ *http.Request, resp *http.Response) error {
	if resp.StatusCode == http.StatusProxyAuthRequired {
		return errProxyAuth
	}
	return nil
}

// RootsWith returns the system's certificate authorities and those of the file.
func RootsWith(file string) (*x509.CertPool, error) {
	pem, err := os.ReadFile(file) //nolint:gosec // the admin names the file
	if err != nil {
		return nil, errors.New("SSL_CERT_FILE names a file that can't be read")
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, errors.New("SSL_CERT_FILE names a file without a certificate")
	}
	return pool, nil
}
