//go:build linux

package e2e

import (
	"slices"
	"strings"
	"testing"

	"github.com/hinshun/vt10x"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// TestDemoPlaysToEnd lets the program drive itself on a terminal: to the snippet, or to the error that a fault ends in.
func TestDemoPlaysToEnd(t *testing.T) {
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
			args := []string{"demo", "--autoplay", "--speed", "10"}
			if c.fault != "" {
				args = append(args, "--fault", c.fault)
			}
			tt := onTerminal(t, nil, args...)
			tt.ends(c.code)
			shown := frames(tt.raw.String())
			for _, want := range c.shown {
				i := slices.IndexFunc(shown, func(frame string) bool { return strings.Contains(frame, want) })
				assert.Assert(t, i >= 0, "the screen never showed %q in its turn; it ended as:\n%s", want, tt.screen)
				shown = shown[i:]
			}
			assert.Check(t, is.Contains(tt.screen.String(), c.left), tt.screen)
		})
	}
}

// frames are what a terminal showed, one after the other, each with its blanks and line ends as single blanks.
func frames(raw string) []string {
	screen := vt10x.New(vt10x.WithSize(120, 200))
	var shown []string
	for piece := range slices.Chunk([]byte(raw), 64) {
		_, _ = screen.Write(piece)
		frame := unwrapped(screen.String())
		if len(shown) == 0 || shown[len(shown)-1] != frame {
			shown = append(shown, frame)
		}
	}
	return shown
}
