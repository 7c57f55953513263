//go:build !windows

package wizard

import (
	"strings"
	"testing"
	"time"
)

// TestATerminalTellsItsBackground after the first frame was there, which did not wait for it.
func TestATerminalTellsItsBackground(t *testing.T) {
	_, m, _ := onTerminal(t, answeredEnv(t), func(m *terminal, _ *fake) {
		m.wait("enter start")
		m.press("\x1b]11;rgb:ffff/ffff/ffff\x1b\\")
		for end := time.Now().Add(5 * time.Second); !m.wrote("\x1b[38;5;25m") && time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		}
		m.press("q")
	})
	raw := m.raw.String()
	asked, first, told := strings.Index(raw, "\x1b]11;?"), strings.Index(raw, "\x1b[36m"), strings.Index(raw, "\x1b[38;5;25m")
	if asked < 0 || first < 0 || told < first {
		t.Errorf("asked at %d, the sixteen colours at %d, those for light at %d of\n%q", asked, first, told, raw)
	}
}

// wrote reports whether the terminal was sent a text.
func (m *terminal) wrote(text string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return strings.Contains(m.raw.String(), text)
}
