package visit

import (
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
	keyLength  = 16               // of 5 bits each; a person may have to type it
	cookieLife = 15 * time.Minute // it says nothing to anybody after the visit
)

// desk answers the browser at the redirect URI.
type desk struct {
	*course
	spot   place
	key    string // what the address in the terminal has, and nobody else
	cookie http.Cookie

	handed func() // called when the verdict was written
	done   chan struct{}
}

func newDesk(c *course, spot place) *desk {
	done := make(chan struct{})
	return &desk{
		course: c, spot: spot, key: rand.Text()[:keyLength],
		cookie: http.Cookie{
			// Cookies do not know ports.
			Name: "msgsso_visit_" + strconv.Itoa(spot.port), Value: rand.Text(), Path: spot.clean.EscapedPath(),
			MaxAge: int(cookieLife.Seconds()), HttpOnly: true, SameSite: http.SameSiteLaxMode,
		},
		done: done, handed: sync.OnceFunc(func() { close(done) }),
	}
}

func (d *desk) startURL() string { return d.spot.clean.String() + "?start=" + d.key }

// ServeHTTP tells the requests apart. One with a query is always answered with another address or a refusal, so
// that no code stays in the address bar of a sign-in that goes well.
func (d *desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch query := r.URL.Query(); {
	case r.URL.Path != d.spot.clean.Path && r.URL.Path == "/favicon.ico":
		loopback.Harden(w, "")
		w.WriteHeader(http.StatusNoContent)
	case r.URL.Path != d.spot.clean.Path:
		loopback.NotFound.Write(w)
	case r.URL.RawQuery == "":
		d.rest(w, r)
	case query.Has("start"):
		d.start(w, r, query)
	default:
		d.back(w, r)
	}
}

// start is the address in the terminal. It binds the browser by a cookie.
func (d *desk) start(w http.ResponseWriter, r *http.Request, query url.Values) {
	if key := query["start"]; len(key) != 1 || subtle.ConstantTimeCompare([]byte(key[0]), []byte(d.key)) != 1 {
		d.refuse(w, r, "This is not the address that the terminal shows now.")
		return
	}
	http.SetCookie(w, &d.cookie)
	d.send(w, r, query.Get("other") == "1")
}

// back is the way back from the provider. Came may look around for a while.
func (d *desk) back(w http.ResponseWriter, r *http.Request) {
	if !d.bound(r) {
		d.refuse(w, r, "This browser did not begin the sign-in. Open the address that the terminal shows, or paste this page's address there.")
		return
	}
	loopback.Unhurried(w)
	if err := d.take(r.URL.RawQuery, true); err != nil {
		d.refuse(w, r, sentence(err))
		return
	}
	d.send(w, r, false)
}

// send sends the browser to the provider, or to the page without query where there is nothing to ask there.
func (d *desk) send(w http.ResponseWriter, r *http.Request, other bool) {
	to := d.next(other)
	if to == "" {
		to = d.spot.clean.String()
	}
	loopback.Harden(w, "")
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// rest is the redirect URI without query.
func (d *desk) rest(w http.ResponseWriter, r *http.Request) {
	switch {
	case !d.bound(r):
		sheet{Page: Page{Title: "Sign-in", Note: "Open the address that the terminal shows."}}.write(w, http.StatusOK)
	case !d.ended():
		title, links := "The sign-in is under way", d.links()
		if d.next(false) == "" {
			title = "The answer is being looked at"
		}
		sheet{Page: Page{Title: title}, Links: links}.write(w, http.StatusOK)
	default:
		gone := d.cookie
		gone.MaxAge = -1
		http.SetCookie(w, &gone)
		sheet{Page: d.page, Last: true}.write(w, http.StatusOK)
		_ = http.NewResponseController(w).Flush()
		d.handed()
	}
}

// refuse answers what was not asked for. The browser that is on its way finds it again.
func (d *desk) refuse(w http.ResponseWriter, r *http.Request, why string) {
	s := sheet{Page: Page{Title: "Not taken", Note: why}}
	if d.bound(r) {
		s.Links = d.links()
	}
	s.write(w, http.StatusBadRequest)
}

func (d *desk) links() []link {
	links := []link{{d.startURL(), "Go on with the sign-in"}}
	if d.first() {
		links = append(links, link{d.startURL() + "&other=1", "Sign in as somebody else"})
	}
	return links
}

// bound reports whether the browser is the one that began.
func (d *desk) bound(r *http.Request) bool {
	cookies := r.CookiesNamed(d.cookie.Name)
	return len(cookies) == 1 && subtle.ConstantTimeCompare([]byte(cookies[0].Value), []byte(d.cookie.Value)) == 1
}
