package loopback

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

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
