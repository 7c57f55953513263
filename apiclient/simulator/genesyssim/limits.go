package genesyssim

import (
	"net/http"
	"strconv"
	"time"
)

// Calls that one token may make in a window (contract genesys.md 6).
const (
	allowedCalls = 300
	windowLength = time.Minute
)

// window counts one token's calls of one minute.
type window struct {
	start time.Time
	calls int
}

// count adds a call, writes the rate limit's headers and refuses a call too many.
func (w *window) count(now time.Time, header http.Header) error {
	if w.start.IsZero() || now.Sub(w.start) >= windowLength {
		*w = window{start: now}
	}
	w.calls++
	left := w.start.Add(windowLength).Sub(now)
	seconds := int((left + time.Second - 1) / time.Second)
	header.Set("Inin-Ratelimit-Allowed", strconv.Itoa(allowedCalls))
	header.Set("Inin-Ratelimit-Count", strconv.Itoa(w.calls))
	header.Set("Inin-Ratelimit-Reset", strconv.Itoa(seconds))
	if w.calls <= allowedCalls {
		return nil
	}
	no := refuse("too.many.requests.retry.after", strconv.Itoa(seconds))
	no.retryAfter = seconds
	return no
}
