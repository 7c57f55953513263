package setup

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient"
)

// tape is a run's transcript that was read, so that a test can put a run to what the services once answered.
type tape struct {
	found     map[string]string // what the run found out
	exchanges []exchange
}

// exchange is a call and its answer, as package transcript writes them.
type exchange struct {
	Service, Method, URL string
	Status               int // 0: no answer
	Response             struct {
		Headers http.Header
		Body    json.RawMessage
		Note    string
	}
}

// openTape reads the transcript at path.
func openTape(t testing.TB, path string) *tape {
	t.Helper()
	text, err := os.ReadFile(path)
	assert.NilError(t, err)
	var all tape
	for line := range bytes.Lines(text) {
		var read struct {
			exchange
			Summary struct{ Found map[string]string }
		}
		assert.NilError(t, json.Unmarshal(line, &read))
		if read.Method != "" {
			all.exchanges = append(all.exchanges, read.exchange)
		}
		all.found = read.Summary.Found // the last line's stays
	}
	return &all
}

// serve answers as a service did, and returns its address: the calls of one method and path get the recorded answers
// in their order, and further ones the last. A call that was not recorded gets 501. Addresses of the service in an
// answer become the server's own.
func (p *tape) serve(t testing.TB, service apiclient.Service) string {
	t.Helper()
	played := &player{left: map[string][]exchange{}}
	for _, x := range p.exchanges {
		u, err := url.Parse(x.URL)
		if err != nil || x.Service != string(service) {
			continue
		}
		key := x.Method + " " + u.EscapedPath()
		played.left[key] = append(played.left[key], x)
		if base := u.Scheme + "://" + u.Host; !slices.Contains(played.bases, base) {
			played.bases = append(played.bases, base)
		}
	}
	// The longest first: http://127.0.0.1:8080 begins with http://127.0.0.1:80.
	slices.SortFunc(played.bases, func(a, b string) int { return len(b) - len(a) })
	server := httptest.NewServer(played)
	t.Cleanup(server.Close)
	return server.URL
}

// player plays the exchanges of one service.
type player struct {
	bases []string
	mu    sync.Mutex
	left  map[string][]exchange
}

// wireHeaders are about the bytes of the recorded answer, which are others now.
var wireHeaders = []string{"Connection", "Content-Encoding", "Content-Length", "Keep-Alive", "Transfer-Encoding"}

// ServeHTTP answers one call.
func (p *player) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x, ok := p.next(r.Method + " " + r.URL.EscapedPath())
	switch {
	case !ok:
		http.Error(w, "this call isn't in the transcript", http.StatusNotImplemented)
		return
	case x.Status == 0:
		panic(http.ErrAbortHandler) // net/http's way to cut the connection, as it was cut then
	}
	moves := make([]string, 0, 2*len(p.bases))
	for _, base := range p.bases {
		moves = append(moves, base, "http://"+r.Host)
	}
	here := strings.NewReplacer(moves...)
	for name, values := range x.Response.Headers {
		for _, value := range values {
			if !slices.Contains(wireHeaders, name) {
				w.Header().Add(name, here.Replace(value))
			}
		}
	}
	body := here.Replace(string(x.Response.Body))
	if body == "" && x.Response.Note != "" {
		body = "?" // there was one, which was not understood then either
	}
	w.WriteHeader(x.Status)
	_, _ = io.WriteString(w, body)
}

func (p *player) next(key string) (exchange, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	row := p.left[key]
	if len(row) == 0 {
		return exchange{}, false
	}
	if len(row) > 1 {
		p.left[key] = row[1:]
	}
	return row[0], true
}
