package engine_test

import (
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
)

// runJournal is the journal of a run, kept in memory, that can't be written at times.
type runJournal struct {
	*journal.Journal
	unwritten func(kind guide.ObjectKind, s journal.Stage) error // nil: every entry can be written
}

func newRunJournal() *runJournal {
	j := &runJournal{Journal: journal.New(nil, "test", guide.NewAnswers())}
	j.Continue(journal.Run{ID: "run-1"})
	return j
}

func (j *runJournal) write(kind guide.ObjectKind, s journal.Stage) error {
	if j.unwritten == nil {
		return nil
	}
	return j.unwritten(kind, s)
}

func (j *runJournal) Intend(c engine.Change) (int, error) {
	if err := j.write(c.Kind, journal.Intended); err != nil {
		return 0, err
	}
	return j.Journal.Intend(c)
}

func (j *runJournal) Settle(i int, id string, failed error) error {
	if err := j.Journal.Settle(i, id, failed); err != nil {
		return err
	}
	e := j.entries()[i]
	return j.write(e.Kind, e.Stage)
}

func (j *runJournal) entries() []journal.Entry { return j.Run().Entries }

// pastRun returns what is left to undo.
func (j *runJournal) pastRun() engine.PastRun { return j.Run().PastRun() }

// stages returns what became of the changes of a kind.
func (j *runJournal) stages(kind guide.ObjectKind) []journal.Stage {
	var out []journal.Stage
	for _, e := range j.entries() {
		if e.Kind == kind {
			out = append(out, e.Stage)
		}
	}
	return out
}
