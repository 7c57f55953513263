package tui

import (
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// TestChainInStepperRow: once the last section is reached, a window without the panel has the chain where the sections
// were.
func TestChainInStepperRow(t *testing.T) {
	for _, c := range []struct {
		name  string
		steer func(*drive)
		wide  string // at 80 columns
		thin  string // at 60
		broad string // at 100, where a window has the panel, but for the finish
	}{
		{"finish", func(d *drive) { d.aside("") }, "◉ Page ╌● Okta app ━● Integration ━● Configuration ━● Deployment ━● Snippet", "◉╌●━●━●━●━● your page is next", "● Okta app ━"},
		{"page code", func(d *drive) { d.aside("p") }, "◉ Page ╌● Okta app", "◉╌●━●━●━●━● Page", "● Okta ━"},
		{"doctor", func(d *drive) { d.aside("d") }, "◌ Page ╌● Okta app ━● Integration ━● Configuration ━● Deployment ━● Snippet", "◌╌●━●━●━●━●", "● Okta ━"},
		{"a fault", func(d *drive) {
			d.verifier.breakIt()
			d.aside("d")
		}, "● Okta app ━✗ Integration ╌● Configuration", "◌╌●━✗╌●━●━● Integration", "● Okta ━"},
		{"test", func(d *drive) { d.aside("t") }, "◉ Page ╌● Okta app", "◉╌●━●━●━●━● Page", "● Okta ━"},
		{"passed", func(d *drive) { d.tested(d.verifier.result) }, "● Page ━● Okta app ━● Integration", "●━●━●━●━●━●", "● Okta ━"},
		{"undo", func(d *drive) { d.aside("u") }, "− Okta app ╌− Integration ╌", "╌−╌−╌", "● Okta ━"},
		{"refused", func(d *drive) { d.tested(refused) }, "● Okta app ━✗ Integration ╌● Configuration", "●━✗╌●━●━● Integration", "● Okta ━"},
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
				assert.Check(t, is.Contains(row(100), c.broad))
			})
		})
	}
}
