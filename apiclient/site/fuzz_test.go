package site

import (
	"net/url"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient"
)

// FuzzPage: whatever a customer's page holds, what is found lies on it, in its order, and is fit to be shown.
func FuzzPage(f *testing.F) {
	f.Add(snippet)
	f.Add(`<base href="//[">` + strings.Repeat("<template>", 3) + provider + `</template><script src=" x.js" defer></script>`)
	f.Add(`<meta http-equiv=Content-Security-Policy content="script-src 'nonce-1' *.a ;;"><script nonce=1>/["'/]/*"` + "`${'\\'}")
	f.Add("<script>x(\"https:\\/\\/a\\/genesys-bootstrap\\/genesys.js\",{deploymentId:'\x1b[2J\u202e'")
	at, err := url.Parse("https://www.acme.test/chat")
	assert.NilError(f, err)
	f.Fuzz(func(t *testing.T, text string) {
		last := -1
		for _, s := range readHTML(at, text).scripts {
			if s.Offset <= last || !strings.HasPrefix(strings.ToLower(text[s.Offset:]), "<script") || s.URL != apiclient.Clean(s.URL) {
				t.Fatalf("a script at %d, after one at %d: %+v", s.Offset, last, s)
			}
			last = s.Offset
			code := uncommented(s.Text)
			assert.Check(t, len(code) == len(s.Text) && strings.Count(code, "\n") == strings.Count(s.Text, "\n"),
				"%q became %q without its comments", s.Text, code)
			for _, found := range snippetsIn(s, code, maxFound) {
				shown := found.ScriptURL + found.DeploymentID + found.Environment
				assert.Check(t, found.ScriptURL != "" && shown == apiclient.CleanLines(shown), "%+v", found)
			}
		}
	})
}
