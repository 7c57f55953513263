package report

import (
	"cmp"
	"slices"
	"strings"

	"msgsso-wizard/steps/engine"
)

// Marks are the signs that begin a line. None of them needs color.
type Marks struct {
	Create, Update, Reuse, Delete, Wait, Done, Checked, OK, Failed, Warning, Note, Skipped string
}

// marks are those of a locale, spelled or not and with UTF-8 or not.
var marks = map[struct{ spelled, utf8 bool }]Marks{
	{false, true}:  {Create: "+", Update: "~", Reuse: "=", Delete: "-", Wait: "…", Done: "✓", Checked: "✓", OK: "✓", Failed: "✗", Warning: "!", Note: "!", Skipped: "◌"},
	{false, false}: {Create: "+", Update: "~", Reuse: "=", Delete: "-", Wait: "...", Done: "ok", Checked: "ok", OK: "ok", Failed: "failed", Warning: "!", Note: "!", Skipped: "?"},
	{true, true}:   {Create: "+ new", Update: "~ change", Reuse: "= already set", Delete: "- delete", Wait: "… waiting", Done: "✓ done", Checked: "✓ checked", OK: "✓ passed", Failed: "✗ failed", Warning: "! warning", Note: "! note", Skipped: "◌ skipped"},
	{true, false}:  {Create: "+ new", Update: "~ change", Reuse: "= already set", Delete: "- delete", Wait: "waiting", Done: "done", Checked: "checked", OK: "passed", Failed: "failed", Warning: "! warning", Note: "! note", Skipped: "skipped"},
}

// NewMarks returns the marks for a reader: with a word next to each sign when spelled, and without a
// character beyond ASCII unless the locale is UTF-8.
func NewMarks(spelled, utf8 bool) Marks { return marks[struct{ spelled, utf8 bool }{spelled, utf8}] }

// UTF8 reports whether a terminal shows UTF-8. The first of LC_ALL, LC_CTYPE and LANG that is set decides (POSIX, environment
// variables, 8.2). Windows sets none of them, and its console shows UTF-8.
func UTF8(lookup func(string) (string, bool), system string) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale, _ := lookup(name); locale != "" {
			locale = strings.ToUpper(locale)
			return strings.Contains(locale, "UTF-8") || strings.Contains(locale, "UTF8")
		}
	}
	return system == "windows"
}

// Of returns the mark of a verb.
func (m Marks) Of(v engine.Verb) string {
	return cmp.Or(map[engine.Verb]string{engine.Create: m.Create, engine.Update: m.Update, engine.Remove: m.Delete}[v], m.Reuse)
}

// line joins the parts that are not empty by two blanks, so that the eye finds the columns.
func line(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), "  ")
}
