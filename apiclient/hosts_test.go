package apiclient

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

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
