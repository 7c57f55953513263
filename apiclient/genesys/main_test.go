package genesys

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// exchange is a call that a test expects, and its answer.
type exchange struct {
	call   string // method, path and query
	body   string // JSON; empty: none
	status int    // 0: 200
	answer string
}

// script serves the exchanges in order, and a token whenever one is asked for.
func script(t *testing.T, exchanges ...exchange) *Client {
	t.Helper()
	var (
		mu   sync.Mutex
		next int
	)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.URL.Path == "/oauth/token" {
			_, _ = io.WriteString(w, `{"access_token":"token-1","token_type":"bearer","expires_in":86400}`)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		if next == len(exchanges) {
			t.Errorf("unexpected call %s %s", r.Method, r.URL)
			w.WriteHeader(http.StatusTeapot)
			return
		}
		want := exchanges[next]
		next++
		sent, _ := io.ReadAll(r.Body)
		assert.Check(t, is.Equal((r.Method+" "+r.URL.String()), want.call), "call %d", next)
		assert.Check(t, is.Equal(r.Header.Get("Authorization"), "Bearer token-1"), "%s: Authorization", want.call)
		assert.Check(t, is.Equal(r.Header.Get("Accept-Language"), "en-US"), "%s: Accept-Language", want.call)
		sameJSON(t, want.call, string(sent), want.body)
		w.WriteHeader(max(want.status, http.StatusOK))
		_, _ = io.WriteString(w, want.answer)
	}))
	t.Cleanup(func() {
		server.Close()
		assert.Check(t, is.Equal(next, len(exchanges)))
	})
	return clientOf(t, server)
}

func clientOf(t *testing.T, server *httptest.Server) *Client {
	t.Helper()
	region, _, err := ParseRegion(server.URL)
	assert.NilError(t, err)
	c, err := New(Config{Region: region, ClientID: "client-1", ClientSecret: apiclient.NewSecret("s3cr3t-canary")})
	assert.NilError(t, err)
	c.tokens.pause = 1
	return c
}

func sameJSON(t *testing.T, what, got, want string) {
	t.Helper()
	if got == "" || want == "" {
		assert.Check(t, is.Equal(got, want), "%s: body", what)
		return
	}
	var g, w any
	assert.Check(t, errors.Join(exactly(got, &g), exactly(want, &w)), what)
	assert.Check(t, is.DeepEqual(g, w), "%s: body", what)
}

// exactly decodes JSON and keeps the digits of its numbers.
func exactly(text string, out *any) error {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	return d.Decode(out)
}
