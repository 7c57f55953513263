package apiclient

import (
	"errors"
	"net/http"
	"strconv"
	"time"
)

const (
	minPause = time.Second
	maxPause = 120 * time.Second // a longer one is the caller's to decide
)

// askedPause reads how long a 429 asks to wait; false: it does not say, or says 0. Times of day are compared
// with the answer's own Date, because this machine's clock may be wrong.
func askedPause(header http.Header) (time.Duration, bool) {
	if after := header.Get("Retry-After"); after != "" {
		if date, err := http.ParseTime(after); err == nil {
			return max(date.Sub(now(header)), minPause), true
		}
		seconds, err := strconv.ParseInt(after, 10, 32)
		if err != nil && !errors.Is(err, strconv.ErrRange) || seconds <= 0 {
			return 0, false
		}
		return time.Duration(seconds) * time.Second, true
	}
	if wait, known := untilReset(header); known {
		return max(wait, minPause), true
	}
	return 0, false
}

// untilReset reads X-Rate-Limit-Reset (contract okta.md 6), with a second for rounding.
func untilReset(header http.Header) (time.Duration, bool) {
	epoch, err := strconv.ParseInt(header.Get("X-Rate-Limit-Reset"), 10, 64)
	if err != nil {
		return 0, false
	}
	return time.Unix(epoch, 0).Sub(now(header)) + time.Second, true
}

// now is the service's time of the answer, or this machine's where it does not say.
func now(header http.Header) time.Time {
	if date, err := http.ParseTime(header.Get("Date")); err == nil {
		return date
	}
	return time.Now()
}
