package loopback

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestGuard(t *testing.T) {
	t.Parallel()
	type h = map[string]string
	arriving := h{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
	for name, tt := range map[string]struct {
		method, host string
		header       h
		status       int
	}{
		"localhost":                {"GET", "localhost:8080", nil, 200},
		"in capitals":              {"GET", "LOCALHOST:8080", nil, 200},
		"IPv4":                     {"GET", "127.0.0.1:8080", nil, 200},
		"IPv6":                     {"GET", "[::1]:8080", nil, 200},
		"rebinding":                {"GET", "evil.test:8080", nil, 421},
		"rebinding, no port":       {"GET", "evil.test", nil, 421},
		"look-alike":               {"GET", "localhost.evil.test:8080", nil, 421},
		"trailing dot":             {"GET", "localhost.:8080", nil, 421},
		"another port":             {"GET", "localhost:8081", nil, 421},
		"no port":                  {"GET", "localhost", nil, 421},
		"all addresses":            {"GET", "0.0.0.0:8080", nil, 421},
		"rebinding and posting":    {"POST", "evil.test", h{"Origin": "http://evil.test"}, 421},
		"typed":                    {"GET", "localhost:8080", h{"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200},
		"sent by the login page":   {"GET", "localhost:8080", arriving, 200},
		"own page":                 {"GET", "localhost:8080", h{"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, 200},
		"own page, old browser":    {"GET", "localhost:8080", h{"Origin": "http://localhost:8080"}, 200},
		"image on another site":    {"GET", "localhost:8080", h{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, 403},
		"frame on another site":    {"GET", "localhost:8080", h{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, 403},
		"object on another site":   {"GET", "localhost:8080", h{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "object"}, 403},
		"fetch by another port":    {"GET", "localhost:8080", h{"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, 403},
		"fetch, old browser":       {"GET", "localhost:8080", h{"Origin": "https://evil.test"}, 403},
		"fetch, no origin's page":  {"GET", "localhost:8080", h{"Origin": "null"}, 403},
		"form of another site":     {"POST", "localhost:8080", arriving, 403},
		"cross-origin POST":        {"POST", "localhost:8080", h{"Origin": "https://evil.test"}, 403},
		"cross-origin, other port": {"POST", "localhost:8080", h{"Origin": "http://localhost:3000"}, 403},
		"https of the same name":   {"POST", "localhost:8080", h{"Origin": "https://localhost:8080"}, 403},
		"own POST":                 {"POST", "localhost:8080", h{"Origin": "http://localhost:8080"}, 405},
		"program's POST":           {"POST", "localhost:8080", nil, 405},
		"HEAD":                     {"HEAD", "localhost:8080", nil, 405},
		"OPTIONS":                  {"OPTIONS", "localhost:8080", nil, 405},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			through := false
			guard := Guard(8080, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				through = true
				Harden(w, "")
			}))
			r := httptest.NewRequestWithContext(t.Context(), tt.method, "http://"+tt.host+"/?code=canary", nil)
			for name, value := range tt.header {
				r.Header.Set(name, value)
			}
			w := httptest.NewRecorder()
			guard.ServeHTTP(w, r)
			assert.Check(t, is.DeepEqual([]any{w.Code, through}, []any{tt.status, tt.status == 200}))
			assert.Check(t, is.Equal(w.Header().Get("Content-Security-Policy"), "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"))
			assert.Check(t, is.Equal(w.Header().Get("Cache-Control"), "no-store"))
		})
	}
}

func TestGuardAtTheDefaultPort(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	Guard(80, nothing{}).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "http://localhost/", nil))
	assert.Check(t, is.Equal(w.Code, 404))
}

// nothing answers everything alike.
type nothing struct{}

func (nothing) ServeHTTP(w http.ResponseWriter, _ *http.Request) { NotFound.Write(w) }
