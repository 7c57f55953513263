package loopback

import (
	"context"
	"crypto/rand"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// onceFor is how long a browser may take to start.
const onceFor = time.Minute

var opened = Page{http.StatusGone, "Already opened", "Another browser or program opened this URL first. If that wasn't you, stop the sign-in in the terminal and start again."}

// Once returns an address on this computer that leads to another one, once, within a minute and before ctx ends. It is
// for the command line of a browser: all users of the computer can read that, and an address with a query starts a
// sign-in. Any other address is returned as it is.
func Once(ctx context.Context, address string) (string, error) {
	if !strings.Contains(address, "?") {
		return address, nil
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp4", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	var used atomic.Bool
	path := "/" + rand.Text()
	stop := Serve(ctx, []net.Listener{l}, Guard(l.Addr().(*net.TCPAddr).Port, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path != path:
			NotFound.Write(w)
		case used.Swap(true):
			opened.Write(w)
		default:
			Harden(w, "")
			http.Redirect(w, r, address, http.StatusSeeOther)
		}
	})))
	go func() {
		defer stop()
		select {
		case <-ctx.Done():
		case <-time.After(onceFor):
		}
	}()
	return "http://" + l.Addr().String() + path, nil
}
