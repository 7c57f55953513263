package genesyssim

import (
	"encoding/json"
	"net/http"
	"strings"
)

// visitorOperations are what Messenger calls from a web page (contract genesys.md 4). They need no permission, and
// no rate is known for them.
func visitorOperations() []operation {
	const token = "/webdeployments/token"
	return []operation{
		{pattern: "POST " + token + "/oauthcodegrantjwtexchange", handle: (*Server).exchange},
		{pattern: "POST " + token + "/refresh", handle: (*Server).refreshVisitor},
		{pattern: "DELETE " + token + "/revoke", status: http.StatusNoContent, handle: (*Server).revokeVisitor},
	}
}

// serveVisitor carries an operation of a visitor out. The lock is the operation's own business: an exchange must not
// hold it while the provider is asked.
func (s *Server) serveVisitor(op operation) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.calls.Visits++
		s.mu.Unlock()
		contextID := s.correlate(w)
		body, err := readBody(op, r)
		var answer any
		if err == nil {
			answer, err = op.handle(s, &call{r: r, now: s.now(), body: body})
		}
		var raw []byte
		if err == nil && answer != nil {
			raw, err = json.Marshal(answer)
		}
		respond(w, contextID, op.status, raw, err)
	})
}

// forPages registers what a page of any origin may read, errors included, and the preflight of it.
func (s *Server) forPages(pattern string, next http.Handler) {
	method, path, _ := strings.Cut(pattern, " ")
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Access-Control-Expose-Headers", "ININ-Correlation-Id")
		next.ServeHTTP(w, r)
	})
	s.mux.HandleFunc("OPTIONS "+path, func(w http.ResponseWriter, _ *http.Request) {
		for name, value := range map[string]string{
			"Allow-Origin": "*", "Allow-Methods": method, "Max-Age": "600",
			"Allow-Headers": "Authorization, Content-Type, X-Journey-Session-Id, X-Journey-Session-Type",
		} {
			w.Header().Set("Access-Control-"+name, value)
		}
		w.WriteHeader(http.StatusNoContent)
	})
}
