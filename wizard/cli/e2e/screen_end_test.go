//go:build linux

package e2e

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestCtrlCLeavesFullScreen(t *testing.T) {
	t.Parallel()
	tt := onTerminal(t, nil, "demo")
	tt.wrote(fullScreen)
	tt.press("\x03")
	rest := tt.ends(130)
	assert.Check(t, strings.HasPrefix(rest, leftScreen) && strings.Contains(rest, "Nothing was changed."),
		"after the screen was left, the terminal shows:\n%s", tt.screen)
}

// TestFullScreenPrintsResult walks to the end: the normal screen has what the other screen showed.
func TestFullScreenPrintsResult(t *testing.T) {
	t.Parallel()
	tt := onTerminal(t, nil, "demo", "--latency", "0s", "--settle", "0s")
	tt.play(onward)
	rest := tt.ends(0)
	for strings.Contains(rest, "\r\n\r\n") { // the terminal may have echoed an Enter that came too late
		rest = strings.ReplaceAll(rest, "\r\n\r\n", "\r\n")
	}
	for _, want := range []string{"+ deployment  Web SSO", "<script type=", "</script>\r\n✓ Okta sign-in is set up"} {
		assert.Check(t, is.Contains(rest, want), tt.screen)
	}
}
