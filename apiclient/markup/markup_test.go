package markup

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestFill(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ got, want HTML }{
		"text":         {Fill(`<p title="%s">%s</p>`, `"><script>`, "<b>&'"), `<p title="&#34;&gt;&lt;script&gt;">&lt;b&gt;&amp;&#39;</p>`},
		"HTML":         {Fill("<ul>%s</ul>", HTML("<li>")), "<ul><li></ul>"},
		"another type": {Fill("<p>%s</p>", []string{"<b>"}), "<p>[&lt;b&gt;]</p>"},
		"not a layout": {Fill("%s, %s", "%s", "%[1]d"), "%s, %[1]d"},
		"some":         {Some("<p>%s</p>", "<"), "<p>&lt;</p>"},
		"none":         {Some("<p>%s</p>", ""), ""},
	} {
		assert.Check(t, is.Equal(tt.got, tt.want), name)
	}
}
