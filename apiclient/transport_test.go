package apiclient

import (
	"encoding/pem"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestLoopbackIsNeverProxied(t *testing.T) {
	t.Parallel()
	for _, base := range []string{"http://localhost:8080", "http://127.0.0.1:1", "https://[::1]"} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, base+"/x", nil)
		got, err := proxy(r)
		assert.Check(t, got == nil && err == nil, "%s: %v, %v", base, got, err)
	}
}

// TestProxyWantsItsOwnSignIn stands a proxy in front of a host that does not exist.
func TestProxyWantsItsOwnSignIn(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		assert.Check(t, is.Equal(r.Method, http.MethodConnect), "the proxy")
		w.WriteHeader(http.StatusProxyAuthRequired)
	}))
	t.Cleanup(server.Close)
	via, err := url.Parse(server.URL)
	assert.NilError(t, err)
	via.User = url.UserPassword("me", "canary")
	rt, err := NewTransport(CallOptions{})
	assert.NilError(t, err)
	rt.(*http.Transport).Proxy = http.ProxyURL(via)
	synctest.Test(t, func(t *testing.T) { // the waits between the tries take no time
		c := client(t, "https://acme.okta.test", func(cfg *Config) { cfg.HTTP = rt })
		_, err := c.Do(t.Context(), Request{Op: "x", Method: "POST", Path: "/x"}, nil)
		e, ok := AsError(err)
		assert.Check(t, ok && errors.Is(err, ErrUnreachable) && e.Summary == errProxyAuth.Error() && !e.Maybe,
			"got %v", err)
		noLeak(t, err)
	})
}

func TestCertificatesOfAFile(t *testing.T) {
	server := httptest.NewTLSServer(answerJSON(200, `{}`))
	t.Cleanup(server.Close)
	dir := t.TempDir()
	good, bad := filepath.Join(dir, "good.pem"), filepath.Join(dir, "bad.pem")
	data := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	for name, content := range map[string][]byte{good: data, bad: []byte("canary")} {
		assert.NilError(t, os.WriteFile(name, content, 0o600))
	}
	t.Setenv("SSL_CERT_FILE", good)
	if _, err := client(t, server.URL, nil).Do(t.Context(), get, nil); err != nil {
		t.Error(err)
	}
	roots, err := RootsWith(good)
	assert.NilError(t, err)
	for _, name := range []string{bad, filepath.Join(dir, "absent.pem")} {
		t.Setenv("SSL_CERT_FILE", name)
		if _, err := client(t, server.URL, func(cfg *Config) { cfg.Roots = roots }).Do(t.Context(), get, nil); err != nil {
			t.Errorf("with roots of its own: %v", err) // the variable is not checked
		}
		if _, err := New(Config{Base: &url.URL{Scheme: "https", Host: "a.test"}}); err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: got %v", filepath.Base(name), err)
		}
	}
}
