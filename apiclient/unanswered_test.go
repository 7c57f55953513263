package apiclient

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func noLeak(t *testing.T, err error) {
	t.Helper()
	for _, format := range []string{"%v", "%+v", "%#v"} {
		s := fmt.Sprintf(format, err)
		assert.Check(t, !strings.Contains(s, "canary"), "the error says %s", s)
	}
}

func TestCauseInWords(t *testing.T) {
	t.Parallel()
	dial := func(err error) error { return &net.OpError{Op: "dial", Net: "tcp", Err: err} }
	for name, tc := range map[string]struct {
		err     error
		kind    error
		summary string
	}{
		"unknown host":      {dial(&net.DNSError{IsNotFound: true, Name: "canary"}), ErrUnreachable, "no such host"},
		"broken DNS":        {dial(&net.DNSError{Server: "canary"}), ErrUnreachable, "its name couldn't be resolved"},
		"refused":           {dial(syscall.ECONNREFUSED), ErrUnreachable, "connection refused"},
		"cut":               {io.EOF, ErrUnreachable, "the connection was cut"},
		"proxy":             {errProxyAuth, ErrUnreachable, errProxyAuth.Error()},
		"proxy refuses":     {proxyRefusal(403), ErrUnreachable, "the proxy refused (HTTP 403)"},
		"proxy away":        {&net.OpError{Op: "proxyconnect", Err: dial(syscall.ECONNREFUSED)}, ErrUnreachable, "through the proxy: connection refused"},
		"unknown":           {errors.New(`bad "http://me:canary@proxy"`), ErrUnreachable, "the connection failed"},
		"URL in the error":  {&url.Error{Op: "Get", URL: "https://a/?canary", Err: io.EOF}, ErrUnreachable, "the connection was cut"},
		"slow DNS":          {dial(&net.DNSError{IsTimeout: true}), ErrTimeout, "no answer within 30 seconds"},
		"plain HTTP":        {http.ErrSchemeMismatch, ErrTLS, "it doesn't speak TLS"},
		"old TLS":           {tls.AlertError(70), ErrTLS, "no secure connection could be negotiated"},
		"not a certificate": {&tls.CertificateVerificationError{Err: x509.CertificateInvalidError{Reason: x509.NotAuthorizedToSign}}, ErrTLS, "it isn't a valid certificate"},
		"expired":           {&tls.CertificateVerificationError{Err: x509.CertificateInvalidError{Reason: x509.Expired}}, ErrTLS, "it has expired or isn't valid yet"},
	} {
		synctest.Test(t, func(t *testing.T) {
			c := client(t, "https://acme.okta.com", func(cfg *Config) { cfg.HTTP = &fake{replies: []reply{{err: tc.err}}} })
			_, err := c.Do(t.Context(), get, nil)
			e, ok := AsError(err)
			assert.Check(t, ok && errors.Is(err, tc.kind) && e.Summary == tc.summary, "%s: got %v", name, err)
			noLeak(t, err)
		})
	}
}

// TestSystemWords: Windows says in sentences what other systems say in words.
func TestSystemWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		errno        syscall.Errno
		system, want string
	}{
		{2, "linux", strings.TrimSuffix(syscall.ENOENT.Error(), ".")},
		{2, "windows", "no such file or directory"},
		{5, "windows", "permission denied"},
		{112, "windows", "no space left on device"},
		{10061, "windows", "connection refused"},
		{4390, "windows", strings.TrimSuffix(syscall.Errno(4390).Error(), ".")}, // as it is
	} {
		assert.Check(t, is.Equal(wordsOf(c.errno, c.system), c.want), "%d on %s", c.errno, c.system)
	}
	missing := filepath.Join(t.TempDir(), "x")
	_, err := os.Open(missing)
	assert.Check(t, is.Equal(Cause(err).Error(), "no such file or directory"))
	assert.Check(t, is.ErrorIs(Cause(err), fs.ErrNotExist))
	assert.Check(t, is.ErrorIs(Cause(&fs.PathError{Op: "read", Path: missing, Err: ErrTooLarge}), ErrTooLarge))
}

func TestCertificates(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(answerJSON(200, `{}`))
	server.Config.ErrorLog = quiet
	server.StartTLS()
	t.Cleanup(server.Close)
	trusting := server.Client().Transport.(*http.Transport)
	trustless := trusting.Clone()
	trustless.TLSClientConfig.RootCAs = x509.NewCertPool() // no user
	otherName := trusting.Clone()
	otherName.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, server.Listener.Addr().String())
	}
	const signed = "subject O=Acme Co, issuer O=Acme Co"
	for name, tc := range map[string]struct {
		base string
		http http.RoundTripper
		want string
	}{
		"trusted":           {server.URL, trusting, ""},
		"unknown authority": {server.URL, trustless, "it was issued by an authority that this computer doesn't know (" + signed + ")"},
		"other name":        {"https://acme.okta.test", otherName, "it is for another host (" + signed + ")"},
	} {
		c := client(t, tc.base, func(cfg *Config) { cfg.HTTP = tc.http })
		_, err := c.Do(t.Context(), post, nil)
		if tc.want == "" {
			assert.Check(t, err, name)
			continue
		}
		e, ok := AsError(err)
		assert.Check(t, ok && errors.Is(err, ErrTLS) && e.Summary == tc.want && !e.Maybe, "%s: got %v", name, err)
	}
}

func TestCreateIsRepeatedWhenNeverSent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var dials atomic.Int32
		rt := &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
			dials.Add(1)
			time.Sleep(time.Minute) // nothing can be sent before the time of the try is over
			return nil, net.ErrClosed
		}}
		c := client(t, "https://acme.okta.com", func(cfg *Config) { cfg.HTTP = rt })
		_, err := c.Do(t.Context(), post, nil)
		if e, ok := AsError(err); !ok || !errors.Is(err, ErrTimeout) || e.Maybe || dials.Load() != 3 {
			t.Errorf("got %v after %d dials", err, dials.Load())
		}
		time.Sleep(2 * time.Minute) // by the fake clock: the dials end
	})
}
