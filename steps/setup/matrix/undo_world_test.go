package matrix

import (
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
)

// world is a run of the guide that is kept in a book, and where it is started. Without a folder, books are kept in memory.
type world struct {
	*computer
	book    *journal.Book
	session *setup.Session
}

func newWorld(t *testing.T, opts simulator.Options) *world {
	t.Helper()
	w := &world{computer: newComputer(t, opts, time.Millisecond)}
	w.folder = nil
	w.begin(t)
	return w
}

// begin begins a run that knows nothing of earlier ones.
func (w *world) begin(t *testing.T) {
	t.Helper()
	w.visit(t, journal.NewRun(time.Now(), "test"))
}

// visit continues a run in another process.
func (w *world) visit(t *testing.T, run journal.Run) {
	t.Helper()
	answers, network := guide.NewAnswers(), services.New()
	assert.NilError(t, answers.FromEnvironment(simtest.Lookup(w.sim)))
	t.Cleanup(network.Close)
	w.book = journal.NewBook(w.folder, "test", answers)
	w.book.Continue(run)
	w.session = &setup.Session{Answers: answers, Dial: network, Calls: network.Calls, Poll: w.poll, Journal: w.book}
}

func (w *world) set(t *testing.T, key guide.Key, values ...string) {
	t.Helper()
	assert.NilError(t, w.session.Answers.Set(key, guide.FromUser, values...))
}

func (w *world) run(t *testing.T, sections ...guide.SectionID) error {
	t.Helper()
	plan, err := w.session.Plan(t.Context(), sections...)
	if err != nil {
		return err
	}
	return w.session.Apply(t.Context(), plan, engine.NewStop())
}

func (w *world) undoing() *setup.Undo {
	return setup.NewUndo(w.session, journal.Undoing{Book: w.book})
}

// undo undoes the run and returns what was to be done.
func (w *world) undo(t *testing.T) []engine.Item {
	t.Helper()
	undo := w.undoing()
	items := kit.Must(undo.Plan(t.Context()))(t)
	assert.NilError(t, undo.Apply(t.Context(), items, engine.NewStop(), nil))
	return engine.Shown(items)
}

// acts undoes the run and returns what became of each kind.
func (w *world) acts(t *testing.T) map[guide.ObjectKind]engine.Act {
	t.Helper()
	acts := map[guide.ObjectKind]engine.Act{}
	for _, i := range w.undo(t) {
		acts[i.Kind] = i.Act
	}
	return acts
}
