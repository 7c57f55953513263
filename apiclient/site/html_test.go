package site

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestSnippetsInAllTheirForms(t *testing.T) {
	t.Parallel()
	const (
		address = "https://apps.mypurecloud.de/genesys-bootstrap/genesys.min.js"
		id      = "3761bdd3-8876-4087-b514-98d6bdf6b003"
	)
	for name, text := range map[string]string{
		"as it is given": snippet,
		"minified":       `<script>!function(g,e,n,es,ys){g._genesysJs=e}(window,"Genesys","` + address + `",{environment:"prod-euc1",deploymentId:"` + id + `"});</script>`,
		"quoted members": `<SCRIPT NONCE=x>x(window,"Genesys","` + address + "\",{\n \"deploymentId\" : `" + id + "`,\n'environment':'prod-euc1', debug: true})</SCRIPT >",
		"escaped":        `<script>x("` + strings.ReplaceAll(address, "/", `\/`) + `",{environment:'prod-euc1',deploymentId:'` + id + `'})</script>`,
		"with comments": `<script>/* ours: deploymentId: 'old' */ x('` + address + `', { // environment: 'prod'
			environment: 'prod-euc1', /* deploymentId: 'old', */ deploymentId: '` + id + `' })</script>`,
		"after an expression": `<script>a = b.replace(/'/g, "") / 2; if (/["'/]\/*/.test(a)) { return /"/ } x('` + address + `',{environment:'prod-euc1',deploymentId:'` + id + `'})</script>`,
	} {
		p := page(t, text, nil)
		if len(p.Snippets) != 1 {
			t.Errorf("%s: %d snippets", name, len(p.Snippets))
			continue
		}
		got := p.Snippets[0]
		assert.Check(t, is.DeepEqual([]string{got.ScriptURL, got.Environment, got.DeploymentID}, []string{address, "prod-euc1", id}), name)
	}
}

func TestSnippetLookalikes(t *testing.T) {
	t.Parallel()
	inner := snippet[strings.Index(snippet, "\n"):strings.LastIndex(snippet, "<")]
	for name, text := range map[string]string{
		"in a comment of the page":   "<!-- " + snippet + " -->",
		"in a comment of the script": "<script>/*" + inner + "*/</script>",
		"in a text area":             "<textarea>" + snippet + "</textarea>",
		"in a template":              "<template>" + snippet + "<template></template>" + provider + "</template>",
		"without scripts":            "<noscript>" + snippet + "</noscript>",
		"as text":                    "<p>" + inner + "</p>",
		"beside a file":              `<script src="data:,">` + inner + "</script>",
	} {
		p := page(t, text, nil)
		assert.Check(t, is.Equal(len(p.Snippets)+len(p.Plugins), 0), "%s: got %+v", name, p)
	}
}

func TestSeveralSnippets(t *testing.T) {
	t.Parallel()
	other := strings.ReplaceAll(snippet, "3761bdd3", "\u001b[2J")
	p := page(t, `<p>é</p>`+snippet+`<script type="text/plain">`+strings.TrimPrefix(other, `<script type="text/javascript" charset="utf-8">`)+
		`<script>x("https://apps.usw2.pure.cloud/genesys-bootstrap/genesys.min.js")</script>`, nil)
	assert.Assert(t, is.Len(p.Snippets, 3))
	for i, want := range []Snippet{
		{DeploymentID: "3761bdd3-8876-4087-b514-98d6bdf6b003", Script: Script{Offset: len("<p>é</p>")}},
		{DeploymentID: "‹U+001B›[2J-8876-4087-b514-98d6bdf6b003", Script: Script{Offset: len("<p>é</p>") + len(snippet)}},
		{DeploymentID: ""},
	} {
		got := p.Snippets[i]
		if got.DeploymentID != want.DeploymentID || i < 2 && got.Offset != want.Offset {
			t.Errorf("snippet %d: %q, at %d; want %+v", i, got.DeploymentID, got.Offset, want)
		}
	}
}

func TestWhenScriptsRun(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string]Script{
		`<script>`:                             {},
		`<script defer>`:                       {},
		`<script type=" Module ">`:             {Later: true},
		`<script nonce="n1">`:                  {Nonce: "n1"},
		`<script src="https://a.test/" async>`: {URL: "https://a.test/", Later: true},
		`<script src="https://[">`:             {URL: "about:invalid"},
	} {
		scripts := readHTML(parsedURL(t, "https://www.acme.test/"), tag+"</script>").scripts
		assert.Check(t, is.DeepEqual(scripts, []Script{want}), tag)
	}
}

func TestPluginsInAllTheirForms(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		provider: 1,
		"<script>Genesys(`registerPlugin`,\n 'AuthProvider', f)</script>":    1,
		`<script>window.Genesys("registerPlugin","AuthProvider",f)</script>`: 1,
		`<script>Genesys('registerPlugin', 'Other', f)</script>`:             0,
		`<script>// Genesys('registerPlugin', 'AuthProvider', f)</script>`:   0,
	} {
		assert.Check(t, is.Len(page(t, text, nil).Plugins, want), text)
	}
}
