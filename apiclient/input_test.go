package apiclient

import (
	"fmt"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestReadInput(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]struct{ text, note, err string }{
		"":                         {},
		"Müller's \"Chat\" 日本":     {text: "Müller's \"Chat\" 日本"},
		"\"A\" and \"B\"":          {text: "\"A\" and \"B\""},
		"'90s music":               {text: "'90s music"},
		"Chat 👩\u200d💻 ❤\ufe0f":    {text: "Chat 👩\u200d💻 ❤\ufe0f"},
		"\"":                       {text: "\""},
		" 00canary\r\n":            {"00canary", "Removed around it: line breaks, spaces.", ""},
		"\"00canary\"":             {"00canary", "Removed around it: quotation marks.", ""},
		"' \"00canary\" '":         {"00canary", "Removed around it: quotation marks, spaces.", ""},
		"“00canary”":               {"00canary", "Removed around it: quotation marks.", ""},
		"„00canary“":               {"00canary", "Removed around it: quotation marks.", ""},
		"«\u00a000canary\u00a0»":   {"00canary", "Removed around it: a no-break space (U+00A0), quotation marks.", ""},
		"\ufeff00canary":           {"00canary", "Removed around it: a byte order mark (U+FEFF).", ""},
		"\u200b\"00canary\u200e\"": {"00canary", "Removed around it: a left-to-right mark (U+200E), a zero-width space (U+200B), quotation marks.", ""},
		"\u202e00canary\u202c":     {"00canary", "Removed around it: a bidirectional control (U+202C), a bidirectional control (U+202E).", ""},
		"can\u200bary":             {"can\u200bary", "", "has a zero-width space (U+200B)"},
		"can\ufeffary":             {"can\ufeffary", "", "has a byte order mark (U+FEFF)"},
		"can\u202eary":             {"can\u202eary", "", "has a bidirectional control (U+202E)"},
		"can\u00a0ary":             {"can\u00a0ary", "", "has a no-break space (U+00A0)"},
		"can\nary":                 {"can\nary", "", "has a line break (U+000A)"},
		"can\tary":                 {"can\tary", "", "has a tab (U+0009)"},
		"\x1b[200~canary":          {"\x1b[200~canary", "", "has a control character (U+001B)"},
		"can\u3164ary":             {"can\u3164ary", "", "has an invisible character (U+3164)"},
		"can\xffary":               {"can\xffary", "", "has a character that isn't UTF-8"},
		"a\u200db":                 {"a\u200db", "", "has a zero-width joiner (U+200D)"},
	} {
		text, note, err := ReadInput(raw)
		got := []string{text, note, strings.TrimPrefix(fmt.Sprint(err), "<nil>")}
		assert.Check(t, is.DeepEqual(got, []string{want.text, want.note, want.err}), "%q", raw)
	}
	text, note, err := ReadLines("\ufeff'-----BEGIN X-----\r\nAAAA\n-----END X-----'\n")
	assert.NilError(t, err)
	assert.Check(t, is.Equal(text, "-----BEGIN X-----\r\nAAAA\n-----END X-----"))
	assert.Check(t, is.Equal(note, "Removed around it: a byte order mark (U+FEFF), line breaks, quotation marks."))
}

// FuzzReadInput: what was read is read again as the same, a clean value stays, and no character stays that an error names.
func FuzzReadInput(f *testing.F) {
	for _, seed := range []string{
		"\"00canary\"", "'00canary'", "\ufeff00canary", "\u200b00canary\u200b", "SSWS 00canary", "https://www.exa\u200bmple.com/", "\u202ehttps://www.example.com/",
		"Sales, EMEA", "\"Sales, EMEA\", Support", "~/x.html", "-----BEGIN PRIVATE KEY-----\\r\\nAAAA", "\u00a0x\u00a0\r\n", "“«x»”", "\"\" ", "Chat 👩\u200d💻", "\xff", "'\"'",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		text, note, err := ReadInput(raw)
		again, more, err2 := ReadInput(text)
		if again != text || more != "" || fmt.Sprint(err) != fmt.Sprint(err2) {
			t.Errorf("%q is %q, then %q with the note %q: %v, %v", raw, text, again, more, err, err2)
		}
		if (note == "") != (text == raw) || !strings.Contains(raw, text) {
			t.Errorf("%q became %q with the note %q", raw, text, note)
		}
		if err == nil && strings.ContainsAny(text, "\x00\x1b\r\n\t\u00a0\u200b\u200e\u202e\u2066\ufeff") {
			t.Errorf("%q became %q without an error", raw, text)
		}
		if lines, _, _ := ReadLines(raw); lines != text {
			t.Errorf("%q is %q as lines", text, lines)
		}
	})
}
