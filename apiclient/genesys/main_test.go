package genesys

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

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
		if got := r.Method + " " + r.URL.String(); got != want.call {
			t.Errorf("call %d is %s, want %s", next, got, want.call)
		}
		if got := r.Header.Get("Authorization"); got != "Bearer token-1" {
			t.Errorf("%s: Authorization is %q", want.call, got)
		}
		if got := r.Header.Get("Accept-Language"); got != "en-US" {
			t.Errorf("%s: Accept-Language is %q", want.call, got)
		}
		sameJSON(t, want.call, string(sent), want.body)
		w.WriteHeader(max(want.status, http.StatusOK))
		_, _ = io.WriteString(w, want.answer)
	}))
	t.Cleanup(func() {
		server.Close()
		if next != len(exchanges) {
			t.Errorf("%d of %d calls were made", next, len(exchanges))
		}
	})
	return clientOf(t, server)
}

func clientOf(t *testing.T, server *httptest.Server) *Client {
	t.Helper()
	region, _, err := ParseRegion(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(Config{Region: region, ClientID: "client-1", ClientSecret: apiclient.NewSecret("s3cr3t-canary")})
	if err != nil {
		t.Fatal(err)
	}
	c.tokens.pause = 1
	return c
}

func sameJSON(t *testing.T, what, got, want string) {
	t.Helper()
	if got == "" || want == "" {
		if got != want {
			t.Errorf("%s: body is %q, want %q", what, got, want)
		}
		return
	}
	var g, w any
	if err := errors.Join(exactly(got, &g), exactly(want, &w)); err != nil {
		t.Errorf("%s: %v", what, err)
	}
	if diff := cmp.Diff(w, g); diff != "" {
		t.Errorf("%s: body (-want +got):\n%s", what, diff)
	}
}

// exactly decodes JSON and keeps the digits of its numbers.
func exactly(text string, out *any) error {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	return d.Decode(out)
}

func same(t *testing.T, got, want any, opts ...cmp.Option) {
	t.Helper()
	if diff := cmp.Diff(want, got, opts...); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// contract opens a file of the shared contract, or skips the test.
func contract(t *testing.T, name string) []byte {
	t.Helper()
	dir := os.Getenv("MSGSSO_CONTRACT")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "contract")
	}
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Skipf("the contract's %s is missing: set MSGSSO_CONTRACT to its folder", name)
	}
	return data
}
