//go:build !windows

package tui

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/testkit/eventually"
)

// TestTerminalBackground after the first frame was there, which did not wait for it.
func TestTerminalBackground(t *testing.T) {
	_, m, _ := onTerminal(t, answeredEnv(t), func(m *terminal, _ *fake) {
		m.at("enter start", "\x1b]11;rgb:ffff/ffff/ffff\x1b\\")
		eventually.Text(t, m.written, "\x1b[38;5;56m")
		m.press("q")
	})
	raw := m.raw.String()
	asked, first, answered := strings.Index(raw, "\x1b]11;?"), strings.Index(raw, "\x1b[36m"), strings.Index(raw, "\x1b[38;5;56m")
	assert.Check(t, asked >= 0 && first >= 0 && answered >= first,
		"asked at %d, the sixteen colors at %d, those for light at %d of\n%q", asked, first, answered, raw)
}

// written is all that the terminal was sent so far.
func (m *terminal) written() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.raw.String()
}
