package pagecode_test

import (
	"errors"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestGolden(t *testing.T) {
	t.Parallel()
	stepUp := facts()
	stepUp.StepUp = true
	for name, got := range map[string]string{
		"plugin.golden":   written(t, pagecode.Plugin, facts()),
		"step_up.golden":  written(t, pagecode.Plugin, stepUp),
		"complete.golden": written(t, pagecode.Complete, facts()),
	} {
		path := filepath.Join("testdata", name)
		if golden.FlagUpdate() {
			if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s differs (-want +got); after a wanted change: go test ./steps/pagecode -update\n%s", name, diff)
		}
	}
}

func TestCompleteHasThePluginRightAfterTheSnippet(t *testing.T) {
	t.Parallel()
	whole, plugin := written(t, pagecode.Complete, facts()), written(t, pagecode.Plugin, facts())
	head, _, _ := strings.Cut(whole, "</head>")
	_, after, found := strings.Cut(head, snippet)
	if !found || !strings.Contains(after, plugin) {
		t.Error("the snippet is not in the head as it is, with the plugin after it")
	}
	ours := strings.Replace(whole, snippet, "", 1)
	for _, never := range []string{"src=", "import ", "import(", "onclick", "innerHTML", "document.write", "eval("} {
		if strings.Contains(ours, never) {
			t.Errorf("the page needs something else, or turns text into code: %s", never)
		}
	}
	if lines := strings.Count(plugin, "\n"); lines > 175 {
		t.Errorf("%d lines are no small plugin", lines)
	}
}

var place = regexp.MustCompile(`@[a-zA-Z]+@`)

func TestEveryPlaceIsFilled(t *testing.T) {
	t.Parallel()
	f := facts()
	f.Snippet = "<script></script>"
	if left := place.FindString(written(t, pagecode.Complete, f)); left != "" {
		t.Errorf("%s is not filled in", left)
	}
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
		if n := strings.Count(whole, "<script"); n != 3 {
			t.Errorf("%q makes %d scripts of 3", hostile, n)
		}
		if !strings.Contains(whole, "<dd>"+html.EscapeString(hostile)+"</dd>") {
			t.Errorf("%q is not told as text", hostile)
		}
		compiles(t, inner)
	}
}

func TestUnfitFactsAreNamed(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*pagecode.Facts){
		"issuer":            func(f *pagecode.Facts) { f.Issuer = "" },
		"authorize address": func(f *pagecode.Facts) { f.AuthorizeURL = "javascript:alert(1)//" },
		"redirect URI":      func(f *pagecode.Facts) { f.RedirectURI = "/support" },
		"Okta org":          func(f *pagecode.Facts) { f.OktaURL = "acme.okta.com" },
		"client id":         func(f *pagecode.Facts) { f.ClientID = "" },
		"openid":            func(f *pagecode.Facts) { f.Scopes = []string{"email"} },
		"snippet":           func(f *pagecode.Facts) { f.Snippet = "\n" },
	} {
		f := facts()
		change(&f)
		_, err := pagecode.Complete(f)
		var told *explain.Error
		if !errors.As(err, &told) || !strings.Contains(told.Problem, name) || told.Fix == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
