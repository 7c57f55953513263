package matrix

import (
	"context"
	"fmt"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
)

// TestAccidentWhileAddingPage adds a page to a setup, with an accident at each write, most of which are updates. The next run
// ends as if there had been none, and undo restores what there was before, also where the answer to an update was lost
// in a 5xx.
func TestAccidentWhileAddingPage(t *testing.T) {
	t.Parallel()
	const writes = 3
	for at := 1; at <= writes; at++ {
		for i, a := range accidents {
			if !full() && i%2 != at%2 {
				continue // the kinds take turns
			}
			t.Run(fmt.Sprintf("%s/write%d/after=%v", a.kind, at, a.after), func(t *testing.T) {
				t.Parallel()
				ctx, kill := context.WithCancel(t.Context())
				defer kill()
				p := &trap{accident: a, at: at, kill: kill}
				c := newComputer(t, simulator.Options{WrapOkta: p.wrap, WrapGenesys: p.wrap}, lagPoll)
				first := c.set(t, nil)
				before := c.snapshot(t)
				p.arm(true)
				_ = c.start(t, onPage).do(ctx)
				c.set(t, onPage)
				assert.Assert(t, p.seen >= p.at, "there was no write %d", at)
				wrote := c.writes()
				c.set(t, onPage)
				if c.writes() != wrote {
					t.Errorf("one more run wrote %d times", c.writes()-wrote)
				}
				c.undo(t, first.book.RunID())
				assert.Check(t, is.Equal(different(before, c.snapshot(t)), ""), "undo left (-before +after)")
			})
		}
	}
}
