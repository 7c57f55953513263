//go:build linux

package main

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/steps/guide"
)

// TestHostileNamesInLines: line by line on a terminal, every list of names is plain text that fits.
func TestHostileNamesInLines(t *testing.T) {
	t.Parallel()
	for turn, columns := range []int{80, 40} {
		environ, things := hostileOrgs(t)
		args, _ := hostileFlags(things, turn)
		tt := onTerminalOf(t, columns, 50, environ, append(args, "--plain")...)
		press(t, tt, "\n")
		raw := tt.raw.String()
		if code := tt.cmd.ProcessState.ExitCode(); code != 0 {
			t.Errorf("exit code %d:\n%s", code, raw)
		}
		text := strings.ReplaceAll(raw, "\r\n", "\n")
		harmless(t, text)
		for kind, name := range hostileNames {
			if shown := strings.Count(text, lead(name, 20)); shown < 5 {
				t.Errorf("%s: %q is shown %d times", kind, lead(name, 20), shown)
			}
		}
		for l := range strings.SplitSeq(text[:strings.Index(text, "<script ")], "\n") {
			l, _, _ = strings.Cut(l, "] ") // after a prompt, the line end is the one that is typed
			if cells := ansi.StringWidth(l); cells > columns && !strings.Contains(l, "://") {
				t.Errorf("%d cells of %d: %q", cells, columns, l)
			}
		}
	}
}

// TestHostileNamesOnTheWholeScreen walks through every section and its questions: names are drawn as text, and the
// terminal is sent nothing but what draws.
func TestHostileNamesOnTheWholeScreen(t *testing.T) {
	t.Parallel()
	for turn, columns := range []int{80, 40} {
		environ, things := hostileOrgs(t)
		args, _ := hostileFlags(things, turn)
		tt := onTerminalOf(t, columns, 60, environ, args...)
		tt.typed(t, "\r", "start")
		for _, section := range guide.Sections()[:5] {
			title := section.Why[:15]
			tt.typed(t, "e", title, "edit")
			tt.typed(t, "\t\t\t\t\t\t\t\t\t", title, "› ")
			tt.typed(t, "\x1b", title, "› ")
			switch section.ID {
			case guide.SectionOkta: // what comes first is reviewed first
				tt.typed(t, "\r", title, "review it all")
				tt.typed(t, "\r", "Review", "confirm and begin")
			case guide.SectionGenesys: // where nothing is to be done
			default:
				tt.typed(t, "\r", title, "do it")
			}
			tt.typed(t, "\r", title, "next section")
		}
		tt.typed(t, "\x03", "copy")
		_ = tt.cmd.Wait()
		<-tt.over
		raw := tt.raw.String()
		if code := tt.cmd.ProcessState.ExitCode(); code != 130 {
			t.Errorf("exit code %d", code)
		}
		for kind, name := range hostileNames {
			if kind == "combining" {
				name = "algo" // the marks before it may be left out
			}
			if !strings.Contains(raw, lead(name, 4)) {
				t.Errorf("%s: no %q", kind, lead(name, 4))
			}
		}
		text := ansi.Strip(raw)
		harmless(t, strings.NewReplacer("\r", "", "\b", "", "\t", "").Replace(text))
		for _, sequence := range sequences(raw) {
			if !draws.MatchString(sequence) {
				t.Errorf("the terminal is sent %q", sequence)
			}
		}
	}
}

// draws are the sequences that the screen is drawn with: it is entered and left, the cursor moves, lines are cleared,
// and signs have styles. It is asked for the modes that it has, and for keys.
var draws = regexp.MustCompile(`^\x1b(M|\[([0-9;]*[ABCDGHJKLMPSTXdmr@]|\?[0-9;]*[hl]|\?[0-9]+\$p|\?5W|[>=<?][0-9;]*[um]))$`)

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

// typed types keys once the screen shows all that they are for.
func (tt *terminal) typed(t *testing.T, keys string, shown ...string) {
	t.Helper()
	for _, text := range shown {
		for end := time.Now().Add(20 * time.Second); !strings.Contains(tt.screen.String(), text); time.Sleep(5 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("the screen does not show %q:\n%s", text, tt.screen)
			}
		}
	}
	for _, key := range strings.Split(keys, "") {
		for was := -1; was != len(tt.raw.String()); time.Sleep(30 * time.Millisecond) { // a list comes a moment later
			was = len(tt.raw.String())
		}
		_, _ = tt.WriteString(key)
	}
}

// lead is how a name begins on the screen, as far as one word has it.
func lead(name string, cells int) string {
	return ansi.Truncate(strings.Fields(apiclient.Clean(name))[0], cells, "")
}

// press types the same until the program ends.
func press(t *testing.T, tt *terminal, keys string) {
	t.Helper()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for end := time.After(30 * time.Second); ; {
		select {
		case <-again.C:
			_, _ = tt.WriteString(keys)
			continue
		case <-tt.over:
		case <-end:
			t.Fatalf("the program does not end:\n%s", tt.screen)
		}
		break
	}
	_ = tt.cmd.Wait()
}
