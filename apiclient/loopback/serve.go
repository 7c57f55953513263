package loopback

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
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
