package apiclient

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/testkit/cases"
)

func TestParseBase(t *testing.T) {
	t.Parallel()
	cases.Check(t, "bases.txt", func(in ...string) string {
		u, err := ParseBase(in[0])
		if err != nil {
			assert.Check(t, !strings.Contains(err.Error(), "canary"), "%q: the error quotes a password: %v", in, err)
			return "✗ " + err.Error()
		}
		return u.String()
	})
}

func TestNewChecksTheBase(t *testing.T) {
	t.Parallel()
	for _, base := range []*url.URL{nil, {Scheme: "http", Host: "acme.okta.com"}, {Scheme: "https", Host: "a.test", Path: "/x"}} {
		_, err := New(Config{Base: base})
		assert.Check(t, err != nil, "%v passes", base)
	}
	c := client(t, "https://Acme.okta.com/", nil)
	c.Base().Host = "evil.test"
	assert.Check(t, is.Equal(c.Base().String(), "https://acme.okta.com"), "base")
}

func TestIsLoopback(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]bool{
		"localhost": true, "LOCALHOST:80": true, "localhost.": true, "127.0.0.1": true, "127.8.9.1:1": true,
		"::1": true, "[::1]": true, "[::1]:8080": true,
		"": false, "10.0.0.1": false, "localhost.evil.test": false, "127.0.0.1.evil.test": false, "0.0.0.0": false, "[::]:80": false,
	} {
		assert.Check(t, is.Equal(IsLoopback(host), want), "IsLoopback(%q)", host)
	}
}

func TestHosts(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(r.Host + r.URL.Path))
	}))
	t.Cleanup(server.Close)
	at := strings.TrimPrefix(server.URL, "http://")
	hosts := Hosts{"acme.okta.example": at}
	transport, err := NewTransport(CallOptions{Hosts: hosts})
	assert.NilError(t, err)
	t.Cleanup(transport.(local).CloseIdleConnections)
	for address, want := range map[string]string{
		"https://acme.okta.example/x": at + "/x", server.URL + "/x": at + "/x",
		"https://acme.okta.com/x": "", "https://www.acme.okta.example/x": "", "http://192.0.2.1/x": "",
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
		assert.NilError(t, err)
		assert.Check(t, is.Equal(hosts.Reach(r.URL.Host), want != ""), address)
		resp, err := transport.RoundTrip(r)
		if want == "" {
			why, _ := Unanswered(err, 0)
			assert.Check(t, is.Equal(why, ErrElsewhere.Error()), address)
			continue
		}
		assert.NilError(t, err, address)
		body, err := ReadAll(resp.Body, 100)
		assert.Check(t, err)
		_ = resp.Body.Close()
		assert.Check(t, is.Equal(string(body), want), address)
		assert.Check(t, is.Equal(hosts.Local(address), server.URL+"/x"), address)
	}
	assert.Check(t, is.Equal(hosts.Local("https://acme.okta.com/x"), "https://acme.okta.com/x"))
	assert.Check(t, Hosts(nil).Reach("acme.okta.com") && !Hosts{}.Reach("acme.okta.com"), "nil reaches all, none reach nothing")
}
