package genesyssim

import (
	"net/http"
	"strconv"
	"time"
)

// Calls that one token usually may make in a window (contract genesys.md 6).
const (
	usualCalls   = 300
	windowLength = time.Minute
)

// window counts the calls of one minute.
type window struct {
	start time.Time
	calls int
}

// add counts a call and returns how many there are now, and the seconds until the next window.
func (w *window) add(now time.Time) (calls, seconds int) {
	if w.start.IsZero() || now.Sub(w.start) >= windowLength {
		*w = window{start: now}
	}
	w.calls++
	left := w.start.Add(windowLength).Sub(now)
	return w.calls, int((left + time.Second - 1) / time.Second)
}

func (s *Server) callsPerMinute() int {
	if s.options.CallsPerMinute > 0 {
		return s.options.CallsPerMinute
	}
	return usualCalls
}

// count adds a call, writes the rate limit's headers and refuses a call too many.
func (w *window) count(now time.Time, allowed int, header http.Header) error {
	calls, seconds := w.add(now)
	header.Set("Inin-Ratelimit-Allowed", strconv.Itoa(allowed))
	header.Set("Inin-Ratelimit-Count", strconv.Itoa(calls))
	header.Set("Inin-Ratelimit-Reset", strconv.Itoa(seconds))
	if calls <= allowed {
		return nil
	}
	no := refuse("too.many.requests.retry.after", strconv.Itoa(seconds))
	no.retryAfter = seconds
	return no
}
