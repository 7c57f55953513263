// Package simkit is what both vendors' stand-ins share: settings, ids from a seed, JSON over HTTP,
// latency and faults. It knows nothing of either vendor.
package simkit

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"time"
)

// Settings shape one simulator.
type Settings struct {
	Latency time.Duration // added to every answer
	Settle  time.Duration // how long Pending and ACTIVATING last
	Seed    uint64        // where ids, keys and unknown names come from
	Now     func() time.Time
}

// MaxBody is the most that is read of a request, in bytes.
const MaxBody = 1 << 20

// Base is the scheme and host that the request was addressed to; absolute URLs in answers start with it.
func Base(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// WriteJSON answers with v.
func WriteJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the client is gone when this fails
}

// IsJSON reports whether the request says that its body is JSON.
func IsJSON(r *http.Request) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && kind == "application/json"
}

// ReadJSON decodes the request's body into v; an empty body is io.EOF.
func ReadJSON(r *http.Request, v any) error {
	return json.NewDecoder(io.LimitReader(r.Body, MaxBody)).Decode(v)
}

// Delay waits d before each request, as [DelayEach] does.
func Delay(d time.Duration, next http.Handler) http.Handler {
	if d <= 0 {
		return next
	}
	return DelayEach(func(*http.Request) time.Duration { return d }, next)
}
