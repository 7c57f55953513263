package transcript

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

// A secret that another service repeats, in whatever form and under whatever name, does not reach the file.
func TestSweep(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{"sweep-plain-secret-0001", `sweep/"quoted"\<&>+ =%secret`, "sweep\nlines\nöäü-secret"} {
		apiclient.NewSecret(secret)
		encoded := func(alphabet *base64.Encoding, before string) string {
			return alphabet.EncodeToString([]byte(before + secret + "tail"))
		}
		inside, _ := json.Marshal(map[string]string{"said": secret})
		for name, text := range map[string]string{
			"clear":            "it said " + secret + " loudly",
			"query":            "https://a.test/?x=" + url.QueryEscape(secret),
			"query, lower":     strings.ToLower("%") + lowerEscapes(url.QueryEscape(secret)),
			"path":             "/a/" + url.PathEscape(secret) + "/b",
			"JSON in a string": string(inside),
			"hex":              hex.EncodeToString([]byte(secret)),
			"HEX":              strings.ToUpper(hex.EncodeToString([]byte(secret))),
			"base64, aligned":  encoded(base64.StdEncoding, "abc"),
			"base64, by 1":     encoded(base64.StdEncoding, "abcd"),
			"base64, by 2":     encoded(base64.StdEncoding, "abcde"),
			"base64url":        encoded(base64.URLEncoding, "a"),
			"raw base64url":    encoded(base64.RawURLEncoding, "id:"),
		} {
			body, err := json.Marshal(map[string]string{"message": text})
			assert.NilError(t, err)
			f, path := begin(t)
			f.Record(call(t, http.MethodGet, "https://a.test/x", 400, string(body)))
			line := written(t, f, path)[1]
			var read struct {
				Response struct{ Body struct{ Message string } }
			}
			assert.NilError(t, json.Unmarshal([]byte(line), &read))
			message := read.Response.Body.Message
			assert.Check(t, strings.Contains(message, "REDACTED-") && !strings.Contains(line, secret),
				"%q, %s: %s", secret, name, message)
		}
	}
}

func TestSweepLeavesTheRest(t *testing.T) {
	t.Parallel()
	apiclient.NewSecret("sweep-longer-than-the-other-1")
	apiclient.NewSecret("sweep-longer-than")
	apiclient.NewSecret("message") // shorter than any real one: a word of the transcript itself
	apiclient.Unguarded("0oa-public-client-id")
	f, path := begin(t)
	f.Record(call(t, http.MethodGet, "https://a.test/x", 200,
		`{"message":"a sweep-longer-than-the-other-1 b sweep-longer-than c 0oa-public-client-id eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln d"}`))
	var read struct {
		Response struct{ Body struct{ Message string } }
	}
	assert.NilError(t, json.Unmarshal([]byte(written(t, f, path)[1]), &read))
	words := strings.Fields(read.Response.Body.Message)
	for i, word := range words {
		if strings.HasPrefix(word, "REDACTED-") && !strings.Contains(word[len("REDACTED-"):], "-") {
			words[i] = "*"
		}
	}
	assert.Check(t, is.Equal(strings.Join(words, " "), "a * b * c 0oa-public-client-id * d"), "message")
}
