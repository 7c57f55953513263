package transcript

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
)

// maxBody bounds what is written of a body, in bytes.
const maxBody = 64 << 10

// body reads a body and returns what may be written of it. Only JSON and forms are written: in anything else,
// such as a portal's page, a secret has no name by which it could be told.
func (r *redactor) body(h http.Header, data []byte) (_ json.RawMessage, note string) {
	if len(data) == 0 {
		return nil, ""
	}
	media, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		media = "no type"
	}
	size := fmt.Sprintf("%d bytes", len(data))
	var value any
	switch {
	case media == "application/x-www-form-urlencoded":
		form, err := url.ParseQuery(string(data))
		if err != nil {
			return nil, "not written: a form that can't be read, " + size
		}
		value = r.form(form)
	case media == "application/json", strings.HasSuffix(media, "+json"):
		if value, err = decode(data); err != nil {
			return nil, "not written: invalid JSON, " + size
		}
		value = r.json(value, false)
	default:
		return nil, "not written: " + r.text(media) + ", " + size
	}
	return fit(value, size)
}

// decode reads one JSON document; numbers keep their digits.
func decode(data []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var value, more any
	if err := d.Decode(&value); err != nil {
		return nil, err
	}
	if d.Decode(&more) != io.EOF {
		return nil, fmt.Errorf("more than one document")
	}
	return value, nil
}

// fit shortens the lists of a body that is too large, so that it can still be read and played back.
func fit(value any, size string) (json.RawMessage, string) {
	note := ""
	for keep := 128; keep > 0; keep /= 2 {
		text, err := marshal(value)
		switch {
		case err != nil:
			return nil, "not written: it can't be written as JSON, " + size
		case len(text) <= maxBody:
			return bytes.TrimSuffix(text, []byte("\n")), note
		}
		value, note = shorten(value, keep), fmt.Sprintf("lists cut to %d elements, %s", keep, size)
	}
	return nil, "not written: too large, " + size
}

func shorten(v any, keep int) any {
	switch v := v.(type) {
	case map[string]any:
		for name := range v {
			v[name] = shorten(v[name], keep)
		}
	case []any:
		v = v[:min(len(v), keep)]
		for i := range v {
			v[i] = shorten(v[i], keep)
		}
		return v
	}
	return v
}
