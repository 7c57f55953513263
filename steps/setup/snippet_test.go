package setup

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"msgsso-wizard/apiclient/simulator"
)

var deploymentOf = regexp.MustCompile(`deploymentId: '(.{8}).*?'`)

// TestOddSnippets: a snippet goes into a page as it is, so what is odd about it is said, and none steers a terminal.
func TestOddSnippets(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		edit  func(body string) string
		warns string
	}{
		"as it is": {func(body string) string { return body }, ""},
		"hidden characters": {func(body string) string {
			return strings.Replace(body, `"snippet":"`, `"snippet":"\u001b]52;c;AAAA\u0007\u202e\u009b2J`, 1)
		}, "has characters that nobody would see"},
		"another deployment": {func(body string) string { return deploymentOf.ReplaceAllString(body, "deploymentId: '${1}0'") }, "does not name this deployment"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, session := world(t, simulator.Options{Seed: 6, WrapGenesys: edited(deploymentPath, func(_ http.Header, body string) string { return tt.edit(body) })})
			mustRun(t, session)
			r := session.Result(0)
			if got := strings.Join(r.Warnings, " "); !strings.Contains(got, tt.warns) || tt.warns == "" && got != "" {
				t.Errorf("warns %q, want %q", got, tt.warns)
			}
			for _, c := range r.Snippet {
				if unicode.IsControl(c) && c != '\n' && c != '\r' && c != '\t' || unicode.Is(unicode.Cf, c) {
					t.Errorf("%q in the snippet %q", c, r.Snippet)
				}
			}
		})
	}
}
