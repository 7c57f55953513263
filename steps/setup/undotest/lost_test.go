package undo

import (
	"errors"
	"net/http"
	"regexp"
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
)

// losing is the journal of a process that is killed when the receipt of that kind is due.
type losing struct {
	*journal.Book
	kind guide.ObjectKind
}

func (l losing) Settle(entry int, id string, failed error) error {
	if l.Run().Entries[entry].Kind == l.kind {
		return errKilled
	}
	return l.Book.Settle(entry, id, failed)
}

// TestUnseen: a run was killed, and undo cannot plan it again, so that what it made last is not recalled. A deployment
// is found by name and mark all the same; what is not found keeps the run open for an undo that can look.
func TestUnseen(t *testing.T) {
	t.Parallel()
	for kind, c := range map[guide.ObjectKind]struct { // by what the receipt that is missing is of
		refused string
		left    bool
	}{
		guide.KindDeployment: {`^/api/v2/flows`, false},
		guide.KindApp:        {`^/api/v1/groups`, true},
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, simulator.Options{Seed: 6})
			before := w.lists(t)
			w.env.Journal = losing{w.book, kind}
			if err := w.run(t); !errors.Is(err, errKilled) {
				t.Fatalf("the run was not killed: %v", err)
			}
			w.visit(t, w.book.Run())
			work := New(w.env, w.book)
			undo := func() string {
				out, err := work.Plan(t.Context())
				noError(t, err)
				noError(t, work.Apply(t.Context(), nil))
				return out.Unseen
			}
			refusal := simkit.Fault{Path: regexp.MustCompile(c.refused), Status: http.StatusForbidden, Body: "{}"}
			w.sim.Okta().Faults.Add(refusal)
			w.sim.Genesys().Faults.Add(refusal)
			if unseen := undo(); unseen == "" || work.Left() != c.left {
				t.Errorf("unseen %q, left %v", unseen, work.Left())
			}
			w.sim.Okta().Faults.Clear()
			w.sim.Genesys().Faults.Clear()
			if unseen := undo(); unseen != "" || work.Left() {
				t.Errorf("unseen %q, left %v", unseen, work.Left())
			}
			same(t, "what both services list", before, w.lists(t))
		})
	}
}
