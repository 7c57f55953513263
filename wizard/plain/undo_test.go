package plain

import (
	"context"
	"errors"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/wizard/report"
	"msgsso-wizard/wizard/verify"
)

// undoer has one thing to take back, and one that stays.
type undoer struct {
	keeps            bool // both stay
	planErr, failure error
	applied          int
}

func (u *undoer) Left() bool { return true }

func (u *undoer) Plan(context.Context) ([]engine.Item, error) {
	act := engine.Delete
	if u.keeps {
		act = engine.Keep
	}
	return []engine.Item{
		{Act: act, Kind: "deployment", Name: "Web SSO", ID: "d1", Why: "pages show no Messenger any more"},
		{Act: engine.Keep, Kind: "configuration", Name: "Chat", ID: "c1", Why: "another deployment uses it"},
	}, u.planErr
}

func (u *undoer) Apply(_ context.Context, items []engine.Item, stop *engine.Stop, gone func(engine.Item)) error {
	if stop.Stopped() {
		return engine.ErrStopped
	}
	u.applied++
	if !u.keeps {
		gone(items[0])
	}
	return u.failure
}

func TestUndo(t *testing.T) {
	t.Parallel()
	problem := &explain.Error{Problem: "Your role lacks delete.", Class: explain.ClassPermission}
	for _, c := range []struct {
		name, in string
		undo     undoer
		applied  int
		want     error
		says     string
	}{
		{"done", "u\n\n", undoer{}, 1, report.Undone{}, "✓ done deleted  deployment  Web SSO  d1"},
		{"what stays", "u\nn\n\n", undoer{}, 0, nil, "! look keep  configuration  Chat  c1  another deployment uses it"},
		{"all stays", "u\n\n", undoer{keeps: true}, 1, nil, "! look Nothing was undone. The run's changes stay, for the reasons above."},
		{"not now", "u\nn\n\n", undoer{}, 0, nil, "Take it back? [Y/n]"},
		{"refused, and tried again", "u\n\nu\n\n\n", undoer{failure: problem}, 2, nil, "✗ failed Your role lacks delete."},
		{"stopped", "u\n\n", undoer{failure: engine.ErrStopped}, 1, engine.ErrStopped, "u undo"},
		{"cannot look", "u\n\n", undoer{planErr: problem}, 0, nil, "✗ failed Your role lacks delete."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			g, out := guideOf(c.in)
			g.Verifier, g.Undo = func(string) verify.Verifier { return &bench{} }, &c.undo
			assert.Check(t, is.ErrorIs(g.offer(t.Context()), c.want))
			assert.Check(t, c.undo.applied == c.applied && strings.Contains(out.String(), c.says),
				"applied %d times, want %d; no %q in:\n%s", c.undo.applied, c.applied, c.says, out)
		})
	}
}

func TestUndoAfterAProblem(t *testing.T) {
	t.Parallel()
	problem := &explain.Error{Problem: "Okta says no.", Class: explain.ClassConflict}
	u := &undoer{}
	g, out := guideOf("u\nn\nu\ny\n")
	g.Undo = u
	_, err := g.trouble(t.Context(), 3, problem)
	assert.Check(t, errors.Is(err, report.Undone{}) && u.applied == 1,
		"%v, applied %d times\n%s", err, u.applied, out)
	g, out = guideOf("q\n")
	if _, err := g.trouble(t.Context(), 3, problem); !errors.Is(err, problem) || strings.Contains(out.String(), "u undo") {
		t.Errorf("%v where nothing can be taken back\n%s", err, out)
	}
}
