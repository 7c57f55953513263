package callback

import (
	"strings"
	"testing"
	"unicode"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// FuzzReadAnswer: what is taken has a state, and either a code or an error, of a length and in characters that
// can be shown.
func FuzzReadAnswer(f *testing.F) {
	for _, seed := range []string{
		"", "code=c&state=s", "code=c&state=s&iss=https%3A%2F%2Fidp", "error=access_denied&error_description=%3Cb%3E%1b&state=s",
		"code=c&code=d&state=s", "code=c&error=e&state=s", "code=%zz&state=s", "state=s;code=c", "code=%00&state=%ff&iss=%e2%80%ae", "&&==&state",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		a, err := parseResponse(query)
		if err != nil {
			assert.Check(t, is.Equal(a, (answer{})), "refused %q, and gives something", query)
			return
		}
		if a.state == "" || (a.code == "") == (a.response.Error == "") || len(a.state) > 512 || len(a.code) > 4096 || !a.response.Code.Empty() {
			t.Errorf("took %q", query)
		}
		for _, text := range []string{a.response.Issuer, a.response.Error, a.response.Description} {
			assert.Check(t, !strings.ContainsFunc(text, unicode.IsControl) && len(text) <= 10_000, "text %q", text)
		}
	})
}

func TestCanListen(t *testing.T) {
	t.Parallel()
	for redirectURI, want := range map[string]int{
		"http://localhost:8080/":            8080,
		"http://localhost:8080":             8080,
		"http://LOCALHOST/":                 80,
		"http://127.0.0.1:3000/chat/?a=b":   3000,
		"http://[::1]:3000/":                3000,
		"https://localhost:8080/":           0,
		"https://www.acme.test/chat":        0,
		"http://www.acme.test/":             0,
		"http://localhost.acme.test/":       0,
		"http://127.0.0.2/":                 0,
		"http://localhost:0/":               0,
		"http://localhost:99999/":           0,
		"http://me@localhost:8080/":         0,
		"http://localhost:8080/#part":       0,
		"http://localhost:8080/\x7f":        0,
		"ftp://localhost/":                  0,
		"localhost:8080":                    0,
		"":                                  0,
		"http://":                           0,
		"http://localhost:eighty/":          0,
		"com.acme.app://localhost/callback": 0,
	} {
		p, _ := parseTarget(redirectURI)
		assert.Check(t, is.Equal(p.port, want))
		assert.Check(t, is.Equal(CanListen(redirectURI), want > 0))
	}
}
