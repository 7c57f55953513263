package tui

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

// TestDemoIsOnEveryScreen, in the smallest window, too; no other screen does.
func TestDemoIsOnEveryScreen(t *testing.T) {
	for _, s := range scenes {
		for _, demo := range []bool{true, false} {
			scene(t, s, func(c *Config) { c.Demo = demo }, func(d *drive) {
				for _, size := range [][2]int{{leastWidth, leastHeight}, {80, 24}} {
					d.size(size[0], size[1])
					got := strings.Contains(d.view(), "demo")
					assert.Check(t, got == demo, "%s at %v says so: %v\n%s", s.name, size, got, d.view())
				}
			})
		}
	}
}
