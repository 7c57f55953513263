//go:build unix

package e2e

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
)

// authority issues certificates.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t *testing.T, name string) authority {
	t.Helper()
	template := x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), KeyUsage: x509.KeyUsageCertSign,
	}
	a := authority{key: newKey(t)}
	a.cert = signed(t, template, authority{&template, a.key}, a.key)
	return a
}

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	assert.NilError(t, err)
	return key
}

func signed(t *testing.T, template x509.Certificate, by authority, key *ecdsa.PrivateKey) *x509.Certificate {
	t.Helper()
	der, err := x509.CreateCertificate(rand.Reader, &template, by.cert, &key.PublicKey, by.key)
	assert.NilError(t, err)
	cert, err := x509.ParseCertificate(der)
	assert.NilError(t, err)
	return cert
}

// file has the authority's own certificate.
func (a authority) file(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "authority.pem")
	err := os.WriteFile(name, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.cert.Raw}), 0o600)
	assert.NilError(t, err)
	return name
}

// portal answers over TLS, as no Okta org does, and counts what it is asked.
type portal struct {
	*httptest.Server
	calls atomic.Int64
}

func (a authority) portal(t *testing.T, host string, ends time.Time) *portal {
	t.Helper()
	key := newKey(t)
	leaf := x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "the site"},
		NotBefore: ends.Add(-2 * time.Hour), NotAfter: ends, KeyUsage: x509.KeyUsageDigitalSignature,
	}
	if ip := net.ParseIP(host); ip != nil {
		leaf.IPAddresses = []net.IP{ip}
	} else {
		leaf.DNSNames = []string{host}
	}
	p := &portal{}
	p.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		p.calls.Add(1)
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<html>")
	}))
	p.TLS = &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{{Certificate: [][]byte{signed(t, leaf, a, key).Raw}, PrivateKey: key}}}
	p.Config.ErrorLog = log.New(io.Discard, "", 0)
	p.StartTLS()
	t.Cleanup(p.Close)
	return p
}

// reach runs the program unattended with an Okta org elsewhere; Genesys Cloud is a simulator.
func reach(t *testing.T, org string, more ...string) (code int, said string) {
	t.Helper()
	return reachWith(t, org, nil, more...)
}

// reachWith is reach with flags.
func reachWith(t *testing.T, org string, flags []string, more ...string) (code int, said string) {
	t.Helper()
	sim := simtest.Start(t, simulator.Options{Seed: 1})
	home := t.TempDir()
	environ := append(sim.Environment(), "HOME="+home, "XDG_STATE_HOME="+home, "OKTA_CLIENT_ORGURL="+org)
	got := run(t, append(environ, more...), "", append(flags, "--no-input")...)
	assert.Check(t, is.Equal(sim.Genesys().Calls().Writes, 0))
	return got.code, got.out + got.said
}

const noOrg = "answers, but not as an Okta org does. The token was not sent there."

// TestUntrustedCertificatesGetNothing: what is not to be trusted gets nothing, not even a request.
func TestUntrustedCertificatesGetNothing(t *testing.T) {
	t.Parallel()
	ours, other := newAuthority(t, "Our authority"), newAuthority(t, "Somebody's proxy")
	soon, past := time.Now().Add(time.Hour), time.Now().Add(-time.Minute)
	for name, tt := range map[string]struct {
		site *portal
		code int
		want string
	}{
		"trusted":           {ours.portal(t, "127.0.0.1", soon), 2, noOrg},
		"expired":           {ours.portal(t, "127.0.0.1", past), 6, "it has expired or is not valid yet (subject CN=the site, issuer CN=Our authority)"},
		"of another host":   {ours.portal(t, "login.acme.test", soon), 6, "it is for another host (subject CN=the site, issuer CN=Our authority)"},
		"of a proxy's make": {other.portal(t, "127.0.0.1", soon), 6, "it was issued by an authority that this machine does not know (subject CN=the site, issuer CN=Somebody's proxy)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, said := reach(t, tt.site.URL, "SSL_CERT_FILE="+ours.file(t))
			if code != tt.code || !strings.Contains(unwrapped(said), tt.want) || (tt.site.calls.Load() > 0) != (code == 2) {
				t.Errorf("exit code %d after %d calls:\n%s", code, tt.site.calls.Load(), said)
			}
		})
	}
}

// TestCACertFlagTrustsFile names the same file by the flag, and one that is not there.
func TestCACertFlagTrustsFile(t *testing.T) {
	t.Parallel()
	ours := newAuthority(t, "Our authority")
	site := ours.portal(t, "127.0.0.1", time.Now().Add(time.Hour))
	code, said := reachWith(t, site.URL, []string{"--ca-cert", ours.file(t)})
	assert.Check(t, code == 2 && strings.Contains(unwrapped(said), noOrg), "exit code %d:\n%s", code, said)
	before := site.calls.Load()
	if code, said := reachWith(t, site.URL, []string{"--ca-cert", "nowhere.pem"}); code == 0 || !strings.Contains(said, "cannot be read") || site.calls.Load() != before {
		t.Errorf("exit code %d:\n%s", code, said)
	}
}

// TestProxyIsUsed stands between the program and an org that is not there: it leads to a portal.
func TestProxyIsUsed(t *testing.T) {
	t.Parallel()
	ours := newAuthority(t, "Our authority")
	site := ours.portal(t, "acme.okta.com", time.Now().Add(time.Hour))
	for name, tt := range map[string]struct {
		user string
		gone bool
		code int
		want string
	}{
		"with its password":  {"me:canary", false, 2, "acme.okta.com " + noOrg},
		"with another":       {"me:canaryToo", false, 6, "acme.okta.com cannot be reached: the proxy wants a user name and password of its own (HTTP 407)."},
		"that is not there":  {"me:canary", true, 6, "acme.okta.com cannot be reached: through the proxy: connection refused."},
		"without a password": {"", false, 6, "HTTP 407"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			proxy := httptest.NewServer(tunnel(t, "acme.okta.com:443", site.Listener.Addr().String()))
			t.Cleanup(proxy.Close)
			via := proxy.Listener.Addr().String()
			if tt.gone {
				via = "127.0.0.1:1"
			}
			if tt.user != "" {
				via = tt.user + "@" + via
			}
			code, said := reach(t, "https://acme.okta.com", "SSL_CERT_FILE="+ours.file(t), "HTTPS_PROXY=http://"+via)
			assert.Check(t, code == tt.code && strings.Contains(unwrapped(said), tt.want),
				"exit code %d:\n%s", code, said)
			assert.Check(t, !strings.Contains(said, "canary") && !strings.Contains(said, "bWU6"),
				"the proxy's password is told:\n%s", said)
		})
	}
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
