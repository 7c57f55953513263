package loopback

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	patience  = 5 * time.Second // for a request, and for its answer
	farewell  = 250 * time.Millisecond
	maxHeader = 16 << 10
)

// Serve answers on the listeners until stop is called. Stop lets the last answers out, waits for handlers that
// are still at work and leaves neither a listener nor a goroutine behind. Bodies are not read and a
// connection serves one request. A handler that takes longer than 5 seconds calls WithoutTimeouts first. The end of the
// context stops nothing.
func Serve(ctx context.Context, listeners []net.Listener, handler http.Handler) (stop func()) {
	var loops, connections sync.WaitGroup
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: patience, ReadTimeout: patience, WriteTimeout: patience, IdleTimeout: patience,
		MaxHeaderBytes: maxHeader,
		ErrorLog:       log.New(io.Discard, "", 0), // it would write over the screen
		ConnState: func(_ net.Conn, state http.ConnState) {
			switch state {
			case http.StateNew: // told before the loop goes on
				connections.Add(1)
			case http.StateClosed: // told when the handler has returned
				connections.Done()
			}
		},
	}
	server.SetKeepAlivesEnabled(false)
	for _, l := range listeners {
		loops.Go(func() { _ = server.Serve(l) })
	}
	return func() {
		// Connections that browsers open in advance are not waited for.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
		defer cancel()
		if server.Shutdown(ctx) != nil {
			_ = server.Close()
		}
		loops.Wait()
		connections.Wait()
	}
}

// WithoutTimeouts lifts the time limits of one request whose answer takes longer.
func WithoutTimeouts(w http.ResponseWriter) {
	c := http.NewResponseController(w)
	_ = c.SetReadDeadline(time.Time{})
	_ = c.SetWriteDeadline(time.Time{})
}

// Guard lets only reading requests through that a user's browser sends for a page of ours. A foreign Host is
// a page that made its own name point here (DNS rebinding): 421. Another site may send the browser here, as a
// login service does, and nothing else: it may not fetch, embed or post (403).
func Guard(port int, next http.Handler) http.Handler {
	names := hosts(port)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !slices.Contains(names, strings.ToLower(r.Host)):
			misdirected.Write(w)
		case !fromOwnPage(r, names) && !navigates(r):
			foreign.Write(w)
		case r.Method != http.MethodGet:
			w.Header().Set("Allow", http.MethodGet)
			notAllowed.Write(w)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// hosts are the names by which this computer may be addressed.
func hosts(port int) []string {
	var names []string
	for _, name := range []string{"localhost", "127.0.0.1", "[::1]"} {
		names = append(names, name+":"+strconv.Itoa(port))
		if port == 80 {
			names = append(names, name) // browsers leave the default port out
		}
	}
	return names
}

// fromOwnPage reports whether a request comes from a user or from a page of ours. Programs, and old browsers where
// they mean no harm, tell neither header.
func fromOwnPage(r *http.Request, names []string) bool {
	origin, isHTTP := strings.CutPrefix(r.Header.Get("Origin"), "http://")
	site := r.Header.Get("Sec-Fetch-Site")
	return (r.Header.Get("Origin") == "" || isHTTP && slices.Contains(names, origin)) &&
		(site == "" || site == "none" || site == "same-origin")
}

// navigates reports whether another site sends the whole window here (Fetch Metadata; an embedded one says
// "iframe" or "object").
func navigates(r *http.Request) bool {
	return r.Method == http.MethodGet && r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
}
