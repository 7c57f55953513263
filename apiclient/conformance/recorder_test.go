// Package conformance holds what the product sends, and what the simulator answers, against the vendors' own
// API definitions.
//
//	product ----> Recorder ----> simulator
//	                 |
//	              Checker: request and answer against the operation of the definition
//
// It is a separate module, so that the library that reads the definitions is no dependency of the product.
// The definitions are not part of the repository: see Load. Without them its tests are skipped.
package conformance

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"
)

// Wrong is a request header by which a test says that the request breaks the definition on purpose. It does
// not reach the service. Such a request is a violation if nothing is found to be wrong with it.
const Wrong = "Conformance-Wrong"

// Recorder checks the calls that pass through it. It is safe for concurrent use.
type Recorder struct {
	checker *Checker

	mu         sync.Mutex
	violations []string        // a line for each thing that is wrong with a call
	succeeded  map[string]bool // operations that answered with success at least once
}

// NewRecorder returns a Recorder that has seen nothing yet.
func NewRecorder(c *Checker) *Recorder {
	return &Recorder{checker: c, succeeded: map[string]bool{}}
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
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, req)
		x := Exchange{Request: req, Sent: sent, Status: answer.Code, Header: answer.Header(), Answer: answer.Body.Bytes()}
		if req.Method == http.MethodHead {
			x.Answer = nil // net/http sends none either
		}
		r.add(wrong, x) // before the caller goes on
		maps.Copy(w.Header(), x.Header)
		w.WriteHeader(x.Status)
		_, _ = w.Write(x.Answer) // the caller is gone when this fails
	})
}

func (r *Recorder) add(wrong bool, x Exchange) {
	result := r.checker.Check(x)
	switch {
	case wrong && len(result.Request) > 0:
		result.Request = nil
	case wrong:
		result.Request = []string{"this request was meant to break the definition, and nothing is wrong with it"}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if result.Operation != "" && x.Status < 300 {
		r.succeeded[result.Operation] = true
	}
	for side, lines := range map[string][]string{"request": result.Request, "answer": result.Answer} {
		for _, line := range lines {
			r.violations = append(r.violations, fmt.Sprintf("%s %s (%s, %d): %s: %s",
				x.Request.Method, x.Request.URL.Path, result.Operation, x.Status, side, line))
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
	return slices.Sorted(maps.Keys(r.succeeded))
}

// folderVariable is the environment variable that says where the definitions are. When it is not set, they are in the
// shared folder next to the repository, seen from this package's folder.
const folderVariable = "MSGSSO_CONTRACT"

// Contract is the definitions that are needed. A Checker keeps nothing, so all tests may share one.
type Contract struct{ Okta, Genesys *Checker }

// Load reads the definitions. The error is fs.ErrNotExist where they are missing.
func Load() (*Contract, error) {
	folder := cmp.Or(os.Getenv(folderVariable), filepath.Join("..", "..", "..", "shared", "contract"))
	strict, err1 := openapi3.NewLoader().LoadFromFile(filepath.Join(folder, "okta-openapi.json"))
	relaxed, err2 := openapi3.NewLoader().LoadFromFile(filepath.Join(folder, "okta-openapi.relaxed.json")) // with the nulls that Okta really sends
	genesys, err3 := loadV2(filepath.Join(folder, "genesys-openapi.json"))
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	okta, err1 := newChecker(strict, relaxed, oktaHabits)
	cloud, err2 := newChecker(genesys, genesys, genesysHabits)
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	return &Contract{Okta: okta, Genesys: cloud}, nil
}

// loadV2 reads a Swagger 2.0 definition.
func loadV2(path string) (*openapi3.T, error) {
	raw, err := os.ReadFile(path) //nolint:gosec // the folder is the developer's own choice
	if err != nil {
		return nil, err
	}
	var v2 openapi2.T
	if err := json.Unmarshal(raw, &v2); err != nil {
		return nil, err
	}
	return openapi2conv.ToV3(&v2)
}
