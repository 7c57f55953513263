package callback

import (
	"cmp"
	"crypto/rand"
	"crypto/subtle"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"msgsso-wizard/apiclient/loopback"
)

const (
	keyLength  = 16               // of 5 bits each; a user may have to type it
	cookieLife = 15 * time.Minute // it is of no use after the flow
)

// handler answers the browser at the redirect URI.
type handler struct {
	*progress
	target target
	key    string // only the address in the terminal has it
	cookie http.Cookie

	handed func() // called when the result was written
	done   chan struct{}
}

func newHandler(p *progress, target target) *handler {
	done := make(chan struct{})
	return &handler{
		progress: p, target: target, key: rand.Text()[:keyLength],
		cookie: http.Cookie{
			// Cookies do not know ports.
			Name: "msgsso_callback_" + strconv.Itoa(target.port), Value: rand.Text(), Path: target.clean.EscapedPath(),
			MaxAge: int(cookieLife.Seconds()), HttpOnly: true, SameSite: http.SameSiteLaxMode,
		},
		done: done, handed: sync.OnceFunc(func() { close(done) }),
	}
}

func (h *handler) startURL() string { return h.target.clean.String() + "?start=" + h.key }

// ServeHTTP tells the requests apart. One with a query is always answered with another address or a refusal, so
// that no code stays in the address bar of a sign-in that goes well.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch query := r.URL.Query(); {
	case r.URL.Path != h.target.clean.Path && r.URL.Path == "/favicon.ico":
		loopback.Harden(w, "")
		w.WriteHeader(http.StatusNoContent)
	case r.URL.Path != h.target.clean.Path:
		loopback.NotFound.Write(w)
	case r.URL.RawQuery == "":
		h.status(w, r)
	case query.Has("start"):
		h.start(w, r, query)
	default:
		h.receive(w, r)
	}
}

// start is the address in the terminal. It binds the browser by a cookie.
func (h *handler) start(w http.ResponseWriter, r *http.Request, query url.Values) {
	if key := query["start"]; len(key) != 1 || subtle.ConstantTimeCompare([]byte(key[0]), []byte(h.key)) != 1 {
		h.refuse(w, r, "This isn't the URL that the terminal shows now.")
		return
	}
	http.SetCookie(w, &h.cookie)
	h.send(w, r, query.Get("other") == "1")
}

// receive takes the redirect from the provider. Received may look around for a while.
func (h *handler) receive(w http.ResponseWriter, r *http.Request) {
	if !h.bound(r) {
		h.refuse(w, r, "This browser didn't start the sign-in. Open the URL that the terminal shows, or paste this page's URL there.")
		return
	}
	loopback.WithoutTimeouts(w)
	if err := h.take(r.URL.RawQuery, true); err != nil {
		h.refuse(w, r, sentence(err))
		return
	}
	h.send(w, r, false)
}

// send sends the browser to the provider, or to the page without query where there is nothing to ask there.
func (h *handler) send(w http.ResponseWriter, r *http.Request, other bool) {
	to := cmp.Or(h.next(other), h.target.clean.String())
	loopback.Harden(w, "")
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// status answers at the redirect URI without query.
func (h *handler) status(w http.ResponseWriter, r *http.Request) {
	switch {
	case !h.bound(r):
		htmlPage{Page: Page{Title: "Sign-in", Note: "Open the URL that the terminal shows."}}.write(w, http.StatusOK)
	case !h.ended():
		title, links := "Sign-in in progress", h.links()
		if h.next(false) == "" {
			title = "Checking the response"
		}
		htmlPage{Page: Page{Title: title}, Links: links}.write(w, http.StatusOK)
	default:
		gone := h.cookie
		gone.MaxAge = -1
		http.SetCookie(w, &gone)
		htmlPage{Page: h.page, Last: true}.write(w, http.StatusOK)
		_ = http.NewResponseController(w).Flush()
		h.handed()
	}
}

// refuse answers what was not asked for. The browser that is on its way finds it again.
func (h *handler) refuse(w http.ResponseWriter, r *http.Request, why string) {
	s := htmlPage{Page: Page{Title: "Request rejected", Note: why}}
	if h.bound(r) {
		s.Links = h.links()
	}
	s.write(w, http.StatusBadRequest)
}

func (h *handler) links() []link {
	links := []link{{h.startURL(), "Continue the sign-in"}}
	if h.first() {
		links = append(links, link{h.startURL() + "&other=1", "Sign in as another user"})
	}
	return links
}

// bound reports whether the browser is the one that began.
func (h *handler) bound(r *http.Request) bool {
	cookies := r.CookiesNamed(h.cookie.Name)
	return len(cookies) == 1 && subtle.ConstantTimeCompare([]byte(cookies[0].Value), []byte(h.cookie.Value)) == 1
}
