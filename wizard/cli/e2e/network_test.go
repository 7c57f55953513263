//go:build unix

package e2e

import (
	"encoding/pem"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
)

// portal answers over TLS, as no Okta org does, and counts what it is asked. Its certificate is for 127.0.0.1 and
// login.example.com.
type portal struct {
	*httptest.Server
	calls atomic.Int64
	file  string // has the certificate
}

func newPortal(t *testing.T) *portal {
	t.Helper()
	p := &portal{file: filepath.Join(t.TempDir(), "authority.pem")}
	p.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		p.calls.Add(1)
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<html>")
	}))
	p.Config.ErrorLog, p.EnableHTTP2 = log.New(io.Discard, "", 0), true
	p.StartTLS()
	t.Cleanup(p.Close)
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: p.Certificate().Raw})
	assert.NilError(t, os.WriteFile(p.file, certificate, 0o600))
	return p
}

// forms are files with the certificate, and files with none, by the names of their forms.
func (p *portal) forms(t *testing.T) *strings.Replacer {
	t.Helper()
	der := p.Certificate().Raw
	framed := func(label string) string { return string(pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der})) }
	folder := t.TempDir()
	names := []string{"SSL_CERT_FILE", "SSL_CERT_FILE", "FILE", p.file, "FOLDER", folder}
	for form, data := range map[string]string{
		"DER": string(der), "BOM": "\ufeff" + framed("CERTIFICATE"), "P7B": framed("PKCS7"), "AUX": framed("TRUSTED CERTIFICATE"), "EMPTY": "",
	} {
		file := filepath.Join(folder, strings.ToLower(form))
		assert.NilError(t, os.WriteFile(file, []byte(data), 0o600))
		names = append(names, form, file)
	}
	return strings.NewReplacer(names...)
}

// reach runs the program unattended with an Okta org elsewhere; Genesys Cloud is a simulator.
func reach(t *testing.T, org string, flags []string, more ...string) (code int, said string) {
	t.Helper()
	sim := simtest.Start(t, simulator.Options{Seed: 1})
	home := t.TempDir()
	environ := append(sim.Environment(), "HOME="+home, "XDG_STATE_HOME="+home, "OKTA_CLIENT_ORGURL="+org)
	got := run(t, append(environ, more...), "", append(flags, "--no-input")...)
	assert.Check(t, is.Equal(sim.Genesys().Calls().Writes, 0))
	return got.code, unwrapped(got.out + got.said)
}

const (
	noOrg   = "isn't an Okta org. The token wasn't sent."
	unknown = "it was issued by an authority that this computer doesn't know (subject O=Acme Co, issuer O=Acme Co)"
)

// TestUntrustedCertificatesGetNothing: what is not to be trusted gets nothing, not even a request. What is trusted is in
// a file that a variable or a flag names.
func TestUntrustedCertificatesGetNothing(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		variable, flag string
		code           int
		want           string
	}{
		"trusted by a variable":  {"FILE", "", 2, noOrg},
		"trusted by a flag":      {"", "FILE", 2, noOrg},
		"of a proxy's make":      {"", "", 6, unknown},
		"a file that is away":    {"", "nowhere.pem", 2, "--ca-cert: nowhere.pem can't be read: no such file or directory."},
		"trusted in DER":         {"", "DER", 2, noOrg},
		"with a byte order mark": {"BOM", "", 2, noOrg},
		"a .p7b file":            {"", "P7B", 2, "--ca-cert: P7B is a PKCS #7 file (.p7b). Convert it:"},
		"OpenSSL's own form":     {"AUX", "", 2, "SSL_CERT_FILE: AUX has OpenSSL's TRUSTED CERTIFICATE. Convert it:"},
		"a file without an end":  {"", "/dev/zero", 2, "--ca-cert: /dev/zero can't be read: it isn't a regular file."},
		"an empty file":          {"", "EMPTY", 2, "--ca-cert: EMPTY is empty."},
		"a folder":               {"", "FOLDER", 2, "--ca-cert: FOLDER can't be read: is a directory."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			site := newPortal(t)
			file := site.forms(t)
			var flags []string
			if tt.flag != "" {
				flags = []string{"--ca-cert", file.Replace(tt.flag)}
			}
			code, said := reach(t, site.URL, flags, "SSL_CERT_FILE="+file.Replace(tt.variable))
			assert.Check(t, code == tt.code && strings.Contains(said, file.Replace(tt.want)), "exit code %d:\n%s", code, said)
			assert.Check(t, is.Equal(site.calls.Load() > 0, tt.want == noOrg), "calls")
		})
	}
}

// TestProxyIsUsed stands between the program and an org that is not there: it leads to a portal.
func TestProxyIsUsed(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		org, user string
		gone      bool
		code      int
		want      string
	}{
		"with its password":  {"login.example.com", "me:canary@", false, 2, "login.example.com " + noOrg},
		"of another host":    {"acme.okta.com", "me:canary@", false, 6, "it is for another host (subject O=Acme Co, issuer O=Acme Co)"},
		"with another":       {"login.example.com", "me:canaryToo@", false, 6, "login.example.com can't be reached: the proxy requires a user name and password (HTTP 407)."},
		"that is not there":  {"login.example.com", "me:canary@", true, 6, "login.example.com can't be reached: through the proxy: connection refused."},
		"without a password": {"login.example.com", "", false, 6, "HTTP 407"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			site := newPortal(t)
			proxy := httptest.NewServer(tunnel(t, tt.org+":443", site.Listener.Addr().String()))
			t.Cleanup(proxy.Close)
			via := proxy.Listener.Addr().String()
			if tt.gone {
				via = "127.0.0.1:1"
			}
			code, said := reach(t, "https://"+tt.org, []string{"--confirm-okta-org", tt.org}, "SSL_CERT_FILE="+site.file, "HTTPS_PROXY=http://"+tt.user+via)
			assert.Check(t, code == tt.code && strings.Contains(said, tt.want), "exit code %d:\n%s", code, said)
			assert.Check(t, !strings.Contains(said, "canary") && !strings.Contains(said, "bWU6"),
				"the proxy's password is shown:\n%s", said)
		})
	}
}

// TestUnreadableProxyIsNamed: no connection is made, also not a direct one, and the password isn't shown.
func TestUnreadableProxyIsNamed(t *testing.T) {
	t.Parallel()
	for setting, want := range map[string]string{
		"HTTPS_PROXY=http://me:100%zcanary@127.0.0.1:18481": "HTTPS_PROXY can't be read: it has a % that starts no escape. Write %25 for a % in the user name or password.",
		"HTTPS_PROXY=http://me:can@ry@127.0.0.1:18481":      "HTTPS_PROXY can't be read: it has an @ too many. Write %40 for an @ in the user name or password.",
		`HTTPS_PROXY="http://me:canary@127.0.0.1:18481"`:    "HTTPS_PROXY can't be read: it has this around it: quotation marks.",
		"https_proxy=http://me:canary@127.0.0.1:99999":      "https_proxy can't be read: its port isn't a number from 1 to 65535.",
	} {
		code, said := reach(t, "https://acme.okta.com", nil, setting)
		assert.Check(t, code == 2 && strings.Contains(said, want), "exit code %d:\n%s", code, said)
		assert.Check(t, !strings.Contains(said, "canary") && !strings.Contains(said, "can@ry"), "the proxy's password is shown:\n%s", said)
	}
}

// TestProxyThatRefusesIsNamed stands a proxy that leads nowhere in front of an org.
func TestProxyThatRefusesIsNamed(t *testing.T) {
	t.Parallel()
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }))
	t.Cleanup(proxy.Close)
	code, said := reach(t, "https://acme.okta.com", nil, "HTTPS_PROXY="+proxy.URL)
	assert.Check(t, code == 6 && strings.Contains(said, "acme.okta.com can't be reached: the proxy refused (HTTP 403)."), "exit code %d:\n%s", code, said)
}

// tunnel is a proxy that wants me:canary and leads from one address to another; it must be asked for no other.
func tunnel(t *testing.T, from, to string) http.HandlerFunc {
	t.Helper()
	return func(w http.ResponseWriter, r *http.Request) {
		assert.Check(t, r.Method == http.MethodConnect && r.Host == from, "the proxy got %s %s", r.Method, r.Host)
		if r.Header.Get("Proxy-Authorization") != "Basic bWU6Y2FuYXJ5" {
			w.WriteHeader(http.StatusProxyAuthRequired)
			return
		}
		there, err := new(net.Dialer).DialContext(r.Context(), "tcp", to)
		if err != nil {
			t.Error(err)
			return
		}
		w.WriteHeader(http.StatusOK)
		here, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		go func() { _, _ = io.Copy(there, here); _ = there.Close() }()
		_, _ = io.Copy(here, there)
		_ = here.Close()
	}
}

// TestDebuggingShowsNoSecret: Go can be told to write each header of HTTP/2 to standard error.
func TestDebuggingShowsNoSecret(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	var sent atomic.Bool
	p.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.URL.Path == "/.well-known/okta-organization" {
			_, _ = io.WriteString(w, `{"id":"00o1","pipeline":"idx","_links":{"organization":{"href":"`+p.URL+`"}}}`)
			return
		}
		if r.ProtoMajor == 2 && r.Header.Get("Authorization") == "SSWS canary" {
			sent.Store(true)
		}
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"errorCode":"E0000011"}`)
	})
	code, said := reach(t, p.URL, nil, "SSL_CERT_FILE="+p.file, "GODEBUG=http2debug=2", "OKTA_CLIENT_TOKEN=canary")
	assert.Check(t, sent.Load() && code == 3 && !strings.Contains(said, "canary") && !strings.Contains(said, "http2:"), "exit code %d:\n%s", code, said)
}

// TestServersWriteNothing: Go logs what a server sends after its response, also over the full screen.
func TestServersWriteNothing(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		connection, _, err := w.(http.Hijacker).Hijack()
		assert.Check(t, err)
		_, err = io.WriteString(connection, "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}canary")
		assert.Check(t, err)
		_, _ = io.Copy(io.Discard, connection) // until the program closes it
		_ = connection.Close()
	}))
	t.Cleanup(server.Close)
	_, said := reach(t, server.URL, nil)
	assert.Check(t, strings.Contains(said, "No changes were made.") && !strings.Contains(said, "canary"), said)
}
