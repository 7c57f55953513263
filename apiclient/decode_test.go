package apiclient

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

// thing has members of each kind.
type thing struct {
	ID    string `api:"id"`
	N     int    `api:"n"`
	On    bool   `api:"on"`
	Key   Secret `api:"key"`
	Inner struct {
		List []string `api:"list"`
	} `api:"inner"`
	Bytes uint8 `api:"bytes"`
}

func TestAnswerThatCannotBeUnderstood(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		"":                                "the response is empty",
		" \n":                             "the response is empty",
		"null":                            "the response is null",
		`{"id":"a"} canary`:               "it isn't JSON at byte 12",
		`{"id":"canary`:                   "it isn't JSON at byte 13",
		`["canary"]`:                      "the response should be an object and is array",
		`{"id":7}`:                        "id should be a string and is number",
		`{"n":"canary"}`:                  "n should be a number and is string",
		`{"n":1.5}`:                       "n should be a number and is number",
		`{"on":"canary"}`:                 "on should be a boolean and is string",
		`{"key":["canary"]}`:              "key should be a string and is array",
		`{"inner":{"list":{"canary":1}}}`: "inner.list should be an array and is object",
		`{"inner":{"list":[3]}}`:          "inner.list should be a string and is number",
		`{"bytes":"canary"}`:              "bytes should be of another kind and is string",
	} {
		var out thing
		_, err := serve(t, answerJSON(200, body), nil).Do(t.Context(), get, &out)
		e, ok := AsError(err)
		assert.Check(t, ok && errors.Is(err, ErrMalformed) && e.Summary == "getThing: "+want && e.Status == 200,
			"%s: got %v", body, err)
		noLeak(t, err)
	}
}

func TestAnswerOfAPortal(t *testing.T) {
	t.Parallel()
	const page = "<html>canary: sign in to the Wi-Fi</html>"
	type want struct {
		kind   error
		status int
	}
	for name, tc := range map[string]struct {
		status      int
		media, body string
		out         any
		want        want
	}{
		"HTML":                        {200, "text/html", page, &Object{}, want{ErrNotAPI, 200}},
		"HTML nobody reads":           {200, "text/html; charset=utf-8", page, nil, want{ErrNotAPI, 200}},
		"plain text":                  {200, "text/plain", "{}", &Object{}, want{ErrNotAPI, 200}},
		"no type":                     {200, "", "{}", &Object{}, want{ErrNotAPI, 200}},
		"JSON of a kind":              {200, "application/hal+json", "{}", &Object{}, want{nil, 0}},
		"JSON nobody reads":           {200, "application/json", "{", nil, want{nil, 0}},
		"nothing, and nobody reads":   {204, "", "", nil, want{nil, 0}},
		"refusal by a proxy":          {403, "text/html", page, &Object{}, want{ErrNotAPI, 403}},
		"failure of a load balancer":  {500, "text/html", page, &Object{}, want{nil, 500}},
		"refusal without a body":      {404, "text/html", "", &Object{}, want{nil, 404}},
		"refusal in words":            {411, "text/plain", "canary", &Object{}, want{nil, 411}},
		"a too long refusal, no body": {400, "application/json", strings.Repeat("x", maxBody+1), &Object{}, want{nil, 400}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			decoded := false
			c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header()["Content-Type"] = nil // no guess by net/http
				if tc.media != "" {
					w.Header().Set("Content-Type", tc.media)
				}
				w.WriteHeader(tc.status)
				_, _ = io.WriteString(w, tc.body)
			}, func(cfg *Config) {
				cfg.Decode = func(_ *Error, _ http.Header, body []byte) { decoded = body != nil }
			})
			_, err := c.Do(t.Context(), get, tc.out)
			if tc.want == (want{}) {
				assert.Check(t, err)
				return
			}
			e, ok := AsError(err)
			if !ok || e.Err != tc.want.kind || e.Status != tc.want.status || decoded { //nolint:errorlint // the field itself
				t.Errorf("got %v; the body was decoded: %v", err, decoded)
			}
			noLeak(t, err)
		})
	}
}
