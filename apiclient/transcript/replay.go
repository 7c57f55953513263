package transcript

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"

	"msgsso-wizard/apiclient"
)

// Transcript is a file that was read.
type Transcript struct {
	Found      map[string]string // what the run found out; nil: the run ended before it could tell
	RateLimits map[string]Limit  // by service and operation
	exchanges  []exchange
}

// Open reads the transcript at path.
func Open(path string) (*Transcript, error) {
	file, err := os.Open(path) //nolint:gosec // the caller names it
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // it was only read
	var (
		first about
		t     Transcript
	)
	lines := bufio.NewReader(file)
	for n := 1; ; n++ {
		text, err := lines.ReadBytes('\n')
		switch {
		case err == io.EOF && len(text) == 0 && first.Transcript == format: //nolint:errorlint // ReadBytes returns it bare
			return &t, nil
		case err == nil && n == 1:
			err = json.Unmarshal(text, &first)
		case err == nil:
			err = t.take(text)
		}
		if err != nil || first.Transcript != format {
			return nil, fmt.Errorf("%s, line %d: no transcript", path, n)
		}
	}
}

// take reads an exchange, or the summary.
func (t *Transcript) take(text []byte) error {
	var line struct {
		exchange
		summary
	}
	if err := json.Unmarshal(text, &line); err != nil {
		return err
	}
	if line.Method == "" {
		t.Found, t.RateLimits = line.Summary.Found, line.Summary.RateLimits
		return nil
	}
	t.exchanges = append(t.exchanges, line.exchange)
	return nil
}

// Handler answers as the services did: the calls of one method and path get the recorded answers in their
// order, and further ones, as of somebody who looks again, the last. A call that was not recorded gets 501.
// Addresses of the services in an answer become the handler's own, so that it can be served on loopback.
func (t *Transcript) Handler(services ...apiclient.Service) http.Handler {
	p := &player{left: map[string][]exchange{}}
	for _, x := range t.exchanges {
		u, err := url.Parse(x.URL)
		if err != nil || !slices.Contains(services, apiclient.Service(x.Service)) {
			continue
		}
		key := x.Method + " " + u.EscapedPath()
		p.left[key] = append(p.left[key], x)
		if base := u.Scheme + "://" + u.Host; !slices.Contains(p.bases, base) {
			p.bases = append(p.bases, base)
		}
	}
	// The longest first: http://127.0.0.1:8080 begins with http://127.0.0.1:80.
	slices.SortFunc(p.bases, func(a, b string) int { return len(b) - len(a) })
	return p
}

// player plays the exchanges of one or more services.
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
		http.Error(w, "this call is not in the transcript", http.StatusNotImplemented)
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
	_, _ = io.WriteString(w, body) // a caller that is gone needs no answer
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
