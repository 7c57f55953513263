package simkit

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// Fault makes the calls that it matches go wrong.
type Fault struct {
	Method string         // empty: any
	Path   *regexp.Regexp // nil: any
	After  int            // how many matching calls pass first
	Times  int            // how many are spoilt then; 0: all
	Status int            // answered instead of the real answer; 0: see Lose and Drop
	Header http.Header
	Body   string
	Drop   bool // the connection is cut before the service sees the call
	Lose   bool // the service carries the call out; then the connection is cut, or Status answered in place of its answer
}

// Faults is the list of faults in force.
type Faults struct {
	mu   sync.Mutex
	list []*armed
}

type armed struct {
	Fault
	seen int
}

// Add puts a fault in force.
func (f *Faults) Add(fault Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = append(f.list, &armed{Fault: fault})
}

// Clear ends all faults.
func (f *Faults) Clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = nil
}

// Wrap returns next with the faults in front of it.
func (f *Faults) Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fault, found := f.match(r)
		if found && fault.Lose {
			next.ServeHTTP(lost{}, r)
		}
		switch {
		case !found:
			next.ServeHTTP(w, r)
		case fault.Drop, fault.Lose && fault.Status == 0:
			panic(http.ErrAbortHandler)
		default:
			for name, values := range fault.Header {
				w.Header()[name] = values
			}
			w.WriteHeader(fault.Status)
			_, _ = w.Write([]byte(fault.Body))
		}
	})
}

func (f *Faults) match(r *http.Request) (Fault, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, a := range f.list {
		if a.Method != "" && a.Method != r.Method || a.Path != nil && !a.Path.MatchString(r.URL.Path) {
			continue
		}
		a.seen++
		if a.seen > a.After && (a.Times == 0 || a.seen <= a.After+a.Times) {
			return a.Fault, true
		}
	}
	return Fault{}, false
}

// lost takes an answer and sends nothing.
type lost struct{}

func (lost) Header() http.Header            { return http.Header{} }
func (lost) Write(body []byte) (int, error) { return len(body), nil }
func (lost) WriteHeader(int)                {}

// ErrorText is a vendor's error: the status of the answer, and the rest of its line.
type ErrorText struct {
	Status int
	Text   string
}

// ErrorTexts reads a table of errors. A line has a status, a name, and a text; comments begin with "#".
func ErrorTexts(table string) map[string]ErrorText {
	all := map[string]ErrorText{}
	for line := range strings.Lines(table) {
		if part := strings.SplitN(strings.TrimSpace(line), " ", 3); len(part) == 3 && part[0] != "#" {
			status, _ := strconv.Atoi(part[0])
			all[part[1]] = ErrorText{status, part[2]}
		}
	}
	return all
}
