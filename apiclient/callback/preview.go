package callback

import (
	"cmp"
	"context"
	"crypto/rand"
	_ "embed" // the script's text
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"msgsso-wizard/apiclient/loopback"
)

const (
	endPath   = "/.msgsso/end" // preview.js knows it
	endingFor = time.Second    // for the pages to clear what they stored
)

var errNotHere = errors.New("only an HTTP redirect URI at localhost, 127.0.0.1, or [::1] can be tested from this computer")

//go:embed preview.js
var endScript string

// Preview serves a page with Messenger at the redirect URI, for trying it. All its fields must be set.
type Preview struct {
	RedirectURI string // as it is registered
	HTML        string // the whole page; what is served has a script more, that clears what Messenger stored
	Show        func(Address)

	endingFor time.Duration // 0: endingFor
}

// Run serves the page until the context ends, which is no error. It tells the open pages first, which takes a
// second at most. A page that is away at the provider then cannot be told. A port that is taken is
// loopback.ErrPortTaken.
func (p *Preview) Run(ctx context.Context) error {
	target, err := parseTarget(p.RedirectURI)
	if err == nil && !target.local() {
		err = errNotHere
	}
	if err != nil || ctx.Err() != nil {
		return err
	}
	listeners, err := loopback.Listen(ctx, target.port)
	if err != nil {
		return err
	}
	s := &previewServer{
		path: target.clean.Path, html: withScript(p.HTML), ending: make(chan struct{}),
		cookie: http.Cookie{Name: fmt.Sprintf("msgsso_preview_%d", target.port), Value: rand.Text(), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode},
	}
	defer loopback.Serve(ctx, listeners, loopback.Guard(target.port, s))()
	p.Show(Address{URL: p.RedirectURI, Forward: loopback.Forward(target.port)})
	<-ctx.Done()
	s.end(cmp.Or(p.endingFor, endingFor))
	return nil
}

// withScript puts the script that ends a preview last into a page.
func withScript(html string) string {
	at := strings.LastIndex(html, "</body>")
	if at < 0 {
		at = len(html)
	}
	return html[:at] + "<script>\n" + endScript + "</script>\n" + html[at:]
}

// previewServer serves the page and tells it when the preview ends.
type previewServer struct {
	path, html string
	cookie     http.Cookie // a browser that has it was here in this preview

	pages  sync.RWMutex // read by those that listen
	ending chan struct{}
}

func (s *previewServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case s.path:
		// The customer's page may have the same: Messenger needs scripts, and its service the page's origin.
		for name, value := range map[string]string{
			"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "frame-ancestors 'none'",
			"Cache-Control": "no-store", "Referrer-Policy": "strict-origin", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
		} {
			w.Header().Set(name, value)
		}
		// What a browser that broke kept of an earlier preview goes; a page on its way back from the provider needs its own.
		if have, err := r.Cookie(s.cookie.Name); r.URL.RawQuery == "" && (err != nil || have.Value != s.cookie.Value) {
			w.Header().Set("Clear-Site-Data", `"storage"`)
			http.SetCookie(w, &s.cookie)
		}
		_, _ = io.WriteString(w, s.html)
	case endPath:
		s.listen(w, r)
	default:
		loopback.NotFound.Write(w)
	}
}

// listen keeps a page's line open (Server-Sent Events) until the preview ends, and then until the page has hung
// up.
func (s *previewServer) listen(w http.ResponseWriter, r *http.Request) {
	s.pages.RLock()
	defer s.pages.RUnlock()
	loopback.WithoutTimeouts(w)
	loopback.Harden(w, "")
	w.Header().Set("Content-Type", "text/event-stream")
	_, _ = io.WriteString(w, "retry: 1000\n\n") // milliseconds until a page that lost its line tries again
	out := http.NewResponseController(w)
	_ = out.Flush()
	select {
	case <-s.ending:
		_, _ = io.WriteString(w, "event: end\ndata:\n\n")
		_ = out.Flush()
		<-r.Context().Done()
	case <-r.Context().Done():
	}
}

// end tells the pages and waits for them.
func (s *previewServer) end(limit time.Duration) {
	close(s.ending)
	gone := make(chan struct{})
	go func() {
		s.pages.Lock() // comes at the latest when the server closes the lines
		defer s.pages.Unlock()
		close(gone)
	}()
	select {
	case <-gone:
	case <-time.After(limit):
	}
}
