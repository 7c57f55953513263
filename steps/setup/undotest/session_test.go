package undo

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/setup"
)

// TestWorkInTheRunItself: what a run made is taken back by the run itself, which then knows of nothing made, and may
// begin anew.
func TestWorkInTheRunItself(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 11})
	before := w.lists(t)
	work := New(w.env, w.book)
	same(t, "left before the run", false, work.Left())
	noError(t, w.run(t))
	same(t, "left after the run", true, work.Left())
	made := len(w.env.Made())

	out, err := work.Plan(t.Context())
	noError(t, err)
	same(t, "unseen", "", out.Unseen)
	var told []string
	noError(t, work.Apply(t.Context(), func(i Item) { told = append(told, string(i.Kind)) }))
	same(t, "what both services list", before, w.lists(t))
	result := w.env.Result(0)
	var undone []string
	for _, c := range result.Undone {
		same(t, "verb of "+string(c.Kind), engine.Create, c.Verb)
		undone = append(undone, string(c.Kind))
	}
	same(t, "told of", told, undone)
	if made < len(told) || len(told) < 6 {
		t.Errorf("%d things were made, %d taken back", made, len(told))
	}
	same(t, "still made", 0, len(slices.DeleteFunc(w.env.Made(), func(c engine.Change) bool { return !c.Writes() })))
	same(t, "ids", setup.OktaResult{Org: result.Okta.Org, Issuer: result.Okta.Issuer, DiscoveryURI: result.Okta.DiscoveryURI}, result.Okta)
	same(t, "deployment", "", result.Genesys.DeploymentID)
	same(t, "snippet", "", result.Snippet)
	same(t, "left", false, work.Left())
	same(t, "state", journal.Undone, w.book.Run().State)

	noError(t, w.run(t))
	same(t, "state of what was made anew", journal.Running, w.book.Run().State)
	same(t, "left of what was made anew", true, work.Left())
	if w.env.Result(0).Snippet == "" {
		t.Error("the second run came to no snippet")
	}
}

// TestWorkStops: an undo that is stopped keeps what it did, and goes on from there.
func TestWorkStops(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 12})
	before := w.lists(t)
	noError(t, w.run(t))
	work := New(w.env, w.book)
	out, err := work.Plan(t.Context())
	noError(t, err)
	gone := 0
	err = work.Apply(t.Context(), func(Item) {
		if gone++; gone == 2 {
			w.env.Stop()
		}
	})
	if !errors.Is(err, engine.ErrStopped) || gone != 2 || !work.Left() {
		t.Fatalf("%v after %d, left %t", err, gone, work.Left())
	}
	same(t, "taken back", 2, len(w.env.Result(0).Undone))
	w.env.Resume()
	rest, err := work.Plan(t.Context())
	noError(t, err)
	same(t, "the rest", len(out.Items)-2, len(rest.Items))
	noError(t, work.Apply(t.Context(), nil))
	same(t, "what both services list", before, w.lists(t))
}

// TestWorkOfTheFirstSectionAlone: what Okta was sent is looked for though nothing of Genesys Cloud is answered.
func TestWorkOfTheFirstSectionAlone(t *testing.T) {
	t.Parallel()
	b := &breaker{at: 0, commit: true}
	w := newWorld(t, simulator.Options{Seed: 13, WrapOkta: b.wrap})
	before := w.lists(t)
	for _, key := range []guide.Key{guide.GenesysRegion, guide.GenesysClientID, guide.GenesysClientSecret} {
		noError(t, w.env.Answers.Set(key, guide.FromUser))
	}
	_, err := w.env.Plan(t.Context(), guide.SectionOkta)
	noError(t, err)
	b.arm(true)
	if err := steps.Apply(t.Context(), w.env, guide.SectionOkta); err == nil {
		t.Fatal("the run was not cut off")
	}
	b.arm(false)
	work := New(w.env, w.book)
	out, err := work.Plan(t.Context())
	noError(t, err)
	if len(out.Items) == 0 || out.Unseen != "" {
		t.Fatalf("%+v", out)
	}
	noError(t, work.Apply(t.Context(), nil))
	same(t, "what both services list", before, w.lists(t))
}

// TestWorkThatIsNotSignedIn says so.
func TestWorkThatIsNotSignedIn(t *testing.T) {
	t.Parallel()
	for _, key := range []guide.Key{guide.OktaToken, guide.GenesysClientSecret} {
		w := newWorld(t, simulator.Options{Seed: 14})
		noError(t, w.run(t))
		noError(t, w.env.Answers.Set(key, guide.FromUser, ""))
		_, err := New(w.env, w.book).Plan(t.Context())
		var problem *explain.Error
		if !errors.As(err, &problem) || problem.Class != explain.ClassSignIn || problem.Fix == "" {
			t.Errorf("without %s: %v", key, err)
		}
	}
}

// TestWorkElsewhere: in another org than the run was in, nothing would be found, and all of it would pass for gone.
func TestWorkElsewhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 3})
	noError(t, w.run(t))
	made := w.book.Run()
	otherOrganization := made
	otherOrganization.Organization = "c0ffee"
	other := newWorld(t, simulator.Options{Seed: 99})
	for name, tt := range map[string]struct {
		at  *world
		run journal.Run
	}{
		"other addresses":      {other, made},
		"another organization": {w, otherOrganization},
	} {
		tt.at.visit(t, tt.run)
		tt.at.env.Answers.FromRun(made.Answers)
		work := New(tt.at.env, tt.at.book)
		var e *explain.Error
		if _, err := work.Plan(t.Context()); !errors.As(err, &e) || e.Class != explain.ClassUsage || !strings.Contains(e.Problem, "The run was in ") {
			t.Errorf("%s: %v", name, err)
		}
		same(t, name, len(made.Left()), len(tt.at.book.Run().Left()))
	}
	_, err := w.book.Intend(engine.Change{Organization: "another"})
	if !errors.Is(err, journal.ErrElsewhere) {
		t.Errorf("%v", err)
	}
}
