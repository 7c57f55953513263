//go:build linux

package e2e

import (
	"strings"
	"testing"
)

func TestCtrlCLeavesFullScreen(t *testing.T) {
	t.Parallel()
	tt := onTerminal(t, nil, "demo")
	tt.wrote(fullScreen)
	tt.press("\x03")
	if rest := tt.ends(130); !strings.HasPrefix(rest, leftScreen) || !strings.Contains(rest, "Nothing was changed.") {
		t.Errorf("after the screen was left, the terminal shows:\n%s", tt.screen)
	}
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
		if !strings.Contains(rest, want) {
			t.Errorf("no %q on the normal screen:\n%s", want, tt.screen)
		}
	}
}
