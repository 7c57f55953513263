package apiclient

import (
	"encoding/pem"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"golang.org/x/net/http/httpproxy"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/testkit/cases"
)

func TestLoopbackIsNeverProxied(t *testing.T) {
	t.Parallel()
	for _, base := range []string{"http://localhost:8080", "http://127.0.0.1:1", "https://[::1]"} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, base+"/x", nil)
		got, err := proxy(r)
		assert.Check(t, got == nil && err == nil, "%s: %v, %v", base, got, err)
	}
}

// TestUnreadableProxiesAreRefused: Go's own reading would ignore them and connect directly.
func TestUnreadableProxiesAreRefused(t *testing.T) {
	t.Parallel()
	cases.Check(t, "proxies.txt", func(in ...string) string {
		err := checkProxy(func(name string) (string, bool) { return map[string]string{"https_proxy": in[0]}[name], true })
		if err == nil {
			return "taken"
		}
		assert.Check(t, errors.Is(err, ErrSetting) && !strings.Contains(err.Error(), "canary"), "%v", err)
		return "✗ " + err.Error()
	})
}

// FuzzProxy: a setting that is taken is a proxy to Go, too. One that Go ignored would connect directly.
func FuzzProxy(f *testing.F) {
	for _, seed := range []string{
		"http://user:100%pass@127.0.0.1:18481", "http://me:p@ss@proxy.example.com", "\"http://127.0.0.1:1\"", "127.0.0.1:1", "socks5://[::1]:1080", "ftp://x", "http://", "http:///", "x y", "\ufeffhttp://x",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		if value == "" || proxyProblem(value) != "" {
			return
		}
		via, err := (&httpproxy.Config{HTTPSProxy: value}).ProxyFunc()(&url.URL{Scheme: "https", Host: "acme.okta.com"})
		assert.Check(t, err == nil && via != nil && via.Host != "", "%q is %v: %v", value, via, err)
	})
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

func TestCertificatesInEachForm(t *testing.T) {
	t.Parallel()
	server := httptest.NewTLSServer(answerJSON(200, `{}`))
	t.Cleanup(server.Close)
	der := server.Certificate().Raw
	framed := func(label string, data []byte) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: label, Bytes: data})
	}
	text := string(framed("CERTIFICATE", der))
	utf16LE := []byte("\xff\xfe")
	for i := range len(text) {
		utf16LE = append(utf16LE, text[i], 0)
	}
	for name, tt := range map[string]struct {
		data []byte
		want string // the end of the error; empty: it is read
	}{
		"PEM":                 {[]byte(text), ""},
		"PEM of Windows":      {[]byte("\ufeff" + strings.ReplaceAll(text, "\n", "\r\n")), ""},
		"PEM in UTF-16":       {utf16LE, ""},
		"another label":       {framed("X509 CERTIFICATE", der), ""},
		"after a damaged one": {append(framed("CERTIFICATE", []byte("canary")), text...), ""},
		"DER":                 {der, ""},
		"two in DER":          {append(slices.Clone(der), der...), ""},
		"empty":               {[]byte(" \n"), "is empty"},
		"a word":              {[]byte("canary"), "has no certificate in PEM or DER"},
		"damaged":             {framed("CERTIFICATE", []byte("canary")), "has a damaged certificate"},
		"PKCS #7":             {framed("PKCS7", []byte("canary")), "is a PKCS #7 file (.p7b). Convert it: openssl pkcs7 -print_certs -in FILE -out FILE.pem, with -inform DER if it isn't text"},
		"PKCS #7 in DER":      {append([]byte{0x30, 0x82, 1, 0}, append(slices.Clone(pkcs7), "canary"...)...), "is a PKCS #7 file (.p7b). Convert it: openssl pkcs7 -print_certs -in FILE -out FILE.pem, with -inform DER if it isn't text"},
		"OpenSSL's own":       {framed("TRUSTED CERTIFICATE", der), "has OpenSSL's TRUSTED CERTIFICATE. Convert it: openssl x509 -in FILE -out FILE.pem"},
		"a private key":       {framed("PRIVATE KEY", []byte("canary")), "has a private key and no certificate"},
		"a request":           {framed("CERTIFICATE REQUEST", []byte("canary")), "has no certificate, but CERTIFICATE REQUEST"},
	} {
		file := filepath.Join(t.TempDir(), "authority")
		assert.NilError(t, os.WriteFile(file, tt.data, 0o600))
		got, err := readCertificates(file)
		if tt.want != "" {
			assert.Check(t, is.Error(err, tt.want), name)
			continue
		}
		assert.Check(t, err, name)
		assert.Check(t, len(got) > 0 && got[0].Equal(server.Certificate()), name)
	}
	_, err := readCertificates(t.TempDir())
	assert.Check(t, is.Error(err, "can't be read: is a directory"))
	_, err = RootsWith(filepath.Join(t.TempDir(), "absent.pem"))
	assert.Check(t, is.ErrorIs(err, ErrSetting))
	assert.Check(t, is.ErrorContains(err, "absent.pem can't be read: no such file or directory"))
	assert.Check(t, strings.HasPrefix(err.Error(), "--ca-cert: "), "%v", err)
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
