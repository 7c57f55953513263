package report_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/wizard/report"
)

func TestWrap(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"fits", "Everything fits here\n", "Everything fits here\n"},
		{"exactly", "12345678901234567890\nx", "12345678901234567890\nx"},
		{"prose", "This line is far too long for it.\n", "This line is far too\nlong for it.\n"},
		{"the text stands beside its mark", "✗ Genesys Cloud does not answer.\n", "✗ Genesys Cloud does\n  not answer.\n"},
		{"an indent is kept", "  Run the wizard again when you like.\n", "  Run the wizard\n  again when you\n  like.\n"},
		{"a number in a list", "  12 Everyone\n  1  Everyone in the org\n", "  12 Everyone\n  1  Everyone in the\n     org\n"},
		{"columns", "  + deployment  Web SSO  d1\n", "  + deployment  Web\n    SSO  d1\n"},
		{"an address stays whole", "See https://acme.okta.com/activate now\n", "See\nhttps://acme.okta.com/activate\nnow\n"},
		{"an address after its indent", "  https://acme.okta.com/activate\n", "  https://acme.okta.com/activate\n"},
		{"an endless word", "  1  ab" + strings.Repeat("x", 40) + " cd\n", "  1  abxxxxxxxxxxxxx\n     xxxxxxxxxxxxxxx\n     xxxxxxxxxxxx cd\n"},
		{"an endless word after another", "Okta has xxxxxxxxxxxxxxxxxxxxxxxxx\n", "Okta has xxxxxxxxxxx\nxxxxxxxxxxxxxx\n"},
		{"endless wide signs", "日本語日本語日本語日本語 x\n", "日本語日本語日本語日\n本語 x\n"},
		{"no room for the break", "                   xxx\n", "                   xxx\n"},
		{"a prompt keeps its blank", "Apply these changes? [Y/n/edit/back/manual] ", "Apply these changes?\n[Y/n/edit/back/manual] "},
		{"wide signs count twice", "日本語 日本語 日本語 日本語\n", "日本語 日本語 日本語\n日本語\n"},
		{"an empty line", "\n\n", "\n\n"},
	} {
		var out bytes.Buffer
		n, err := io.WriteString(report.Wrap(&out, func() int { return 20 }), c.text)
		assert.Check(t, n == len(c.text) && err == nil, "%s: wrote %d, %v", c.name, n, err)
		assert.Check(t, is.DeepEqual(out.String(), c.want), c.name)
	}
	var out bytes.Buffer
	long := strings.Repeat("word ", 100)
	_, _ = io.WriteString(report.Wrap(&out, func() int { return 0 }), long)
	assert.Check(t, is.Equal(out.String(), long), "wrapped without a terminal")
}
