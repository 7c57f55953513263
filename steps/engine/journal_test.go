package engine_test

import (
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
)

// record is the journal of a run, kept in memory, that can't be written at times.
type record struct {
	*journal.Journal
	unwritten func(kind guide.ObjectKind, s journal.Stage) error // nil: every entry can be written
}

func newRecord() *record {
	r := &record{Journal: journal.New(nil, "test", guide.NewAnswers())}
	r.Continue(journal.Run{ID: "run-1"})
	return r
}

func (r *record) write(kind guide.ObjectKind, s journal.Stage) error {
	if r.unwritten == nil {
		return nil
	}
	return r.unwritten(kind, s)
}

func (r *record) Intend(c engine.Change) (int, error) {
	if err := r.write(c.Kind, journal.Intended); err != nil {
		return 0, err
	}
	return r.Journal.Intend(c)
}

func (r *record) Settle(i int, id string, failed error) error {
	if err := r.Journal.Settle(i, id, failed); err != nil {
		return err
	}
	e := r.entries()[i]
	return r.write(e.Kind, e.Stage)
}

func (r *record) entries() []journal.Entry { return r.Run().Entries }

// pastRun returns what is left to undo.
func (r *record) pastRun() engine.PastRun { return r.Run().PastRun() }

// stages returns what became of the changes of a kind.
func (r *record) stages(kind guide.ObjectKind) []journal.Stage {
	var out []journal.Stage
	for _, e := range r.entries() {
		if e.Kind == kind {
			out = append(out, e.Stage)
		}
	}
	return out
}
