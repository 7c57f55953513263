package oktasim

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/pages"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// object is a JSON object.
type object = jsontree.Object

// call is one request on its way to a handler.
type call struct {
	r      *http.Request
	header http.Header // of the answer
	raw    []byte
	body   object // of a POST or PUT; empty when nothing was sent
	tree   object // what the body asks for, with what it leaves out
	form   url.Values
	who    caller
	as     *authServer // of an endpoint of OAuth; nil: the org's own
	app    *app        // that the path names
}

// url is the absolute address of a management resource.
func (c *call) url(parts ...string) string {
	return simkit.Base(c.r) + "/api/v1/" + strings.Join(parts, "/")
}

func (c *call) writes() bool {
	return c.r.Method != http.MethodGet && c.r.Method != http.MethodHead
}

// dispatch carries a request through the checks to its handler. The document is encoded under the lock, since it shares
// parts with the org's state.
func (s *Server) dispatch(w http.ResponseWriter, r *http.Request, byMethod map[string]route) {
	raw, err := io.ReadAll(io.LimitReader(r.Body, simkit.MaxBody))
	if err != nil {
		return // the caller is gone
	}
	s.mu.Lock()
	status, v, err := s.run(&call{r: r, header: w.Header(), raw: raw}, byMethod)
	if err != nil {
		e := refusal.From(err)
		status, v = e.Status, e.Document(s.noise)
	}
	status, body := encode(w.Header(), status, v)
	s.mu.Unlock()
	w.WriteHeader(status)
	_, _ = w.Write(body) // fails when the caller is gone
}

// nothing is an answer without a body, and redirect one that sends the browser to an address.
type (
	nothing  = refusal.Nothing
	redirect string
)

// encode is the status and body of an answer, and sets its type.
func encode(header http.Header, status int, v any) (int, []byte) {
	switch v := v.(type) {
	case redirect:
		header.Set("Location", string(v))
		header.Set("Referrer-Policy", "no-referrer") // definition, parameter response_mode
		return http.StatusFound, nil
	case pages.Page:
		return v.Write(header)
	case nothing:
		return status, nil
	}
	if status == http.StatusNoContent {
		return status, nil
	}
	header.Set("Content-Type", "application/json")
	doc, _ := json.Marshal(v) // it was made of JSON
	return status, doc
}

func (s *Server) run(c *call, byMethod map[string]route) (int, any, error) {
	rt, known := byMethod[c.r.Method]
	switch {
	case known && rt.access == anyone: // a visitor's or an OAuth client's
	case c.writes():
		s.calls.Writes++
	default:
		s.calls.Reads++
	}
	s.allowOrigin(c)
	if asked, ok := byMethod[c.r.Header.Get("Access-Control-Request-Method")]; ok && c.r.Method == http.MethodOptions {
		return s.preflight(c, asked)
	}
	if !known || rt.access != public {
		if err := s.spend(c); err != nil {
			return 0, nil, err
		}
	}
	switch {
	case len(byMethod) == 0:
		return 0, nil, refusal.Of("E0000008")
	case !known:
		return 0, nil, refusal.Of("E0000022")
	}
	err := s.admit(c, rt)
	if err == nil {
		err = c.readBody(rt)
	}
	if err != nil {
		return 0, nil, err
	}
	v, err := rt.handle(s, c)
	return rt.status, v, err
}

// readBody decodes what a POST or PUT carries. The endpoints that anyone may call take forms.
func (c *call) readBody(rt route) error {
	c.body = object{}
	if c.r.Method != http.MethodPost && c.r.Method != http.MethodPut {
		return nil
	}
	if rt.access == anyone {
		return c.readForm()
	}
	if len(c.raw) == 0 {
		if c.r.ContentLength == 0 && c.r.Header.Get("Content-Length") == "" {
			return refusal.Bare(http.StatusLengthRequired)
		}
		return nil
	}
	if !simkit.IsJSON(c.r) {
		return refusal.Of("E0000021")
	}
	if json.Unmarshal(c.raw, &c.body) != nil || c.body == nil {
		return refusal.Of("E0000003")
	}
	return nil
}

// readForm decodes a form. A parameter that comes twice is refused (RFC 6749 3.2).
func (c *call) readForm() error {
	kind, _, _ := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	form, err := url.ParseQuery(string(c.raw))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return refusal.OAuth("form_not_read")
	}
	for name, values := range form {
		if len(values) > 1 {
			return refusal.OAuth("repeated", name)
		}
	}
	c.form = form
	return nil
}
