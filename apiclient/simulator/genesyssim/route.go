package genesyssim

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// object is a JSON object, as it came or as it goes.
type object = jsontree.Object

// reference is the vendor's AddressableEntityRef.
func reference(id, uri string) object { return object{"id": id, "selfUri": uri + id} }

// call is one request under way; the server's lock is held while it is handled.
type call struct {
	s     *Server
	r     *http.Request
	now   time.Time
	body  object
	token *token // who calls
}

func (c *call) path(name string) string  { return c.r.PathValue(name) }
func (c *call) query(name string) string { return c.r.URL.Query().Get(name) }

// queries are a parameter's values, repeated or set off by commas.
func (c *call) queries(name string) []string {
	return slices.DeleteFunc(strings.Split(strings.Join(c.r.URL.Query()[name], ","), ","), func(s string) bool { return s == "" })
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /oauth/token", s.issueToken)
	mux.HandleFunc("GET /oauth/authorize", s.authorize)
	mux.HandleFunc("POST /oauth/authorize", s.authorize)
	forPages(mux, "GET /webdeployments/v1/deployments/{id}/config.json", s.publicFile(s.publicConfig))
	forPages(mux, "GET /webdeployments/v1/deployments/{id}/domains.json", s.publicFile(s.publicDomains))
	forPages(mux, "GET /genesys-bootstrap/genesys.min.js", bootstrap)
	for _, op := range operations() {
		pattern := strings.Replace(op.pattern, " ", " /api/v2", 1)
		if op.visitor {
			forPages(mux, pattern, s.serve(op))
		} else {
			mux.HandleFunc(pattern, s.serve(op))
		}
	}
	mux.HandleFunc("/", s.serve(operation{noBody: true, handle: func(*call) (any, error) { return nil, refuse("not.found") }}))
	return mux
}

// forPages registers what a page of any origin may read, errors included, and the preflight of it.
func forPages(mux *http.ServeMux, pattern string, next http.HandlerFunc) {
	method, path, _ := strings.Cut(pattern, " ")
	mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Access-Control-Expose-Headers", "ININ-Correlation-Id")
		next(w, r)
	})
	mux.HandleFunc("OPTIONS "+path, func(w http.ResponseWriter, _ *http.Request) {
		for name, value := range map[string]string{
			"Allow-Origin": "*", "Allow-Methods": method, "Max-Age": "600",
			"Allow-Headers": "Authorization, Content-Type, X-Journey-Session-Id, X-Journey-Session-Type",
		} {
			w.Header().Set("Access-Control-"+name, value)
		}
		w.WriteHeader(http.StatusNoContent)
	})
}

// serve carries an operation out: body first, since a slow sender must not hold the lock.
func (s *Server) serve(op operation) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.count(op, r)
		contextID := s.correlate(w)
		body, err := readBody(op, r)
		answer, err := s.carryOut(op, &call{s: s, r: r, now: s.now(), body: body}, err, w.Header())
		if err != nil {
			no, ok := errors.AsType[*refusal](err)
			if !ok {
				no = refuse("internal.server.error")
			}
			if no.retryAfter > 0 {
				w.Header().Set("Retry-After", strconv.Itoa(no.retryAfter))
			}
			simkit.WriteJSON(w, no.status, no.body(contextID))
			return
		}
		if answer != nil {
			w.Header().Set("Content-Type", "application/json")
		}
		w.WriteHeader(cmp.Or(op.status, http.StatusOK))
		_, _ = w.Write(answer)
	}
}

// correlate gives the answer the id that the service's support asks for.
func (s *Server) correlate(w http.ResponseWriter) string {
	id := s.correlations.UUID()
	w.Header().Set("ININ-Correlation-Id", id)
	return id
}

// carryOut holds the lock from the token to the encoded answer, so that an answer is of one moment. For a visitor it
// leaves the lock to the operation: an exchange must not hold it while the provider is asked.
func (s *Server) carryOut(op operation, c *call, bodyErr error, header http.Header) ([]byte, error) {
	if !op.visitor {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.sweep(c.now)
		if err := s.admit(op, c, header); err != nil {
			return nil, err
		}
	}
	if bodyErr != nil {
		return nil, bodyErr
	}
	answer, err := op.handle(c)
	if err != nil || answer == nil || op.status == http.StatusNoContent {
		return nil, err
	}
	return json.Marshal(answer)
}

func readBody(op operation, r *http.Request) (object, error) {
	if op.noBody || r.Method == http.MethodGet || r.Method == http.MethodHead || r.Method == http.MethodDelete {
		return nil, nil
	}
	raw, err := io.ReadAll(io.LimitReader(r.Body, simkit.MaxBody+1))
	if err != nil {
		return nil, refuse("bad.request")
	}
	if len(raw) > simkit.MaxBody {
		return nil, refuse("request.entity.too.large", strconv.Itoa(simkit.MaxBody))
	}
	if !simkit.IsJSON(r) {
		return nil, refuse("unsupported.media.type")
	}
	var body object
	if err := json.Unmarshal(raw, &body); err != nil || body == nil {
		return nil, refuse("bad.request")
	}
	prune(body)
	return body, nil
}
