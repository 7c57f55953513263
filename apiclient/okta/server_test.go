package okta

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const token = "00Qtoken"

// exchange is one request that the org expects and the answer that it gives; "{org}" in the answer stands
// for its own address.
type exchange struct {
	want   string // "GET /api/v1/org?x=y", escaped
	public bool   // the request carries no credentials
	body   string // JSON; empty: none
	status int    // 0: 200
	link   []string
	header map[string]string
	answer string
}

// org serves the exchanges in their order and fails the test on any other request.
func org(t *testing.T, exchanges ...exchange) *Client {
	t.Helper()
	var served atomic.Int32
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := int(served.Add(1)) - 1
		if n >= len(exchanges) {
			t.Errorf("unexpected request %s %s", r.Method, r.URL)
			http.Error(w, "", http.StatusTeapot)
			return
		}
		x := exchanges[n]
		x.check(t, r)
		for _, link := range x.link {
			w.Header().Add("Link", strings.ReplaceAll(link, "{org}", server.URL))
		}
		for name, value := range x.header {
			w.Header().Set(name, value)
		}
		if x.status == 0 {
			x.status = http.StatusOK
		}
		if x.answer != "" {
			w.Header().Set("Content-Type", "application/json")
		}
		w.WriteHeader(x.status)
		io.WriteString(w, strings.ReplaceAll(x.answer, "{org}", server.URL)) //nolint:errcheck // the client reports it
	}))
	t.Cleanup(func() {
		server.Close()
		assert.Check(t, is.Equal(int(served.Load()), len(exchanges)))
	})
	return client(t, server.URL)
}

func (x exchange) check(t *testing.T, r *http.Request) {
	t.Helper()
	assert.Check(t, is.Equal((r.Method+" "+r.RequestURI), x.want), "request")
	authorization := "SSWS " + token
	if x.public {
		authorization = ""
	}
	assert.Check(t, is.Equal(r.Header.Get("Authorization"), authorization), "%s: Authorization", x.want)
	assert.Check(t, is.Equal(r.Header.Get("Accept"), "application/json"), "%s: Accept", x.want)
	body, err := io.ReadAll(r.Body)
	assert.Check(t, err)
	if x.body == "" {
		assert.Check(t, len(body) == 0 && r.ContentLength == 0,
			"%s: body %q of length %d, want none", x.want, body, r.ContentLength)
		return
	}
	assert.Check(t, is.Equal(r.Header.Get("Content-Type"), "application/json"), "%s: Content-Type", x.want)
	assert.Check(t, is.DeepEqual(value(t, string(body)), value(t, x.body)), "%s: body", x.want)
}

func value(t *testing.T, text string) any {
	t.Helper()
	var v any
	assert.Check(t, json.Unmarshal([]byte(text), &v), "%q", text)
	return v
}

func client(t *testing.T, base string) *Client {
	t.Helper()
	u, err := url.Parse(base)
	assert.NilError(t, err)
	c, err := New(Config{Org: u, Token: apiclient.NewSecret(token)})
	assert.NilError(t, err)
	return c
}

// recording is a file of testdata.
func recording(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	assert.NilError(t, err)
	return string(data)
}

// same compares what a call gave with what it should give, secrets included; the whole has its own tests.
func same[T any](t *testing.T, got, want T) {
	t.Helper()
	opts := cmp.Options{
		cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Whole" }, cmp.Ignore()),
		cmp.Comparer(func(a, b apiclient.Secret) bool { return a.Reveal() == b.Reveal() }),
	}
	assert.Check(t, is.DeepEqual(got, want, opts))
}

// malformed asserts that err blames an operation's answer for lacking member.
func malformed(t *testing.T, err error, op, member string) {
	t.Helper()
	e, ok := apiclient.AsError(err)
	assert.Assert(t, ok && errors.Is(err, apiclient.ErrMalformed), "error %v, want a malformed answer", err)
	assert.Check(t, e.Op == op && strings.Contains(e.Error(), member),
		"error %q of %s, want %s to lack %s", e, e.Op, op, member)
}
