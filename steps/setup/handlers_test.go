package setup

import (
	"context"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// page is what a user's browser gets.
type page struct {
	status   int
	location string // where it is sent on to
	text     string
}

// browse opens an address as a browser does; with a form it sends that. It follows no redirect.
func browse(ctx context.Context, address string, form url.Values) (page, error) {
	method, body := http.MethodGet, io.Reader(http.NoBody)
	if form != nil {
		method, body = http.MethodPost, strings.NewReader(form.Encode())
	}
	req, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		return page{}, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(req)
	if err != nil {
		return page{}, err
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	return page{resp.StatusCode, resp.Header.Get("Location"), string(text)}, err
}

// at has the calls of a method, or of any, and of a path, which is a regular expression, handled another way.
func at(call write, handle func(w http.ResponseWriter, r *http.Request, next http.Handler)) func(http.Handler) http.Handler {
	path := regexp.MustCompile(call.path)
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if (call.method == "" || r.Method == call.method) && path.MatchString(r.URL.Path) {
				handle(w, r, next)
			} else {
				next.ServeHTTP(w, r)
			}
		})
	}
}

// edited changes the answers of one path.
func edited(path string, edit func(head http.Header, body string) string) func(http.Handler) http.Handler {
	return at(write{path: path}, func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		maps.Copy(w.Header(), answer.Header())
		body := edit(w.Header(), answer.Body.String())
		w.WriteHeader(answer.Code)
		_, _ = io.WriteString(w, body)
	})
}

// replacing is edited for one text.
func replacing(path, old, with string) func(http.Handler) http.Handler {
	return edited(path, func(_ http.Header, body string) string { return strings.ReplaceAll(body, old, with) })
}

// sentry remembers every request and how it was answered.
type sentry struct {
	mu   sync.Mutex
	seen []sighting
}

type sighting struct {
	call   string // method and path
	scheme string // of the Authorization header
	status int
}

func (s *sentry) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		scheme, _, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		what := sighting{r.Method + " " + r.URL.Path, scheme, http.StatusOK}
		next.ServeHTTP(&noticed{w, &what.status}, r)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.seen = append(s.seen, what)
	})
}

func (s *sentry) list() []sighting {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.seen)
}

// schemes are the ways in which calls were signed, each once.
func (s *sentry) schemes() []string {
	var out []string
	for _, what := range s.list() {
		if what.scheme != "" {
			out = append(out, what.scheme)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

type noticed struct {
	http.ResponseWriter
	status *int
}

func (n *noticed) WriteHeader(status int) {
	*n.status = status
	n.ResponseWriter.WriteHeader(status)
}
