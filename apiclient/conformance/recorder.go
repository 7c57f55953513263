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

// Violation is one thing that is wrong with one call.
type Violation struct {
	Method, Path, Operation string
	Status                  int
	Side                    string // "request" or "answer"
	Problem                 string
}

// String is one line for a test's log.
func (v Violation) String() string {
	return fmt.Sprintf("%s %s (%s, %d): %s: %s", v.Method, v.Path, v.Operation, v.Status, v.Side, v.Problem)
}

// Wrong is a request header by which a test says that the request breaks the definition on purpose. It does
// not reach the service. Such a request is a violation if nothing is found to be wrong with it.
const Wrong = "Conformance-Wrong"

// Recorder checks the calls that pass through it. It is safe for concurrent use.
type Recorder struct {
	checker *Checker

	mu         sync.Mutex
	violations []Violation
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
			r.violations = append(r.violations, Violation{x.Request.Method, x.Request.URL.Path, verdict.Operation, x.Status, side, line})
		}
	}
}

// Violations returns everything that was wrong so far.
func (r *Recorder) Violations() []Violation {
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
		for status := range r.answered[id] {
			if id != "" && status < 300 && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// Counts returns how many calls were seen and how many pairs of operation and status.
func (r *Recorder) Counts() (calls, pairs int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, statuses := range r.answered {
		for _, n := range statuses {
			calls += n
			pairs++
		}
	}
	return calls, pairs
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
