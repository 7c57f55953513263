//go:build linux

package e2e

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/testkit/eventually"
	"msgsso-wizard/steps/guide"
)

// TestHostileNamesInPlainMode: line by line on a terminal, every list of names is plain text that fits.
func TestHostileNamesInPlainMode(t *testing.T) {
	t.Parallel()
	for turn, columns := range []int{80, 40} {
		environ, things := hostileOrgs(t)
		args, _ := hostileFlags(things, turn)
		tt := onTerminalOf(t, columns, 50, environ, append(args, "--plain")...)
		tt.play(func(string) string { return "\n" })
		tt.ends(0)
		raw := tt.raw.String()
		text := strings.ReplaceAll(raw, "\r\n", "\n")
		harmless(t, text)
		for kind, name := range hostileNames {
			if shown := strings.Count(text, lead(name, 20)); shown < 5 {
				t.Errorf("%s: %q is shown %d times", kind, lead(name, 20), shown)
			}
		}
		for l := range strings.SplitSeq(text[:strings.Index(text, "<script ")], "\n") {
			l, _, _ = strings.Cut(l, "] ") // after a prompt, the line end is the one that is typed
			cells := ansi.StringWidth(l)
			assert.Check(t, cells <= columns || strings.Contains(l, "://"), "%d cells of %d: %q", cells, columns, l)
		}
	}
}

// TestHostileNamesOnFullScreen walks through every section and its questions: names are drawn as text, and the
// terminal is sent nothing but what draws.
func TestHostileNamesOnFullScreen(t *testing.T) {
	t.Parallel()
	for turn, columns := range []int{80, 40} {
		environ, things := hostileOrgs(t)
		args, _ := hostileFlags(things, turn)
		tt := onTerminalOf(t, columns, 60, environ, args...)
		tt.sees("start")
		for _, section := range guide.Sections()[:5] {
			title := section.Why[:15]
			tt.press(enter, title, "   enter ")
			tt.throughFields()
			switch section.ID {
			case guide.SectionOkta: // what comes first is reviewed first
				tt.sees(title, "review all")
				tt.press(enter, "Review ", "enter apply")
				tt.press(enter)
			case guide.SectionGenesys: // nothing is to be done
			default:
				tt.sees(title, "enter apply")
				tt.press(enter)
			}
			tt.sees(title, "enter next", " k keys") // which no form has
		}
		tt.press(enter, "copy")
		tt.press("\x03")
		tt.ends(130)
		raw := tt.raw.String()
		for kind, name := range hostileNames {
			if kind == "combining" {
				name = "algo" // the marks before it may be left out
			}
			assert.Check(t, is.Contains(raw, lead(name, 4)), "%s: no", kind)
		}
		text := ansi.Strip(raw)
		harmless(t, strings.NewReplacer("\r", "", "\b", "", "\t", "").Replace(text))
		for _, sequence := range sequences(raw) {
			assert.Check(t, draws.MatchString(sequence), "the terminal is sent %q", sequence)
		}
	}
}

// draws are the sequences that the screen is drawn with: it is entered and left, the cursor moves, returns, and has a
// shape, lines are cleared, and signs have styles. It is asked for the modes that it has, and for keys.
var draws = regexp.MustCompile(`^\x1b([M8]|\[([0-9;]*[ABCDGHJKLMPSTXZdmr@]|[0-9]? q|\?[0-9;]*[hl]|\?[0-9]+\$p|\?5W|[>=<?][0-9;]*[um]))$`)

// sequences are the escape sequences in a text, each kind once.
func sequences(raw string) []string {
	kinds := map[string]bool{}
	for len(raw) > 0 {
		sequence, _, n, _ := ansi.DecodeSequence(raw, ansi.NormalState, nil)
		if ansi.HasEscPrefix(sequence) {
			kinds[sequence] = true
		}
		raw = raw[n:]
	}
	return slices.Collect(maps.Keys(kinds))
}

var (
	// focused is the field with the arrow, which isn't the end of a character that is shown by its number.
	focused = regexp.MustCompile(`(?m)^(?:[^‹›\n]|‹U\+[0-9A-F]+›)*› .*$`)
	// planned is a section after its questions: it reads the orgs, or has its plan. No other sign has room at 40 columns.
	planned = regexp.MustCompile(`Reading current settings|enter +(review all|apply|next .* k keys)`)
)

// throughFields opens a section's questions and accepts one after the other, each once its list has come.
func (tt *terminal) throughFields() {
	tt.t.Helper()
	tt.press("e")
	at := ""
	for done := false; !done; {
		eventually.True(tt.t, func() bool {
			shown := tt.shown()
			now := focused.FindString(shown)
			done = at != "" && now == "" && planned.MatchString(shown)
			if done || now == "" || now == at || strings.Contains(shown, "Reading your org") {
				return done
			}
			at = now
			return true
		}, func() string { return "no field comes after " + at + ":\n" + tt.shown() })
		if !done {
			tt.press(enter)
		}
	}
}

// lead is how a name begins on the screen, as far as one word has it.
func lead(name string, cells int) string {
	return ansi.Truncate(strings.Fields(apiclient.Clean(name))[0], cells, "")
}
