//go:build unix

package e2e

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/testkit/repeat"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
)

// listener is a proxy that is every host in one, over TLS that the program trusts. It records all that each of them gets.
type listener struct {
	file, via string            // the authority's certificate, and the proxy's address
	answers   map[string]string // the metadata of a host that is an Okta org

	mu  sync.Mutex
	got map[string]string // by host
}

func newListener(t *testing.T, answers map[string]string) *listener {
	t.Helper()
	l := &listener{file: filepath.Join(t.TempDir(), "authority.pem"), answers: answers, got: map[string]string{}}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	assert.NilError(t, err)
	authority := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Listener"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, authority, authority, &key.PublicKey, key)
	assert.NilError(t, err)
	assert.NilError(t, os.WriteFile(l.file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
	cfg := &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
		leaf := &x509.Certificate{
			SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: hello.ServerName}, DNSNames: []string{hello.ServerName},
			NotBefore: authority.NotBefore, NotAfter: authority.NotAfter,
		}
		der, err := x509.CreateCertificate(rand.Reader, leaf, authority, &key.PublicKey, key)
		return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
	}}
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect {
			l.hear(r.Host, r)
			return
		}
		w.WriteHeader(http.StatusOK)
		if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
			l.serve(tls.Server(conn, cfg), r.Host)
		}
	}))
	t.Cleanup(proxy.Close)
	l.via = proxy.URL
	return l
}

// serve answers as the host until the program hangs up.
func (l *listener) serve(conn net.Conn, host string) {
	defer conn.Close() //nolint:errcheck // the program is gone
	host, _, _ = strings.Cut(host, ":")
	for in := bufio.NewReader(conn); ; {
		r, err := http.ReadRequest(in)
		if err != nil {
			return
		}
		l.hear(host, r)
		status, body := "404 Not Found", `{"error":"invalid_client"}`
		if metadata := l.answers[host]; metadata != "" && r.URL.Path == "/.well-known/okta-organization" {
			status, body = "200 OK", metadata
		}
		_, _ = fmt.Fprintf(conn, "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", status, len(body), body)
	}
}

// basic matches credentials that are encoded.
var basic = regexp.MustCompile(`Basic ([A-Za-z0-9+/=]+)`)

func (l *listener) hear(host string, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	text := fmt.Sprintf("%s %s\n%v\n%s\n", r.Method, r.URL, r.Header, body)
	for _, found := range basic.FindAllStringSubmatch(text, -1) {
		plain, _ := base64.StdEncoding.DecodeString(found[1])
		text += string(plain) + "\n"
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.got[host] += text
}

// credentialed are the hosts that got a credential.
func (l *listener) credentialed() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	hosts := []string{}
	for host, text := range l.got {
		if strings.Contains(text, "canary") || strings.Contains(text, "client_assertion") {
			hosts = append(hosts, host)
		}
	}
	slices.Sort(hosts)
	return hosts
}

// credentials are one of each kind, in variables and in the files of the vendors' tools.
func credentials(t *testing.T, org, region string) []string {
	t.Helper()
	home := t.TempDir()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	assert.NilError(t, err)
	der, err := x509.MarshalPKCS8PrivateKey(key)
	assert.NilError(t, err)
	for name, text := range map[string]string{
		".okta/okta.yaml": "okta:\n  client:\n    orgUrl: https://" + org + "\n    token: canary-file\n",
		".gc/config.toml": "[one]\nenvironment = \"" + region + "\"\nclient_credentials = \"c1\"\nclient_id = \"c1\"\nclient_secret = \"canary-profile\"\n",
	} {
		assert.NilError(t, os.MkdirAll(filepath.Dir(filepath.Join(home, name)), 0o700))
		assert.NilError(t, os.WriteFile(filepath.Join(home, name), []byte(text), 0o600))
	}
	return []string{
		"HOME=" + home, "OKTA_CLIENT_TOKEN=canary-token", "OKTA_CLIENT_CLIENTID=0oa1", "OKTA_CLIENT_PRIVATEKEYID=k1",
		"OKTA_CLIENT_PRIVATEKEY=" + string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})),
		"MSGSSO_APP_CLIENT_ID=0oa2", "MSGSSO_APP_CLIENT_SECRET=canary-app", "MSGSSO_GENESYS_PROFILE=one",
		"GENESYSCLOUD_OAUTHCLIENT_ID=c1", "GENESYSCLOUD_OAUTHCLIENT_SECRET=canary-client", "GENESYSCLOUD_ACCESS_TOKEN=canary-access",
	}
}

// begun is a state folder with a run of this user in the orgs that has something to undo.
func begun(t *testing.T, org, region string) string {
	t.Helper()
	home := t.TempDir()
	folder, err := journal.Open(filepath.Join(home, "msgsso-wizard"))
	assert.NilError(t, err)
	run := journal.NewRun(time.Now().Add(-time.Hour), "0.1.0")
	run.Okta, run.Genesys = "https://"+org, region
	run.Answers = map[string][]string{string(guide.OktaOrg): {run.Okta}, string(guide.GenesysRegion): {region}}
	for _, kind := range []guide.ObjectKind{guide.KindApp, guide.KindIntegration} {
		run.Entries = append(run.Entries, journal.Entry{Step: guide.StepApp, Verb: "create", Kind: kind, Name: "Chat", ID: "1", Stage: journal.Made, At: run.Began})
	}
	assert.NilError(t, folder.Save(run))
	return home
}

func organization(id, own, custom string) string {
	links := `"organization":{"href":"` + own + `"}`
	if custom != "" {
		links += `,"alternate":{"href":"` + custom + `"}`
	}
	return `{"id":"` + id + `","pipeline":"idx","_links":{` + links + `}}`
}

var (
	oktaMethods    = []string{"token", "file", "key", "device", "manual"}
	genesysMethods = []string{"client", "access-token", "profile", "browser"}
	commands       = [][]string{{}, {"--dry-run"}, {"doctor"}, {"doctor", "--fix", "--yes"}, {"test"}, {"page"}, {"doctor", "--site", "https://site.evil.test/"}, {"undo", "--yes"}}
)

// TestStrangersGetNoCredential: over all commands and all sign-in methods, no host that the user didn't name or confirm
// gets any of the credentials, whatever names it.
func TestStrangersGetNoCredential(t *testing.T) {
	t.Parallel()
	const custom, own = "login.company.test", "https://acme.okta.com"
	known := []string{"api.mypurecloud.de", "login.mypurecloud.de"} // where these credentials belong
	same := organization("00o1", own, "https://"+custom)
	for name, tt := range map[string]struct {
		org, region string
		answers     map[string]string
		confirmed   bool
		may         []string // get credentials
	}{
		"unknown org and region":             {org: custom, region: "mypurecloud.dee", answers: map[string]string{custom: same, "acme.okta.com": same}},
		"an org that names a stranger":       {org: "acme.okta.com", region: "mypurecloud.de", may: known, answers: map[string]string{"acme.okta.com": organization("00o1", "https://org.evil.test", ""), "org.evil.test": organization("00o1", "https://org.evil.test", "")}},
		"an org that names another org":      {org: "acme.okta.com", region: "mypurecloud.de", may: known, answers: map[string]string{"acme.okta.com": organization("00o1", "https://evil.okta.com", ""), "evil.okta.com": organization("00o2", "https://evil.okta.com", "")}},
		"a custom domain that is a stranger": {org: "acme.okta.com", region: "mypurecloud.de", may: known, answers: map[string]string{"acme.okta.com": organization("00o1", own, "https://evil.test"), "evil.test": organization("00o2", own, "")}},
		"both confirmed": {
			org: custom, region: "mypurecloud.dee", answers: map[string]string{custom: organization("00o1", "https://"+custom, "")}, confirmed: true,
			may: []string{"api.mypurecloud.dee", custom, "login.mypurecloud.dee"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newListener(t, tt.answers)
			environ := append(credentials(t, tt.org, tt.region), "SSL_CERT_FILE="+l.file, "HTTPS_PROXY="+l.via, "HTTP_PROXY="+l.via, "XDG_STATE_HOME="+t.TempDir())
			flags := []string{"--no-input", "--okta-org", tt.org, "--genesys-region", tt.region}
			if tt.confirmed {
				flags = append(flags, "--confirm-okta-org", tt.org, "--confirm-genesys-region", tt.region)
			}
			for i := range max(len(oktaMethods), len(genesysMethods)) {
				for j, command := range commands {
					if (i+j)%repeat.Every(3, 1) != 0 {
						continue
					}
					methods := []string{"--okta-sign-in", oktaMethods[i%len(oktaMethods)], "--genesys-sign-in", genesysMethods[i%len(genesysMethods)]}
					if len(command) > 0 && command[0] == "undo" {
						environ = append(environ, "XDG_STATE_HOME="+begun(t, tt.org, tt.region))
					}
					got := run(t, environ, "", slices.Concat(command, flags, methods)...)
					assert.Check(t, got.code != 0, "%v %v", command, methods)
					assert.Check(t, !strings.Contains(got.out+got.said, "canary"), got.said)
				}
			}
			if tt.may == nil {
				tt.may = []string{}
			}
			assert.Check(t, is.DeepEqual(l.credentialed(), tt.may), "hosts that got a credential")
		})
	}
}
