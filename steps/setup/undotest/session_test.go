package undotest

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/setup"
)

// A session undoes what it made. Then it knows of nothing made, and may begin again.
func TestSessionUndoesItself(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 11})
	before := w.lists(t)
	undo := w.undoing()
	same(t, "left before the run", false, undo.Left())
	noError(t, w.run(t))
	same(t, "left after the run", true, undo.Left())
	made := len(w.session.Made())

	items, err := undo.Plan(t.Context())
	noError(t, err)
	var told []string
	noError(t, undo.Apply(t.Context(), items, engine.NewStop(), func(i engine.Item) { told = append(told, string(i.Kind)) }))
	same(t, "lists", before, w.lists(t))
	result := w.session.Result(0)
	var undone []string
	for _, c := range result.Undone {
		same(t, "verb of "+string(c.Kind), engine.Create, c.Verb)
		undone = append(undone, string(c.Kind))
	}
	same(t, "told of", told, undone)
	if made < len(told) || len(told) < 6 {
		t.Errorf("%d objects were made, %d undone", made, len(told))
	}
	same(t, "still made", 0, len(slices.DeleteFunc(w.session.Made(), func(c engine.Change) bool { return !c.Writes() })))
	same(t, "app", "", result.Okta.AppID)
	same(t, "deployment", "", result.Genesys.DeploymentID)
	same(t, "snippet", "", result.Snippet)
	same(t, "left", false, undo.Left())
	same(t, "state", journal.Undone, w.book.Run().State)

	noError(t, w.run(t))
	same(t, "state of the second run", journal.Running, w.book.Run().State)
	same(t, "left of the second run", true, undo.Left())
	if w.session.Result(0).Snippet == "" {
		t.Error("the second run came to no snippet")
	}
}

// An undo that is stopped after each of its acts keeps what it did, and continues there.
func TestStopAndResume(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 7})
	before := w.lists(t)
	noError(t, w.run(t))
	undo := w.undoing()
	items, err := undo.Plan(t.Context())
	noError(t, err)
	all := len(engine.Shown(items))
	for done := range all {
		items, err = undo.Plan(t.Context())
		noError(t, err)
		same(t, "the rest", all-done, len(engine.Shown(items)))
		stop := engine.NewStop()
		err = undo.Apply(t.Context(), items, stop, func(engine.Item) { stop.Stop() })
		if err != nil && !errors.Is(err, engine.ErrStopped) {
			t.Fatal(err)
		}
		same(t, "undone", done+1, len(w.session.Result(0).Undone))
	}
	w.undo(t) // what goes away with the last one
	same(t, "left", false, undo.Left())
	same(t, "lists", before, w.lists(t))
}

// deaf is the journal of a process that is killed before it keeps what it undid.
type deaf struct {
	journal.Undoing
	at, acts int
}

func (d *deaf) Gone(entry int) error {
	if d.acts++; d.acts > d.at {
		return errKilled
	}
	return d.Undoing.Gone(entry)
}

// What a killed undo deleted, and did not keep, is gone and no error. The rest goes.
func TestGoneAlready(t *testing.T) {
	t.Parallel()
	for acts := range writes {
		t.Run(fmt.Sprintf("after %d acts", acts), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, simulator.Options{Seed: 9})
			before := w.lists(t)
			noError(t, w.run(t))
			undo := setup.NewUndo(w.session, &deaf{Undoing: journal.Undoing{Book: w.book}, at: acts})
			items, err := undo.Plan(t.Context())
			noError(t, err)
			if err := undo.Apply(t.Context(), items, engine.NewStop(), nil); !errors.Is(err, errKilled) {
				t.Fatalf("the undo was not killed: %v", err)
			}
			w.visit(t, w.book.Run())
			again := w.undo(t)
			same(t, "lists", before, w.lists(t))
			same(t, "left", 0, len(w.book.Run().Left()))
			if slices.ContainsFunc(again, func(i engine.Item) bool { return i.Act == engine.Keep }) {
				t.Errorf("%+v", again)
			}
		})
	}
}

// What the service still shows after its delete is not confirmed: it stays in the journal, and the exit code says so.
func TestUnconfirmedDelete(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 9})
	before := w.lists(t)
	noError(t, w.run(t))
	left := len(w.book.Run().Left())
	w.sim.Genesys().Faults.Add(simkit.Fault{
		Method: http.MethodDelete, Path: regexp.MustCompile(`^/api/v2/webdeployments/deployments/`), Status: http.StatusNoContent,
	})
	undo := w.undoing()
	items, err := undo.Plan(t.Context())
	noError(t, err)
	err = undo.Apply(t.Context(), items, engine.NewStop(), nil)
	var e *explain.Error
	if !errors.As(err, &e) || !strings.Contains(e.Problem, "not confirmed") || explain.ExitCode(err) != 1 {
		t.Fatalf("%v", err)
	}
	same(t, "left", left, len(w.book.Run().Left()))
	same(t, "undone", 0, len(w.session.Result(0).Undone))
	w.sim.Genesys().Faults.Clear()
	w.undo(t)
	same(t, "lists", before, w.lists(t))
}

// What Okta was sent is looked for though nothing of Genesys Cloud is answered.
func TestFirstSectionOnly(t *testing.T) {
	t.Parallel()
	b := &breaker{commit: true}
	w := newWorld(t, simulator.Options{Seed: 13, WrapOkta: b.wrap})
	before := w.lists(t)
	for _, key := range []guide.Key{guide.GenesysRegion, guide.GenesysClientID, guide.GenesysClientSecret} {
		noError(t, w.session.Answers.Set(key, guide.FromUser))
	}
	b.arm(true)
	if err := w.run(t, guide.SectionOkta); err == nil {
		t.Fatal("the run was not cut off")
	}
	b.arm(false)
	if items := w.undo(t); len(items) == 0 {
		t.Error("nothing was found")
	}
	same(t, "lists", before, w.lists(t))
}

func TestNotSignedIn(t *testing.T) {
	t.Parallel()
	for _, key := range []guide.Key{guide.OktaToken, guide.GenesysClientSecret} {
		w := newWorld(t, simulator.Options{Seed: 14})
		noError(t, w.run(t))
		noError(t, w.session.Answers.Set(key, guide.FromUser, ""))
		_, err := w.undoing().Plan(t.Context())
		var e *explain.Error
		if !errors.As(err, &e) || e.Class != explain.ClassSignIn || e.Fix == "" {
			t.Errorf("without %s: %v", key, err)
		}
	}
}

// In another org than the run was in, nothing would be found, and all of it would pass for gone.
func TestOtherOrg(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 3})
	noError(t, w.run(t))
	made := w.book.Run()
	otherOrganization := made
	otherOrganization.Organization = "c0ffee"
	for name, tt := range map[string]struct {
		at  *world
		run journal.Run
	}{
		"other addresses":      {newWorld(t, simulator.Options{Seed: 99}), made},
		"another organization": {w, otherOrganization},
	} {
		tt.at.visit(t, tt.run)
		tt.at.session.Answers.FromRun(made.Answers)
		var e *explain.Error
		if _, err := tt.at.undoing().Plan(t.Context()); !errors.As(err, &e) || e.Class != explain.ClassUsage || !strings.Contains(e.Problem, "The run was in ") {
			t.Errorf("%s: %v", name, err)
		}
		same(t, name, len(made.Left()), len(tt.at.book.Run().Left()))
	}
	if err := w.book.Enter("another"); !errors.Is(err, journal.ErrElsewhere) {
		t.Errorf("%v", err)
	}
}
