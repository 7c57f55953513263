package apiclient

import (
	"strings"
	"testing"
	"unicode/utf8"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestClean(t *testing.T) {
	t.Parallel()
	const acute = "\u0301"
	for in, want := range map[string]string{
		"":                              "",
		"Müller 日本 ✓ مرحبا שלום":        "Müller 日本 ✓ مرحبا שלום",
		"a\x00b":                        "a‹U+0000›b",
		"\x1b[2J\x1b]52;c;Zm9v\a":       "‹U+001B›[2J‹U+001B›]52;c;Zm9v‹U+0007›",
		"a\r\nb\tc\x7f":                 "a‹U+000D›‹U+000A›b‹U+0009›c‹U+007F›",
		"\u009b31m\u0085":               "‹U+009B›31m‹U+0085›",
		"\x9b31m":                       "‹0x9B›31m",
		"a\xff\xfeb":                    "a‹0xFF›‹0xFE›b",
		"real\ufffd":                    "real\ufffd",
		"x\u202ey\u202a\u2066\u2069":    "x‹U+202E›y‹U+202A›‹U+2066›‹U+2069›",
		"\u200e\u200f\u061c":            "‹U+200E›‹U+200F›‹U+061C›",
		"a\u200bb\u200cc\u200dd":        "a‹U+200B›b‹U+200C›c‹U+200D›d",
		"a\u2060\ufeff\u00ad":           "a‹U+2060›‹U+FEFF›‹U+00AD›",
		"a\u2028b\u2029":                "a‹U+2028›b‹U+2029›",
		"\U000e0041":                    "‹U+E0041›",
		"👩\u200d💻 👩🏽\u200d💻":            "👩\u200d💻 👩🏽\u200d💻",
		"❤\ufe0f\u200d🔥":                "❤\ufe0f\u200d🔥",
		"👩\u200d":                       "👩‹U+200D›",
		"\u200d👩":                       "‹U+200D›👩",
		"e" + strings.Repeat(acute, 4):  "e" + strings.Repeat(acute, 4),
		"e" + strings.Repeat(acute, 99): "e" + strings.Repeat(acute, 4),
		"e" + strings.Repeat(acute, 9) + "f" + acute:   "e" + strings.Repeat(acute, 4) + "f" + acute,
		strings.Repeat("é", 2000):                      strings.Repeat("é", 2000),
		strings.Repeat("é", 2001):                      strings.Repeat("é", 1999) + "…",
		strings.Repeat("é", 1<<20):                     strings.Repeat("é", 1999) + "…",
		strings.Repeat("a", 1995) + "\x00" + "bbbbbbb": strings.Repeat("a", 1995) + "…",
	} {
		got := Clean(in)
		assert.Check(t, is.Equal(got, want), "%.40q:\ngot", in)
		if again := Clean(got); again != got || !utf8.ValidString(got) || utf8.RuneCountInString(got) > 2000 {
			t.Errorf("%.40q: cleaned twice it is %.80q", in, again)
		}
	}
}

func TestCleanLines(t *testing.T) {
	t.Parallel()
	snippet := "<script type=\"text/javascript\">\r\n\t(function (g, e) {\n  '…'  \n})\n</script>\n" + strings.Repeat("x", 5000)
	for in, want := range map[string]string{
		snippet:        snippet,
		"a\rb\n\rc\r":  "a‹U+000D›b\n‹U+000D›c‹U+000D›",
		"\x1b[A\u202e": "‹U+001B›[A‹U+202E›",
	} {
		assert.Check(t, is.Equal(CleanLines(in), want), "%.40q", in)
	}
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"a\x1b[2J", "👩\u200d💻", "\xff\u202e", "e\u0301\u0301\u0301\u0301\u0301"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		if strings.ContainsAny(got, "\x00\x1b\r\n\t\u202e\u200b\ufeff") || !utf8.ValidString(got) || utf8.RuneCountInString(got) > 2000 {
			t.Errorf("%q becomes %q", s, got)
		}
	})
}
