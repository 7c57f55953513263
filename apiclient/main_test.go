package apiclient

import (
	"bytes"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
	"gotest.tools/v3/assert"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// serve starts a service and returns a client of it; change may be nil.
func serve(t *testing.T, handler http.HandlerFunc, change func(*Config)) *Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return client(t, server.URL, change)
}

func client(t *testing.T, base string, change func(*Config)) *Client {
	t.Helper()
	u, err := url.Parse(base)
	assert.NilError(t, err)
	cfg := Config{Service: Okta, Base: u}
	if change != nil {
		change(&cfg)
	}
	c, err := New(cfg)
	assert.NilError(t, err)
	return c
}

// answerJSON is a handler that always answers the same.
func answerJSON(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// reply is one answer of a fake service: a status with headers, or an error.
type reply struct {
	status int
	header map[string]string
	body   string
	err    error
}

// fake answers a row of replies, the last one for ever, without a network, so that the clock may be fake too.
type fake struct {
	mu      sync.Mutex
	replies []reply
	times   []time.Time // of each request
	paths   []string
}

func (f *fake) RoundTrip(r *http.Request) (*http.Response, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.replies[min(len(f.times), len(f.replies)-1)]
	f.times = append(f.times, time.Now())
	f.paths = append(f.paths, r.URL.Path)
	if now.err != nil {
		return nil, now.err
	}
	header := http.Header{"Content-Type": {"application/json"}}
	for name, value := range now.header {
		header.Set(name, value)
	}
	body := now.body
	if body == "" {
		body = "{}"
	}
	return &http.Response{StatusCode: now.status, Header: header, Body: io.NopCloser(bytes.NewBufferString(body))}, nil
}

func (f *fake) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.times)
}

var (
	get  = Request{Op: "getThing", Method: http.MethodGet, Path: "/things/1", Query: url.Values{"after": {"canary-query"}}}
	post = Request{Op: "createThing", Method: http.MethodPost, Path: "/things", Body: map[string]string{"name": "canary-body"}}
)

// quiet swallows what a test server says about clients that hang up.
var quiet = log.New(io.Discard, "", 0)
