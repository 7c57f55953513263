package simkit

import (
	"net/http"
	"time"
)

// DelayEach waits before each request for as long as the function says; nil: not at all. If the caller gives up or the
// simulator ends meanwhile, the connection is cut: a handler that just returned would have answered 200.
func DelayEach(delay func(*http.Request) time.Duration, next http.Handler) http.Handler {
	if delay == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		timer := time.NewTimer(delay(r))
		defer timer.Stop()
		select {
		case <-timer.C:
			next.ServeHTTP(w, r)
		case <-r.Context().Done():
			panic(http.ErrAbortHandler)
		}
	})
}
