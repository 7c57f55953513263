// Package simkit is what both vendors' simulators share: settings, ids from a seed, JSON over HTTP,
// latency and faults. It knows nothing of either vendor.
package simkit

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// Settings shape one simulator.
type Settings struct {
	Settle time.Duration // how long Pending and ACTIVATING last
	Seed   uint64        // where ids, keys and unknown names come from
	Now    func() time.Time
}

// MaxBody is the most that is read of a request, in bytes.
const MaxBody = 1 << 20

type nameKey struct{}

// Named gives a service a name, such as https://acme.okta.example, by which it calls itself where a request is addressed to
// the address that it listens at; empty: none.
func Named(name string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), nameKey{}, name)))
	})
}

// Own is the name of the service that was called, else the address that it listens at.
func Own(r *http.Request) string {
	name, _ := r.Context().Value(nameKey{}).(string)
	if at, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr); ok && name == "" {
		name = "http://" + at.String()
	}
	return name
}

// Base is the scheme and host that the request was addressed to; absolute URLs in answers start with it.
func Base(r *http.Request) string {
	at, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	switch {
	case r.TLS != nil:
		return "https://" + r.Host
	case at != nil && at.String() == r.Host:
		return Own(r)
	}
	return "http://" + r.Host
}

// WriteJSON answers with v.
func WriteJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the client is gone when this fails
}

// Embedded reads JSON that is part of the program.
func Embedded[T any](data []byte) (v T) {
	if err := json.Unmarshal(data, &v); err != nil {
		panic(err)
	}
	return v
}

// IsJSON reports whether the request says that its body is JSON.
func IsJSON(r *http.Request) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && kind == "application/json"
}

// Delay waits before each request for as long as the function says; nil: not at all. If the caller gives up or the
// simulator ends before that, the connection is cut: a handler that just returned would have answered 200.
func Delay(delay func(*http.Request) time.Duration, next http.Handler) http.Handler {
	if delay == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if wait := delay(r); wait > 0 {
			timer := time.NewTimer(wait)
			defer timer.Stop()
			select {
			case <-timer.C:
			case <-r.Context().Done():
				panic(http.ErrAbortHandler)
			}
		}
		next.ServeHTTP(w, r)
	})
}

// Stamp writes a time as both vendors do, with milliseconds.
func Stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// IsLoopback reports whether a host, without its port, is this machine: localhost, 127.0.0.0/8 or ::1. No name
// is looked up.
func IsLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && ip.Unmap().IsLoopback()
}

// Timed are values that are good for a while, by a random text.
type Timed[T any] map[string]Until[T]

// Until is a value and its end.
type Until[T any] struct {
	Value T
	End   time.Time
}

// Put keeps a value for that long. What has ended is forgotten on this occasion.
func (t *Timed[T]) Put(now time.Time, key string, value T, life time.Duration) {
	if *t == nil {
		*t = Timed[T]{}
	}
	maps.DeleteFunc(*t, func(_ string, old Until[T]) bool { return !now.Before(old.End) })
	(*t)[key] = Until[T]{value, now.Add(life)}
}

// Get returns a value that is still good; the zero value when there is none.
func (t Timed[T]) Get(now time.Time, key string) (value T) {
	if x, there := t[key]; there && now.Before(x.End) {
		return x.Value
	}
	return value
}

// Count is how many values are still good and wanted.
func (t Timed[T]) Count(now time.Time, wanted func(T) bool) int {
	n := 0
	for _, x := range t {
		if now.Before(x.End) && wanted(x.Value) {
			n++
		}
	}
	return n
}

const alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

// IDs makes identifiers from a seed: the same seed gives the same row of them.
type IDs struct {
	mu  sync.Mutex
	rnd *rand.Rand
}

// NewIDs starts a row of identifiers. Two rows of one seed differ by their stream.
func NewIDs(seed, stream uint64) *IDs {
	return &IDs{rnd: rand.New(rand.NewPCG(seed, stream))} //nolint:gosec // a stand-in's ids are meant to repeat
}

// Text returns n letters and digits.
func (g *IDs) Text(n int) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	out := make([]byte, n)
	for i := range out {
		out[i] = alphanumeric[g.rnd.IntN(len(alphanumeric))]
	}
	return string(out)
}

// UUID returns a version 4 UUID, the form of Genesys Cloud's ids.
func (g *IDs) UUID() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	var b [16]byte
	for i := range b {
		b[i] = byte(g.rnd.UintN(256))
	}
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// Pick returns one of the choices.
func (g *IDs) Pick(choices ...string) string { return choices[g.Below(len(choices))] }

// Below returns a number from 0 up to below n.
func (g *IDs) Below(n int) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.rnd.IntN(n)
}

// S256 is the hash of a text in the form of PKCE (RFC 7636, 4.2) and DPoP (RFC 9449, 4.2).
func S256(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
