//go:build linux

package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hinshun/vt10x"

	"msgsso-wizard/apiclient/simulator"
)

// TestEveryFaultHasItsScript holds the scripts named faults to the faults that there are.
func TestEveryFaultHasItsScript(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/script/faults*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	script := ""
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		script += string(text)
	}
	for _, f := range simulator.Failures() {
		if !strings.Contains(script, "--fault "+f.Name+"\n") {
			t.Errorf("no script runs a demo with --fault %s", f.Name)
		}
	}
}

// TestADemoPlaysToItsEnd lets the program drive itself on a terminal: to the snippet, or to the problem that a fault
// ends in. The real program ends with the same code without a terminal.
func TestADemoPlaysToItsEnd(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		fault string
		code  int
		shown []string // on the screen, in this order
		left  string   // on the normal screen afterwards
	}{
		{"", 0, []string{"DEMO", "Plays by itself", "enter do it", "Page code", "Doctor", "made in"}, "<script "},
		{"lost-answer", 0, []string{"DEMO", "made in"}, "<script "},
		{"wrong-token", 3, []string{"does not accept the API token.", "try again"}, "Nothing was changed."},
		{"permission-missing", 4, []string{"lack webDeployments:configuration:edit", "try again"}, "Nothing was changed."},
		{"foreign-draft", 5, []string{"has unpublished edits by user", "try again"}, "Nothing was changed."},
		{"activation-refused", 1, []string{"The discovery document could not be read.", "try again"}, "Nothing is live yet."},
		{"portal", 6, []string{"a sign-in portal or a proxy stands in between", "try again"}, "Nothing was changed."},
	} {
		t.Run("fault "+c.fault, func(t *testing.T) {
			t.Parallel()
			args := []string{"demo", "--autoplay", "--speed", "20"}
			if c.fault != "" {
				args = append(args, "--fault", c.fault)
			}
			tt := onTerminal(t, nil, args...)
			_ = tt.cmd.Wait()
			<-tt.over
			shown := frames(tt.raw.String())
			if code := tt.cmd.ProcessState.ExitCode(); code != c.code {
				t.Errorf("exit code %d, want %d:\n%s", code, c.code, tt.screen)
			}
			for _, want := range c.shown {
				i := slices.IndexFunc(shown, func(frame string) bool { return strings.Contains(frame, want) })
				if i < 0 {
					t.Fatalf("the screen never showed %q in its turn; it ended as:\n%s", want, tt.screen)
				}
				shown = shown[i:]
			}
			if !strings.Contains(tt.screen.String(), c.left) {
				t.Errorf("no %q afterwards:\n%s", c.left, tt.screen)
			}
		})
	}
}

// frames is what a terminal showed one after the other, each with its blanks and line ends as single blanks.
func frames(raw string) []string {
	screen := vt10x.New(vt10x.WithSize(120, 200))
	var shown []string
	for piece := range slices.Chunk([]byte(raw), 64) {
		_, _ = screen.Write(piece)
		frame := strings.Join(strings.Fields(screen.String()), " ")
		if len(shown) == 0 || shown[len(shown)-1] != frame {
			shown = append(shown, frame)
		}
	}
	return shown
}

// TestAPersonTakesOver presses a key into a demo that plays by itself: it goes on only when keys are pressed.
func TestAPersonTakesOver(t *testing.T) {
	t.Parallel()
	tt := onTerminal(t, nil, "demo", "--autoplay")
	tt.raw.await(t, "Plays by itself")
	if _, err := tt.WriteString("x"); err != nil {
		t.Fatal(err)
	}
	tt.raw.await(t, "It is yours now")
	if _, err := tt.WriteString("q"); err != nil {
		t.Fatal(err)
	}
	_ = tt.cmd.Wait()
	<-tt.over
	if code := tt.cmd.ProcessState.ExitCode(); code != 130 {
		t.Errorf("exit code %d, want 130:\n%s", code, tt.screen)
	}
}
