package pagecode_test

import (
	"errors"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
	"gotest.tools/v3/golden"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/pagecode"
)

const snippet = `<script type="text/javascript" charset="utf-8">
  Genesys = function () { (Genesys.q = Genesys.q || []).push(arguments) }; // 'https://apps.mypurecloud.de' && "@issuer@"
</script>`

func facts() pagecode.Facts {
	return pagecode.Facts{
		Issuer:       "https://acme.okta.com/oauth2/default",
		AuthorizeURL: "https://acme.okta.com/oauth2/default/v1/authorize",
		ClientID:     "0oa1",
		RedirectURI:  "https://www.example.com/support",
		OktaURL:      "https://acme.okta.com/",
		Scopes:       []string{"openid", "email", "profile"},
		Snippet:      snippet,
		DeploymentID: "d-1",
	}
}

func written(t *testing.T, write func(pagecode.Facts) (string, error), f pagecode.Facts) string {
	t.Helper()
	text, err := write(f)
	assert.NilError(t, err)
	return text
}

func TestGolden(t *testing.T) {
	t.Parallel()
	stepUp := facts()
	stepUp.StepUp = true
	golden.Assert(t, written(t, pagecode.Plugin, facts()), "plugin.golden")
	golden.Assert(t, written(t, pagecode.Plugin, stepUp), "step_up.golden")
	golden.Assert(t, written(t, pagecode.Complete, facts()), "complete.golden")
}

func TestCompletePutsPluginAfterSnippet(t *testing.T) {
	t.Parallel()
	whole, plugin := written(t, pagecode.Complete, facts()), written(t, pagecode.Plugin, facts())
	head, _, _ := strings.Cut(whole, "</head>")
	_, after, found := strings.Cut(head, snippet)
	assert.Check(t, found && strings.Contains(after, plugin),
		"the snippet isn't in the head as it is, with the plugin after it")
	withoutSnippet := strings.Replace(whole, snippet, "", 1)
	for _, never := range []string{"src=", "import ", "import(", "onclick", "innerHTML", "document.write", "eval("} {
		assert.Check(t, !strings.Contains(withoutSnippet, never),
			"the page needs something else, or turns text into code: %s", never)
	}
	lines := strings.Count(plugin, "\n")
	assert.Check(t, lines <= 175, "%d lines are no small plugin", lines)
}

func TestNothingBreaksOutOfTheScript(t *testing.T) {
	t.Parallel()
	for _, hostile := range []string{"</script><script>alert(1)//", "<!--<script>", `"; alert(1); "`, `\"`, "'+alert(1)+'", "a\u2028b\u2029c", "@issuer@"} {
		f := facts()
		f.ClientID, f.DeploymentID, f.Scopes = hostile, hostile, []string{"openid", hostile}
		f.Issuer, f.RedirectURI = "https://acme.okta.com/"+hostile, "https://www.example.com/"+hostile
		plugin, whole := written(t, pagecode.Plugin, f), written(t, pagecode.Complete, f)
		inner := strings.TrimSuffix(strings.TrimPrefix(plugin, "<script>\n"), "</script>\n")
		if strings.ContainsAny(regexp.MustCompile(`(?s)const config = \{.*?\n  \};`).FindString(inner), "<>&\u2028\u2029") || strings.Contains(inner, "</script") {
			t.Errorf("%q gets into the script:\n%s", hostile, inner)
		}
		assert.Check(t, is.Equal(strings.Count(whole, "<script"), 3), "%q makes", hostile)
		assert.Check(t, is.Contains(whole, "<dd>"+html.EscapeString(hostile)+"</dd>"),
			"%q isn't told as text", hostile)
		compiles(t, inner)
	}
}

func TestUnfitFactsAreNamed(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*pagecode.Facts){
		"issuer":            func(f *pagecode.Facts) { f.Issuer = "" },
		"authorization URL": func(f *pagecode.Facts) { f.AuthorizeURL = "javascript:alert(1)//" },
		"redirect URI":      func(f *pagecode.Facts) { f.RedirectURI = "/support" },
		"Okta org":          func(f *pagecode.Facts) { f.OktaURL = "acme.okta.com" },
		"client ID":         func(f *pagecode.Facts) { f.ClientID = "" },
		"openid":            func(f *pagecode.Facts) { f.Scopes = []string{"email"} },
		"snippet":           func(f *pagecode.Facts) { f.Snippet = "\n" },
	} {
		f := facts()
		change(&f)
		_, err := pagecode.Complete(f)
		var failed *explain.Error
		assert.Check(t, errors.As(err, &failed) && strings.Contains(failed.Problem, name) && failed.Fix != "",
			"%s: %v", name, err)
	}
}

// node runs Node.js. Without it the test is skipped, or fails where everything is required.
func node(t *testing.T, environment string, arguments ...string) {
	t.Helper()
	path, err := exec.LookPath("node")
	if err != nil {
		assert.Equal(t, os.Getenv("MSGSSO_REQUIRE_ALL"), "", "Node.js is missing")
		t.Skip("the page's scripts are not tried without Node.js")
	}
	cmd := exec.CommandContext(t.Context(), path, arguments...)
	cmd.Env = append(os.Environ(), environment)
	out, err := cmd.CombinedOutput()
	assert.Check(t, err, string(out))
}

func write(t *testing.T, path, text string) {
	t.Helper()
	assert.NilError(t, os.WriteFile(path, []byte(text), 0o600))
}

// compiles has Node.js read a script.
func compiles(t *testing.T, script string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "script.js")
	write(t, path, script)
	node(t, "", "--check", path)
}

func TestScriptsCompile(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"plugin.js", "status.js"} {
		script, err := os.ReadFile(name)
		assert.NilError(t, err)
		compiles(t, string(script))
	}
}

// The plugin's own tests, with as much of a browser as it touches.
func TestPluginBehaves(t *testing.T) {
	t.Parallel()
	dir, stepUp, sendsIssuer := t.TempDir(), facts(), facts()
	stepUp.StepUp, sendsIssuer.SendsIssuer = true, true
	write(t, filepath.Join(dir, "plain.html"), written(t, pagecode.Plugin, facts()))
	write(t, filepath.Join(dir, "step-up.html"), written(t, pagecode.Plugin, stepUp))
	write(t, filepath.Join(dir, "sends-issuer.html"), written(t, pagecode.Plugin, sendsIssuer))
	node(t, "MSGSSO_PLUGINS="+dir, "--test", "testdata/plugin.test.mjs")
}
