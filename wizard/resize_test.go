package wizard

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
)

// TestAChangeOfSizeDrawsEverythingAnew: without it pieces of the former screen stay when the window grows.
func TestAChangeOfSizeDrawsEverythingAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRouter(t.Context(), Config{Env: bareEnv(), Environ: unicodeEnv}.filled())
		start := time.Now()
		_, cmd := r.Update(tea.WindowSizeMsg{Width: 40, Height: 12})
		if cmd == nil {
			t.Fatal("nothing is drawn anew")
		}
		if got, want := fmt.Sprintf("%T", cmd()), fmt.Sprintf("%T", tea.ClearScreen()); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if took := time.Since(start); took != repaintAfter {
			t.Errorf("drawn anew after %v, want %v", took, repaintAfter)
		}
		if _, cmd = r.Update(tea.WindowSizeMsg{Width: 40, Height: 12}); cmd != nil {
			t.Error("the same size draws everything anew, too")
		}
	})
}
