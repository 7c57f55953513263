package signin

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	patience  = 5 * time.Second // for a request, and for its answer
	farewell  = 250 * time.Millisecond
	maxHeader = 16 << 10
)

// serve answers on the listeners until stop is called, which leaves neither a listener nor a goroutine behind.
func (a *attempt) serve(listeners []net.Listener) (stop func()) {
	server := &http.Server{
		Handler:           a,
		ReadHeaderTimeout: patience, ReadTimeout: patience, WriteTimeout: patience, IdleTimeout: patience,
		MaxHeaderBytes: maxHeader,
		ErrorLog:       log.New(io.Discard, "", 0), // it would write over the screen
	}
	server.SetKeepAlivesEnabled(false)
	var all sync.WaitGroup
	for _, l := range listeners {
		all.Go(func() { _ = server.Serve(l) })
	}
	return func() {
		// The last page is let out; connections that browsers open in advance are not waited for.
		ctx, cancel := context.WithTimeout(context.Background(), farewell)
		defer cancel()
		if server.Shutdown(ctx) != nil {
			_ = server.Close()
		}
		all.Wait()
	}
}

// ServeHTTP takes the redirect. A foreign Host is a page that made its own name point here (DNS rebinding).
func (a *attempt) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case !slices.Contains(a.hosts, strings.ToLower(r.Host)):
		misdirected.write(w)
	case r.URL.Path != callback:
		notFound.write(w)
	case r.Method != http.MethodGet:
		w.Header().Set("Allow", http.MethodGet)
		notAllowed.write(w)
	default:
		a.take(w, r.URL.RawQuery)
	}
}

// take answers the person before it ends the attempt, which closes the connection.
func (a *attempt) take(w http.ResponseWriter, query string) {
	o, err := a.judge(query)
	switch {
	case err != nil || !a.claim():
		notAsked.write(w)
		return
	case o.err != nil:
		refused.write(w)
	default:
		received.write(w)
	}
	_ = http.NewResponseController(w).Flush()
	a.ended <- o
}
