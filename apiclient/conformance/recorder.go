package conformance

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"sync"
)

// Wrong is a request header by which a test says that the request breaks the definition on purpose. It does
// not reach the service. Such a request is a violation if nothing is found to be wrong with it.
const Wrong = "Conformance-Wrong"

// Recorder checks the calls that pass through it. It is safe for concurrent use.
type Recorder struct {
	checker *Checker

	mu         sync.Mutex
	violations []string               // a line for each thing that is wrong with a call
	answered   map[string]map[int]int // calls by operation and status
}

// NewRecorder returns a Recorder that has seen nothing yet.
func NewRecorder(c *Checker) *Recorder {
	return &Recorder{checker: c, answered: map[string]map[int]int{}}
}

// Wrap returns next with the recorder in front of it.
func (r *Recorder) Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		sent, err := io.ReadAll(req.Body)
		if err != nil {
			return // the caller is gone
		}
		wrong := req.Header.Get(Wrong) != ""
		req.Header.Del(Wrong)
		req.Body = io.NopCloser(bytes.NewReader(sent))
		answer := &tee{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(answer, req)
		if req.Method == http.MethodHead {
			answer.body.Reset() // net/http sends none either
		}
		r.add(wrong, Exchange{Request: req, Sent: sent, Status: answer.status, Header: w.Header(), Answer: answer.body.Bytes()})
	})
}

func (r *Recorder) add(wrong bool, x Exchange) {
	verdict := r.checker.Check(x)
	switch {
	case wrong && len(verdict.Request) > 0:
		verdict.Request = nil
	case wrong:
		verdict.Request = []string{"this request was meant to break the definition, and nothing is wrong with it"}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.answered[verdict.Operation] == nil {
		r.answered[verdict.Operation] = map[int]int{}
	}
	r.answered[verdict.Operation][x.Status]++
	for side, lines := range map[string][]string{"request": verdict.Request, "answer": verdict.Answer} {
		for _, line := range lines {
			r.violations = append(r.violations, fmt.Sprintf("%s %s (%s, %d): %s: %s",
				x.Request.Method, x.Request.URL.Path, verdict.Operation, x.Status, side, line))
		}
	}
}

// Violations returns everything that was wrong so far.
func (r *Recorder) Violations() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.violations)
}

// Exercised returns the operations that answered with success at least once, in order.
func (r *Recorder) Exercised() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var ids []string
	for _, id := range slices.Sorted(maps.Keys(r.answered)) {
		if id != "" && slices.Min(slices.Collect(maps.Keys(r.answered[id]))) < 300 {
			ids = append(ids, id)
		}
	}
	return ids
}

// tee keeps a copy of what is answered.
type tee struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

// WriteHeader keeps the status.
func (t *tee) WriteHeader(status int) {
	t.status = status
	t.ResponseWriter.WriteHeader(status)
}

// Write keeps the bytes.
func (t *tee) Write(p []byte) (int, error) {
	t.body.Write(p)
	return t.ResponseWriter.Write(p)
}
