package engine_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
)

// lostFaults are a write whose answer is lost, before and after the service carried it out.
var lostFaults = map[string]fault{
	"timeout before": {before: lost(0)},
	"timeout after":  {after: lost(0)},
	"503 before":     {before: lost(http.StatusServiceUnavailable)},
	"503 after":      {after: lost(http.StatusServiceUnavailable)},
}

func TestLostCreate(t *testing.T) {
	t.Parallel()
	eachKind(t, lostFaults, func(t *testing.T, w *world, kind guide.ObjectKind, f fault) {
		w.s.lag = 4 * time.Second
		w.s.faults = on("create", kind, 1, f)
		recovered := w.recoveries()
		g := w.graph()
		_, err := w.carryOut(t.Context(), g.Run)
		assert.NilError(t, err)
		how := "looked and found it."
		if f.before != nil {
			how = "sent it again."
		}
		assert.Check(t, len(*recovered) == 1 && strings.HasSuffix((*recovered)[0], how) && slices.Equal(g.Warnings(), *recovered),
			"events say %q, the run warns of %q", *recovered, g.Warnings())
		assert.Check(t, !slices.Contains(w.j.stages(kind), journal.Intended) || f.after == nil, "the journal doesn't know that it was found")
		w.wantOneOfEach(t)
	})
}

// recoveries collects what the events of a run say that it recovered from.
func (w *world) recoveries() *[]string {
	var mu sync.Mutex
	said := new([]string)
	w.emit = func(ev engine.Event) {
		if ev.Phase == engine.Finished && ev.Text != "" {
			mu.Lock()
			defer mu.Unlock()
			*said = append(*said, ev.Text)
		}
	}
	return said
}

// A run ends while it looks for what it may have created. The next one looks on.
func TestLostCreateCutOff(t *testing.T) {
	t.Parallel()
	eachKind(t, lostFaults, func(t *testing.T, w *world, kind guide.ObjectKind, f fault) {
		w.s.lag = 10 * time.Second
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		w.s.faults = on("create", kind, 1, f)
		w.emit = func(ev engine.Event) {
			if ev.Phase == engine.Paused {
				cancel()
			}
		}
		_, err := w.setUp(ctx)
		assert.ErrorIs(t, err, context.Canceled)
		w.wantRecovery(t)
	})
}

// A service that says no has created nothing: there is nothing to look for, and nothing is sent again.
func TestRefusedCreate(t *testing.T) {
	t.Parallel()
	refusals := map[string]int{"400": http.StatusBadRequest, "403": http.StatusForbidden, "409": http.StatusConflict}
	eachKind(t, refusals, func(t *testing.T, w *world, kind guide.ObjectKind, refusal int) {
		w.s.faults = on("create", kind, 0, fault{before: refused(refusal)})
		passed := started()
		_, err := w.setUp(t.Context())
		assert.Check(t, status(err) == refusal && passed() == 0, "got %v after %v", err, passed())
		got := w.j.stages(kind)
		assert.Check(t, !slices.Contains(got, journal.Intended) && slices.Contains(got, journal.Refused), "stages %v", got)
		n := w.s.count("create", kind)
		assert.Check(t, n <= 2 && (n <= 1 || kind == kindOrigin), "%d creates", n)
		w.wantRecovery(t)
	})
}

// An update is compared and sent again after a lost answer or a conflict, once.
func TestUpdateAgain(t *testing.T) {
	t.Parallel()
	once := func(f fault) func(call) fault { return on("write", kindDeployment, 1, f) }
	both := func(f fault) func(call) fault { return on("write", kindDeployment, 0, f) }
	conflict := fault{before: refused(http.StatusConflict)}
	type c struct {
		faults func(call) fault
		writes int
		fails  bool
		lost   bool
	}
	each(t, map[string]c{
		"no fault":       {nil, 1, false, false},
		"lost before":    {once(fault{before: lost(0)}), 2, false, true},
		"lost after":     {once(fault{after: lost(0)}), 1, false, true},
		"conflict":       {once(conflict), 2, false, false},
		"two conflicts":  {both(conflict), 2, true, false},
		"two lost":       {both(fault{before: lost(0)}), 2, true, false},
		"plain refusal":  {once(fault{before: refused(http.StatusBadRequest)}), 1, true, false},
		"server failure": {once(fault{before: refused(http.StatusBadGateway)}), 1, true, false},
	}, func(t *testing.T, w *world, tc c) {
		existing(w)
		w.s.faults = tc.faults
		w.scope = engine.Nodes("integration", "deployment")
		recovered := w.recoveries()
		_, err := w.setUp(t.Context())
		assert.Equal(t, err != nil, tc.fails, "got %v", err)
		assert.Check(t, is.Equal(len(*recovered) == 1, tc.lost), "recovered from %q", *recovered)
		assert.Check(t, is.Equal(w.s.count("write", kindDeployment), tc.writes))
		got := w.j.stages(kindDeployment)
		assert.Check(t, tc.fails || got[len(got)-1] == journal.Made, "stages %v", got)
	})
}

// An update writes to the object as it is by then, so that what others changed since the plan stays.
func TestUpdateKeepsOthersChanges(t *testing.T) {
	in(t, func(t *testing.T, w *world) {
		existing(w)
		w.planned = func() {
			w.s.get(kindApp, "app-messenger").Fields = fields{note: {"by others"}, uris: {"https://new.example", "https://other.example"}}
		}
		w.mustSetUp(t)
		app := w.s.get(kindApp, "app-messenger").Fields
		want := engine.Value{"https://new.example", "https://other.example", "https://a.example", "https://b.example"}
		assert.Check(t, slices.Equal(app[uris], want) && app[note].Text() == "by others", "got %v", app)
		for _, e := range w.j.pastRun().Entries {
			for _, f := range e.Fields {
				if e.Kind == kindApp && f.Field == uris {
					assert.Check(t, is.DeepEqual(f, engine.FieldChange{Field: uris, List: true, Before: want[:2], After: want}))
				}
			}
		}
	})
}

func TestGuarded(t *testing.T) {
	in(t, func(t *testing.T, w *world) {
		existing(w)
		w.planned = func() { w.s.get(kindDeployment, "deployment-site").Fields = fields{title: {"By others"}} }
		_, err := w.setUp(t.Context())
		assert.ErrorIs(t, err, errChanged)
		assert.Check(t, is.Equal(w.s.count("write", kindDeployment), 0))
	})
}

// The journal knows of a change before the service does, and of each object what it is called there.
func TestIntentBeforeSending(t *testing.T) {
	in(t, func(t *testing.T, w *world) {
		existing(w)
		w.s.faults = func(c call) fault {
			if c.Op == "create" || c.Op == "write" {
				open := slices.ContainsFunc(w.j.entries(), func(e journal.Entry) bool {
					return e.Kind == c.Kind && e.Stage == journal.Intended && (e.Name == c.Name || e.ID == c.Name)
				})
				assert.Check(t, open, "%+v is sent without an intent", c)
			}
			return fault{}
		}
		w.mustSetUp(t)
		past := w.j.pastRun().Entries
		assert.Check(t, is.Len(past, len(w.j.entries())), "refused")
		for _, e := range past {
			known := e.Kind != kindCredential || slices.Equal(e.Ref.In, []string{"integration-sso"})
			assert.Check(t, !e.Lost && e.Ref.ID != "" && known, "%+v", e)
		}
	})
}

func TestJournalUnwritable(t *testing.T) {
	t.Parallel()
	full := errors.New("the disk is full")
	for _, kind := range []guide.ObjectKind{kindApp, kindSettings} {
		each(t, map[string]journal.Stage{string(kind) + " intent": journal.Intended, string(kind) + " receipt": journal.Made}, func(t *testing.T, w *world, at journal.Stage) {
			w.j.unwritten = func(of guide.ObjectKind, s journal.Stage) error {
				if of == kind && s == at {
					return full
				}
				return nil
			}
			_, err := w.setUp(t.Context())
			assert.ErrorIs(t, err, full)
			assert.ErrorContains(t, err, "The run journal can't be written")
			sent := w.s.count("create", kind)+w.s.count("write", kind) > 0
			assert.Check(t, is.Equal(sent, at == journal.Made), "sent")
			w.wantRecovery(t)
		})
	}
}
