package simulator

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// door is one listener and the server behind it.
type door struct {
	url    string
	server *http.Server
	cancel context.CancelFunc // ends the calls under way
	done   chan struct{}      // closed when the server has stopped serving

	mu      sync.Mutex
	closing bool
	open    int               // connections
	unused  map[net.Conn]bool // connections on which no call has come yet
}

const (
	anyPort       = "127.0.0.1:0"
	headerTimeout = 5 * time.Second
)

// open listens on a loopback address and serves handler there until close is called; the end of the context does not
// stop it.
func open(ctx context.Context, address string, handler http.Handler) (*door, error) {
	address = cmp.Or(address, anyPort)
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("the address to listen on is host:port: %w", err)
	}
	if !simkit.IsLoopback(host) {
		return nil, fmt.Errorf("the simulator listens on loopback only, and %q is not", address)
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	d := &door{
		url:    "http://" + listener.Addr().String(),
		cancel: cancel,
		done:   make(chan struct{}),
		unused: map[net.Conn]bool{},
		server: &http.Server{
			Handler:           handler,
			ReadHeaderTimeout: headerTimeout,
			BaseContext:       func(net.Listener) context.Context { return ctx },
		},
	}
	d.server.ConnState = d.watch
	go func() {
		defer close(d.done)
		_ = d.server.Serve(listener) // always ends with the error of a closed server
	}()
	return d, nil
}

func (d *door) watch(c net.Conn, state http.ConnState) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch state {
	case http.StateNew:
		d.open++
	case http.StateClosed, http.StateHijacked:
		d.open--
	}
	switch {
	case state != http.StateNew:
		delete(d.unused, c)
	case d.closing:
		_ = c.Close() // its reader notices
	default:
		d.unused[c] = true
	}
}

func (d *door) connections() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.open
}

// dropUnused closes the connections that clients opened ahead and never used, also those still to be
// accepted: Shutdown would take them for busy for 5 s.
func (d *door) dropUnused() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closing = true
	for c := range d.unused {
		_ = c.Close() // its reader notices
	}
}

func (d *door) close(ctx context.Context) error {
	d.dropUnused()
	err := d.server.Shutdown(ctx)
	d.cancel()
	if err != nil {
		err = errors.Join(fmt.Errorf("calls were cut off: %w", err), d.server.Close())
	}
	<-d.done
	return err
}

// loopbackHost refuses requests addressed to another name: a page elsewhere can point its own name at
// 127.0.0.1 and would otherwise read the answers.
func loopbackHost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if name, _, err := net.SplitHostPort(host); err == nil {
			host = name
		}
		if !simkit.IsLoopback(host) {
			http.Error(w, "This simulator answers to loopback names only.", http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}
