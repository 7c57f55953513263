package genesyssim

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// operation is one call of the API.
type operation struct {
	pattern     string   // of http.ServeMux, below /api/v2
	permissions []string // all of them are needed
	status      int      // of success; 0: 200
	noBody      bool     // for a POST that takes none
	handle      func(*Server, *call) (any, error)
}

// call is one request under way; the server's lock is held while it is handled.
type call struct {
	r     *http.Request
	now   time.Time
	body  object
	token *token // who calls
}

func (c *call) path(name string) string  { return c.r.PathValue(name) }
func (c *call) query(name string) string { return c.r.URL.Query().Get(name) }

func (s *Server) routes() {
	s.mux.HandleFunc("POST /oauth/token", s.issueToken)
	s.mux.HandleFunc("GET /oauth/authorize", s.authorize)
	s.mux.HandleFunc("POST /oauth/authorize", s.authorize)
	s.forPages("GET /webdeployments/v1/deployments/{id}/config.json", http.HandlerFunc(s.publicConfig))
	s.forPages("GET /webdeployments/v1/deployments/{id}/domains.json", http.HandlerFunc(s.publicDomains))
	s.forPages("GET /genesys-bootstrap/genesys.min.js", http.HandlerFunc(bootstrap))
	for _, op := range visitorOperations() {
		method, path, _ := strings.Cut(op.pattern, " ")
		s.forPages(method+" /api/v2"+path, s.serveVisitor(op))
	}
	for _, op := range operations() {
		method, path, _ := strings.Cut(op.pattern, " ")
		s.mux.Handle(method+" /api/v2"+path, s.serve(op))
	}
	s.mux.Handle("/", s.serve(operation{noBody: true, handle: func(*Server, *call) (any, error) {
		return nil, refuse("not.found")
	}}))
}

// serve carries an operation out: body first, since a slow sender must not hold the lock.
func (s *Server) serve(op operation) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.count(r)
		contextID := s.correlate(w)
		body, bodyErr := readBody(op, r)
		answer, err := s.carryOut(op, &call{r: r, now: s.now(), body: body}, bodyErr, w.Header())
		respond(w, contextID, op.status, answer, err)
	})
}

// correlate gives the answer the id that the service's support asks for.
func (s *Server) correlate(w http.ResponseWriter) string {
	id := s.correlations.UUID()
	w.Header().Set("ININ-Correlation-Id", id)
	return id
}

// respond writes what came of a call; status is that of success, 0 for 200.
func respond(w http.ResponseWriter, contextID string, status int, answer []byte, err error) {
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
	if status == 0 {
		status = http.StatusOK
	}
	if answer == nil {
		w.WriteHeader(status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(answer)
}

// carryOut holds the lock from the token to the encoded answer, so that an answer is of one moment.
func (s *Server) carryOut(op operation, c *call, bodyErr error, header http.Header) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.authenticate(c, header); err != nil {
		return nil, err
	}
	if err := c.token.admit(op); err != nil {
		return nil, err
	}
	if err := s.permit(op.permissions); err != nil {
		return nil, err
	}
	if bodyErr != nil {
		return nil, bodyErr
	}
	s.sweep(c.now)
	answer, err := op.handle(s, c)
	s.sweep(c.now)
	if err != nil || answer == nil {
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
