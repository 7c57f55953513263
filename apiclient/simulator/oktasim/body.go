package oktasim

import (
	"encoding/json"
	"mime"
	"net/http"
	"net/url"

	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// readBody decodes what a POST or PUT carries. The end points that anyone may call take forms.
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
		return refusal.Of(refusal.WrongContentType)
	}
	if json.Unmarshal(c.raw, &c.body) != nil || c.body == nil {
		return refusal.Of(refusal.NotWellFormed)
	}
	return nil
}

// readForm decodes a form. A parameter that comes twice is refused (RFC 6749 3.2).
func (c *call) readForm() error {
	kind, _, err := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return refusal.OAuth("form_not_read")
	}
	form, err := url.ParseQuery(string(c.raw))
	if err != nil {
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
