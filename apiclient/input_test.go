package apiclient

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/testkit/cases"
)

func TestReadInput(t *testing.T) {
	t.Parallel()
	cases.Check(t, "input.txt", func(in ...string) string {
		text, note, err := ReadInput(in[0])
		if err != nil {
			return fmt.Sprintf("%q ✗ %v", text+note, err)
		}
		return strconv.Quote(text) + " " + note
	})
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
