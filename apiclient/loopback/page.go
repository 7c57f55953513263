package loopback

import (
	"context"
	"crypto/rand"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// Page is a plain answer to a browser. It is static: nothing of a request ever gets into it.
type Page struct {
	Status      int
	Title, Text string
}

// NotFound is the answer for all that is not served.
var NotFound = Page{http.StatusNotFound, "Not found", "This page doesn't exist."}

var (
	misdirected = Page{http.StatusMisdirectedRequest, "Request rejected", "This server answers only to the names of this computer."}
	foreign     = Page{http.StatusForbidden, "Not allowed", "Other sites can't request this."}
	notAllowed  = Page{http.StatusMethodNotAllowed, "Not allowed", "This URL is read-only."}
)

// Write answers with the page and its headers.
func (p Page) Write(w http.ResponseWriter) {
	Harden(w, "")
	w.WriteHeader(p.Status)
	_, _ = fmt.Fprintf(w, "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>%[1]s</title><h1>%[1]s</h1><p>%[2]s</p></html>\n", p.Title, p.Text)
}

// Harden sets the headers that keep an address, which may hold a code, from caches and other sites, and a page
// from doing or loading anything. Styles is a source of styles for the Content-Security-Policy; empty: none.
func Harden(w http.ResponseWriter, styles string) {
	policy := "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	if styles != "" {
		policy += "; style-src " + styles
	}
	for name, value := range map[string]string{
		"Content-Type":               "text/html; charset=utf-8",
		"Content-Security-Policy":    policy,
		"Cache-Control":              "no-store",
		"Referrer-Policy":            "no-referrer",
		"Cross-Origin-Opener-Policy": "same-origin",
		"X-Content-Type-Options":     "nosniff",
		"X-Frame-Options":            "DENY",
	} {
		w.Header().Set(name, value)
	}
}

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
