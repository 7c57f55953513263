package callback

import (
	"strconv"
	"strings"
	"testing"
	"unicode"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/testkit/cases"
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
	cases.Check(t, "targets.txt", func(in ...string) string {
		p, _ := parseTarget(in[0])
		assert.Check(t, is.Equal(CanListen(in[0]), p.port > 0), in[0])
		return strconv.Itoa(p.port)
	})
}
