package undo

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/setup"
)

var errKilled = errors.New("killed")

// dying is the journal of a process that is killed when the receipt number at is due: what it intended is kept, what
// became of it is not, and it begins nothing more.
type dying struct {
	setup.Journal
	at int

	mu   sync.Mutex
	seen int
}

func (d *dying) Intend(c engine.Change) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.seen > d.at {
		return 0, errKilled
	}
	return d.Journal.Intend(c)
}

func (d *dying) Settle(entry int, id string, failed error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.seen++; d.seen > d.at {
		return errKilled
	}
	return d.Journal.Settle(entry, id, failed)
}

// TestKilledBeforeTheReceipt: a run dies right after each of its writes, is gone on with to its end, and is taken back
// as a whole.
func TestKilledBeforeTheReceipt(t *testing.T) {
	t.Parallel()
	for n := range 12 {
		t.Run(fmt.Sprintf("write %d", n+1), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, simulator.Options{Seed: 6})
			before := w.lists(t)
			w.env.Journal = &dying{Journal: w.book, at: n}
			if err := w.run(t); !errors.Is(err, errKilled) {
				t.Fatalf("the run was not killed: %v", err)
			}
			w.visit(t, w.book.Run())
			noError(t, w.run(t))
			w.undo(t)
			same(t, "what both services list", before, w.lists(t))
		})
	}
}
