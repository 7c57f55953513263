package tui

import (
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// TestChainInTheStepperRow: once the last section is reached, a window without the panel has the chain where the sections
// were.
func TestChainInTheStepperRow(t *testing.T) {
	for _, c := range []struct {
		name  string
		steer func(*drive)
		wide  string // at 80 columns
		thin  string // at 60
	}{
		{"finish", func(d *drive) { d.aside("") }, "◉ Page ╌● Okta app ━● Integration ━● Configuration ━● Deployment ━● Snippet", "◉╌●━●━●━●━● Page"},
		{"page code", func(d *drive) { d.aside("p") }, "◉ Page ╌● Okta app", "◉╌●━●━●━●━● Page"},
		{"doctor", func(d *drive) { d.aside("d") }, "◌ Page ╌● Okta app ━● Integration ━● Configuration ━● Deployment ━● Snippet", "◌╌●━●━●━●━●"},
		{"a fault", func(d *drive) {
			d.proof.breakIt()
			d.aside("d")
		}, "● Okta app ━✗ Integration ╌● Configuration", "◌╌●━✗╌●━●━● Integration"},
		{"test", func(d *drive) { d.aside("t") }, "◉ Page ╌● Okta app", "◉╌●━●━●━●━● Page"},
		{"passed", func(d *drive) { d.tested(d.proof.verdict) }, "● Page ━● Okta app ━● Integration", "●━●━●━●━●━●"},
		{"refused", func(d *drive) { d.tested(refused) }, "● Okta app ━✗ Integration ╌● Configuration", "●━✗╌●━●━● Integration"},
	} {
		t.Run(c.name, func(t *testing.T) {
			driven(t, answeredEnv(t), nil, func(d *drive) {
				row := func(width int) string {
					d.size(width, 24)
					return strings.Split(d.view(), "\n")[1]
				}
				c.steer(d)
				d.after(time.Second)
				assert.Check(t, is.Contains(row(80), c.wide))
				assert.Check(t, is.Contains(row(60), c.thin))
				assert.Check(t, is.Contains(row(100), "Okta ━"), "a wide window has the panel")
			})
		})
	}
}
