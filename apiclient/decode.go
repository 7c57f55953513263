package apiclient

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"reflect"
	"strings"

	"msgsso-wizard/apiclient/jsontree"
)

// decode reads the answer of a success into out. A page of HTML is a fault even when the body is not used:
// a portal that answers 200 to everything must not pass for a success.
func (c *Client) decode(req Request, ans answer, out any) *Error {
	body := bytes.TrimSpace(ans.body)
	switch {
	case isHTML(ans):
		return c.answered(req, ans, ErrNotAPI)
	case out == nil:
		return nil
	case len(body) == 0:
		return c.malformed(req, ans, "the response is empty")
	case !isJSON(ans.Header):
		return c.answered(req, ans, ErrNotAPI)
	}
	err := Fill(body, out)
	if err == nil && req.Needs != "" {
		var whole jsontree.Object
		_ = json.Unmarshal(body, &whole) // it could be read just now
		if v := jsontree.Member(whole, req.Needs); v == nil || v == "" || v == 0.0 {
			err = MissingError(req.Needs)
		}
	}
	if err != nil {
		return c.malformed(req, ans, misread(err))
	}
	return nil
}

func (c *Client) malformed(req Request, ans answer, why string) *Error {
	e := c.answered(req, ans, ErrMalformed)
	e.Summary = Clean(req.Op + ": " + why)
	return e
}

// kinds names a Go type as JSON does.
var kinds = map[reflect.Kind]string{
	reflect.String: "a string", reflect.Bool: "a boolean", reflect.Slice: "an array",
	reflect.Struct: "an object", reflect.Map: "an object",
	reflect.Int: "a number", reflect.Int64: "a number", reflect.Float64: "a number",
}

// misread says what is wrong with a JSON text without quoting it: it may hold a secret.
func misread(err error) string {
	var (
		syntax  *json.SyntaxError
		wrong   *json.UnmarshalTypeError
		missing MissingError
		notID   NotAnID
	)
	switch {
	case errors.As(err, &wrong):
		field, want := cmp.Or(wrong.Field, "the response"), cmp.Or(kinds[wrong.Type.Kind()], "of another kind")
		return fmt.Sprintf("%s should be %s and is %s", field, want, wrong.Value)
	case errors.As(err, &missing):
		return Clean(missing.Error())
	case errors.As(err, &notID):
		return notID.Error()
	case errors.Is(err, errNull):
		return err.Error()
	case errors.As(err, &syntax):
		return fmt.Sprintf("it isn't JSON at byte %d", syntax.Offset)
	}
	return "a value has an unexpected form"
}

func isJSON(header http.Header) bool {
	media, _, err := mime.ParseMediaType(header.Get("Content-Type"))
	return err == nil && (media == "application/json" || strings.HasSuffix(media, "+json"))
}

func isHTML(ans answer) bool {
	media, _, _ := mime.ParseMediaType(ans.Header.Get("Content-Type"))
	return len(ans.body) > 0 && (media == "text/html" || media == "application/xhtml+xml")
}
