package oktasim

import (
	"encoding/json"
	"mime"
	"net/http"
	"net/url"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// readBody decodes what a POST or PUT carries and refuses null members, as Okta's definition does
// (contract okta.md 1.4). The end points that anyone may call take forms.
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
			return fail(lengthRequired)
		}
		return nil
	}
	if !simkit.IsJSON(c.r) {
		return fail("E0000021")
	}
	if json.Unmarshal(c.raw, &c.body) != nil || c.body == nil {
		return fail("E0000003")
	}
	if name := findNull(c.body); name != "" {
		return invalid(name, name+": The field cannot be null")
	}
	return nil
}

// readForm decodes a form. A parameter that comes twice is refused (RFC 6749 3.2).
func (c *call) readForm() error {
	kind, _, err := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return refuse("form_not_read")
	}
	form, err := url.ParseQuery(string(c.raw))
	if err != nil {
		return refuse("form_not_read")
	}
	for name, values := range form {
		if len(values) > 1 {
			return refuse("repeated", name)
		}
	}
	c.form = form
	return nil
}

// needBody refuses a call whose body is missing.
func (c *call) needBody() error {
	if len(c.raw) == 0 {
		return fail("E0000003")
	}
	return nil
}

// findNull returns the name of the first null member. A profile is free JSON and may hold some.
func findNull(v any) string {
	switch v := v.(type) {
	case object:
		for _, name := range sortedKeys(v) {
			if v[name] == nil {
				return name
			}
			if name == "profile" {
				continue
			}
			if found := findNull(v[name]); found != "" {
				return found
			}
		}
	case []any:
		for _, item := range v {
			if found := findNull(item); found != "" {
				return found
			}
		}
	}
	return ""
}
