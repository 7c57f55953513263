package transcript

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

// Each value that has to go contains "canary"; what stands for it carries a number.
func TestRedactBody(t *testing.T) {
	t.Parallel()
	const form, plainJSON = "application/x-www-form-urlencoded", "application/json; charset=utf-8"
	for _, tt := range []struct{ name, media, body, want string }{
		{"token answer", plainJSON, `{"access_token":"canary1","refresh_token":"canary2","id_token":"canary3","expires_in":3600}`, `{"access_token":"REDACTED-1","expires_in":3600,"id_token":"REDACTED-1","refresh_token":"REDACTED-1"}`},
		{"app", plainJSON, `{"credentials":{"oauthClient":{"client_id":"0oa1","client_secret":"canary","pkce_required":true}}}`, `{"credentials":{"oauthClient":{"client_id":"0oa1","client_secret":"REDACTED-1","pkce_required":true}}}`},
		{"app secrets", plainJSON, `[{"id":"ocs1","secret_hash":"canary","client_secret":"canary"}]`, `[{"client_secret":"REDACTED-1","id":"ocs1","secret_hash":"REDACTED-1"}]`},
		{"device", plainJSON, `{"device_code":"canary","user_code":"canary","interval":5}`, `{"device_code":"REDACTED-1","interval":5,"user_code":"REDACTED-1"}`},
		{"credential", plainJSON, `{"name":"n","credentialFields":{"anyKey":"canary","pin":1234,"more":["canary"],"on":true}}`, `{"credentialFields":{"anyKey":"REDACTED-1","more":["REDACTED-1"],"on":true,"pin":"REDACTED-1"},"name":"n"}`},
		{"nothing to hide in nothing", plainJSON, `{"client_secret":null,"password":"","token":[]}`, `{"client_secret":null,"password":"","token":[]}`},
		{"other spellings", plainJSON, `{"Client-Secret":"canary","clientSecret":"canary","PRIVATE_KEY":"canary"}`, `{"Client-Secret":"REDACTED-1","PRIVATE_KEY":"REDACTED-1","clientSecret":"REDACTED-1"}`},
		{"a schema names secrets and has none", plainJSON, `{"properties":{"clientSecret":{"type":"string","title":"Client Secret"}},"required":["clientSecret"]}`, `{"properties":{"clientSecret":{"title":"Client Secret","type":"string"}},"required":["clientSecret"]}`},
		{"codes and states of objects stay", "application/problem+json", `{"code":"bad.credentials","reportedState":{"code":"ACTIVE"},"state":"on"}`, `{"code":"bad.credentials","reportedState":{"code":"ACTIVE"},"state":"on"}`},
		{"digits stay", plainJSON, `{"n":12345678901234567890.10}`, `{"n":12345678901234567890.10}`},
		{"an address with parameters", plainJSON, `{"u":"https://a.test/cb?code=canary&x=1#state=canary","snippet":"<script>&amp;</script>"}`, `{"snippet":"<script>&amp;</script>","u":"https://a.test/cb?code=REDACTED-1&x=1#state=REDACTED-1"}`},
		{"what a terminal would obey", plainJSON, `{"a\u001b[2J":"\u202eevil\u0007"}`, `{"a‹U+001B›[2J":"‹U+202E›evil‹U+0007›"}`},
		{"form", form, "grant_type=authorization_code&code=canary&code_verifier=canary&client_assertion=canary&redirect_uri=http%3A%2F%2Flocalhost%2F", `{"client_assertion":["REDACTED-1"],"code":["REDACTED-1"],"code_verifier":["REDACTED-1"],"grant_type":["authorization_code"],"redirect_uri":["http://localhost/"]}`},
	} {
		r := &redactor{numbers: map[string]int{}}
		for _, value := range []string{"canary", "canary1", "canary2", "canary3", "1234"} {
			r.numbers[value] = 1 // members come in no order, so numbers would neither
		}
		got, note := r.body(http.Header{"Content-Type": {tt.media}}, []byte(tt.body))
		assert.Check(t, is.Equal(string(got), tt.want), tt.name)
		assert.Check(t, is.Equal(note, ""), tt.name+", note")
	}
}

func TestRedactHeaders(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, value, want string }{
		{"Authorization", "SSWS canary", "SSWS REDACTED-1"},
		{"Authorization", "Bearer canary", "Bearer REDACTED-1"},
		{"Authorization", "canary", "REDACTED-1"},
		{"Proxy-Authorization", "Basic canary", "Basic REDACTED-1"},
		{"Dpop", "canary canary", "REDACTED-1"},
		{"Cookie", "sid=canary; b=c", "REDACTED-1"},
		{"Set-Cookie", "sid=canary; Path=/", "REDACTED-1"},
		{"Location", "https://a.test/?state=canary&x=1", "https://a.test/?state=REDACTED-1&x=1"},
		{"Link", `<https://a.test/apps?after=c1&limit=2>; rel="next"`, `<https://a.test/apps?after=c1&limit=2>; rel="next"`},
		{"X-Okta-Request-Id", "abc", "abc"},
		{"Via", "a\x1b[2J", "a‹U+001B›[2J"},
	} {
		got := new(redactor).headers(http.Header{tt.name: {tt.value}})
		assert.Check(t, is.DeepEqual(got, map[string][]string{tt.name: {tt.want}}), tt.name)
	}
}

func TestRedactURL(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"https://a.test/api/v1/apps?activate=true":           "https://a.test/api/v1/apps?activate=true",
		"https://a.test/api/v1/apps?q=chat&limit=100":        "https://a.test/api/v1/apps?limit=100&q=chat",
		"https://user:canary@a.test/a%2Fb?after=c1":          "https://a.test/a%2Fb?after=c1",
		"https://a.test/x?code=canary&token=canary":          "https://a.test/x?code=REDACTED-1&token=REDACTED-1",
		"https://a.test/x?Client-Secret=canary&state=canary": "https://a.test/x?Client-Secret=REDACTED-1&state=REDACTED-1",
		"https://a.test/x?u=https://b.test/?code=canary":     "https://a.test/x?u=https%3A%2F%2Fb.test%2F%3Fcode%3DREDACTED-1",
		"https://a.test/x#canary":                            "https://a.test/x",
	} {
		u, err := url.Parse(in)
		assert.NilError(t, err)
		assert.Check(t, is.Equal(new(redactor).url(u), want), in)
	}
}

func TestSameSecretSameNumber(t *testing.T) {
	t.Parallel()
	f, path := begin(t)
	x := call(t, http.MethodGet, "https://a.test/one", 200, `{"token":"first"}`)
	x.Sent.Header = http.Header{"Authorization": {"SSWS second"}}
	f.Record(x)
	x.Got.Body = []byte(`{"token":"second"}`)
	f.Record(x)
	lines := written(t, f, path)
	var got [2]exchange
	for i := range got {
		assert.NilError(t, json.Unmarshal([]byte(lines[i+1]), &got[i]))
	}
	assert.Check(t, is.DeepEqual(got[1].Request.Headers["Authorization"], got[0].Request.Headers["Authorization"]), "the header's number")
	assert.Check(t, is.Equal(string(got[0].Response.Body) == string(got[1].Response.Body), false), "another secret")
	assert.Check(t, is.Equal(string(got[1].Response.Body), `{"token":"`+got[0].Request.Headers["Authorization"][0][len("SSWS "):]+`"}`), "the same secret")
}

func TestBodiesThatAreNotWritten(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, media, body, want string }{
		{"a portal's page", "text/html; charset=utf-8", "<html>canary</html>", "not written: text/html, 19 bytes"},
		{"plain text", "text/plain", "token canary", "not written: text/plain, 12 bytes"},
		{"broken JSON", "application/json", `{"access_token":"canary"`, "not written: invalid JSON, 24 bytes"},
		{"two documents", "application/json", `{"a":1}{"access_token":"canary"}`, "not written: invalid JSON, 32 bytes"},
		{"a broken form", "application/x-www-form-urlencoded", "code=canary%zz", "not written: a form that can't be read, 14 bytes"},
		{"no type", "", "canary", "not written: no type, 6 bytes"},
		{"nothing", "text/html", "", ""},
	} {
		body, note := new(redactor).body(http.Header{"Content-Type": {tt.media}}, []byte(tt.body))
		assert.Check(t, is.Equal(note, tt.want), tt.name)
		assert.Check(t, is.Equal(string(body), ""), tt.name+", body")
	}
}

var _ apiclient.Recorder = (*File)(nil)

func TestLargeBodies(t *testing.T) {
	t.Parallel()
	list := func(elements, size int) string {
		element := fmt.Sprintf(`{"name":%q}`, strings.Repeat("x", size))
		return `{"entities":[` + strings.TrimSuffix(strings.Repeat(element+",", elements), ",") + `],"total":7}`
	}
	for _, tt := range []struct {
		name string
		body string
		kept int
		note string
	}{
		{"fits", list(100, 500), 100, ""},
		{"too many", list(300, 500), 64, "lists cut to 64 elements, 153624 bytes"},
		{"too large each", list(10, 20_000), 2, "lists cut to 2 elements, 200144 bytes"},
		{"one too large", list(1, 70_000), 0, "not written: too large, 70036 bytes"},
	} {
		got, note := new(redactor).body(http.Header{"Content-Type": {"application/json"}}, []byte(tt.body))
		assert.Check(t, is.Equal(note, tt.note), tt.name)
		assert.Check(t, len(got) <= maxBody, "%s: %d bytes", tt.name, len(got))
		var read struct {
			Entities []any
			Total    int
		}
		if len(got) > 0 {
			err := json.Unmarshal(got, &read)
			assert.Check(t, err == nil && read.Total == 7, "%s: total %d, %v", tt.name, read.Total, err)
		}
		assert.Check(t, is.Equal(len(read.Entities), tt.kept), tt.name+", elements")
	}
}
