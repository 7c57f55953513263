package style

import (
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/net/html"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/pagecode"
)

const snippet = `<script type="text/javascript" charset="utf-8">
  (function (g, e, n, es, ys) {
    g['_genesysJs'] = e;
    g[e] = g[e] || function () {
      (g[e].q = g[e].q || []).push(arguments)
    };
    ys = document.createElement('script'); ys.async = 1; ys.src = n; ys.charset = 'utf-8'; document.head.appendChild(ys);
  })(window, 'Genesys', 'https://apps.mypurecloud.de/genesys-bootstrap/genesys.min.js', {
    deploymentId: '0f3c1a52; 7b6e, 4c43 = 9f0e'
  });
</script>
`

// jsToken is a string, a comment, a word, or one character; blanks between them are no tokens.
var jsToken = regexp.MustCompile("(?s)\\\\.|\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\\n])*'|`(?:\\\\.|[^`\\\\])*`|//[^\n]*|/\\*.*?\\*/|[\\w$]+|\\S")

// tokens are what a browser makes of a page's source. Of a comment they are the words, wherever its lines end.
func tokens(source string) []string {
	var all []string
	for z := html.NewTokenizer(strings.NewReader(source)); z.Next() != html.ErrorToken; {
		if token := z.Token(); token.Type == html.TextToken {
			for _, t := range jsToken.FindAllString(token.Data, -1) {
				if comment, ok := strings.CutPrefix(t, "//"); ok {
					all = append(all, strings.Fields(comment)...)
				} else {
					all = append(all, t)
				}
			}
		} else {
			all = append(all, token.String())
		}
	}
	return all
}

// goesOn is the end of a line after which a statement, or a tag, cannot have ended.
var goesOn = regexp.MustCompile(`[;,{=|&+\-*?:<>%!]$|="[^"]*"$`)

func plugin(t *testing.T) string {
	t.Helper()
	text, err := pagecode.Plugin(pagecode.Facts{
		Issuer: "https://acme.okta.com/oauth2/default", AuthorizeURL: "https://acme.okta.com/oauth2/default/v1/authorize", ClientID: "0oa1x2y3z4",
		RedirectURI: "https://www.acme.test/", OktaURL: "https://acme.okta.com", Scopes: []string{"openid"}, DeploymentID: "0f3c1a52-7b6e-4c43-9f0e-5d8a1b2c3d4e",
	})
	assert.NilError(t, err)
	return text
}

func TestFoldedCodeStillRuns(t *testing.T) {
	tricky := "<script>\n  const a = b / c; d = /[/'; ]; /g, e = `one; two\n  three, four, five, six`; /* seven, eight\n nine, ten, eleven */ f = i++ + 1; // twelve, thirteen\n</script>\n<p>one; two, three, four, five, six, seven</p>\n"
	for name, source := range map[string]string{"snippet": snippet, "plugin": plugin(t), "tricky": tricky} {
		for _, cells := range []int{12, 24, 40, 60, 80, 100} {
			var f folder
			var lines []string
			for line := range strings.SplitSeq(source, "\n") {
				rows, fits := f.fold(line, cells)
				lines = append(lines, rows...)
				for i, row := range rows {
					assert.Check(t, !fits || ansi.StringWidth(row) <= cells, "%s at %d: %q", name, cells, row)
					assert.Check(t, i == len(rows)-1 || goesOn.MatchString(row) || strings.HasPrefix(strings.TrimSpace(rows[i+1]), "//"), "%s at %d: broken after %q", name, cells, row)
				}
			}
			assert.Check(t, is.DeepEqual(tokens(strings.Join(lines, "\n")), tokens(source)), "%s at %d", name, cells)
			assert.Check(t, name != "tricky" || strings.Contains(strings.Join(lines, "\n"), "/[/'; ]; /g"), "broken within a regular expression")
		}
	}
}

// TestPluginFits: nothing of the page code is cut in a window of 80 columns.
func TestPluginFits(t *testing.T) {
	p := &Pen{Glyphs: UnicodeGlyphs, Theme: PlainTheme()}
	lines := (&Code{Name: "page code", Text: plugin(t)}).Draw(p, 80, 1000)
	for _, line := range lines {
		assert.Check(t, !strings.Contains(line, UnicodeGlyphs.More), line)
	}
	assert.Check(t, !strings.Contains(lines[len(lines)-1], " cut"), lines[len(lines)-1])
}

func TestCodeBlock(t *testing.T) {
	p := &Pen{Glyphs: UnicodeGlyphs, Theme: PlainTheme()}
	for _, c := range []struct {
		cells, room int
		want        []string
	}{
		{120, 99, []string{"── snippet ─", " 11 lines ──", "── w shows it whole · c copies all ──"}},
		{80, 99, []string{
			"    ys = document.createElement('script'); ys.async = 1; ys.src = n;", "        ys.charset = 'utf-8'; document.head.appendChild(ys);",
			"  })(window, 'Genesys',", "── 2 lines folded ──",
		}},
		{80, 10, []string{"── ↓ 4 more · line 7 folded ─"}},
		{40, -3, []string{"── snippet ", "↓ 9 more"}},
		{40, 8, []string{"<script type=\"text/javascript\"\n    charset=\"utf-8\">\n", "── ↓ 7 more ──────── w shows it whole ──"}},
		{40, 99, []string{"      'https://apps.mypurecloud.de/gene…", "2 lines cut"}},
	} {
		lines := (&Code{Name: "snippet", Text: snippet}).Draw(p, c.cells, c.room)
		text := ansi.Strip(strings.Join(lines, "\n"))
		for _, want := range c.want {
			assert.Check(t, is.Contains(text, want), "%d cells, %d rows", c.cells, c.room)
		}
		assert.Check(t, len(lines) <= max(LeastCode, c.room), "%d rows in %d:\n%s", len(lines), c.room, text)
		for _, line := range lines {
			assert.Check(t, ansi.StringWidth(line) <= c.cells, "%q", line)
		}
	}
}

// TestScrolledCodeCountsLines above and below what is in sight, and keeps both rules.
func TestScrolledCodeCountsLines(t *testing.T) {
	p := &Pen{Glyphs: UnicodeGlyphs, Theme: PlainTheme()}
	c := &Code{Name: "snippet", Text: snippet}
	for _, step := range []struct{ key, top, bottom string }{
		{"", " 11 lines ──", "── ↓ 7 more ─"},
		{"down", "↑ 1 more · 11 lines ──", "── ↓ 6 more ─"},
		{"end", "↑ 8 more · 11 lines ──", "── line 8 folded ─"},
		{"home", "── 11 lines ──", "── ↓ 7 more ─"},
		{"up", "── 11 lines ──", "── ↓ 7 more ─"},
		{"pgdown", "↑ 3 more · 11 lines ──", "── ↓ 5 more · line 7 folded ─"},
	} {
		assert.Check(t, is.Equal(c.Scroll(step.key), step.key != ""))
		lines := c.Draw(p, 80, 6)
		assert.Check(t, is.Len(lines, 6), step.key)
		assert.Check(t, is.Contains(lines[0], step.top), step.key)
		assert.Check(t, is.Contains(lines[5], step.bottom), step.key)
	}
	assert.Check(t, !c.Scroll("c"))
}
