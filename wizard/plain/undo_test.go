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
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/report"
	"msgsso-wizard/wizard/verify"
)

// undoer has one item to undo and one to keep.
type undoer struct {
	keeps            bool // both are kept
	app              bool // the first one is an app
	planErr, failure error
	applied          int
}

func (u *undoer) Left() bool { return true }

func (u *undoer) Plan(context.Context) ([]engine.Item, error) {
	act := engine.Delete
	if u.keeps {
		act = engine.Keep
	}
	kind := guide.KindDeployment
	if u.app {
		kind = guide.KindApp
	}
	return []engine.Item{
		{Act: act, Kind: kind, Name: "Web SSO", ID: "d1", Why: "pages show no Messenger any more"},
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
		{"done", "u\nWeb SSO\n", undoer{}, 1, report.ErrUndone, "✓ done deleted  deployment  Web SSO  d1"},
		{"Enter keeps a deployment", "u\n\n\n", undoer{}, 0, nil, "To delete deployment \"Web SSO\", which may be live, type its name > \n! note Nothing was undone.\n"},
		{"yes is no name", "u\ny\n\n", undoer{}, 0, nil, "Nothing was undone."},
		{"no deployment", "u\ny\n", undoer{app: true}, 1, report.ErrUndone, "Undo this run? [y/N] "},
		{"Enter keeps an app", "u\n\n\n", undoer{app: true}, 0, nil, "Nothing was undone."},
		{"what stays", "u\nn\n\n", undoer{}, 0, nil, "! note keep  configuration  Chat  c1  another deployment uses it"},
		{"all stays", "u\n\n", undoer{keeps: true}, 1, nil, "! note Nothing was undone. The changes are kept for the reasons above."},
		{"refused, and tried again", "u\nWeb SSO\nu\nWeb SSO\n\n", undoer{failure: problem}, 2, nil, "✗ failed Your role lacks delete."},
		{"stopped", "u\nWeb SSO\n", undoer{failure: engine.ErrStopped}, 1, engine.ErrStopped, "u undo"},
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

func TestUndoAfterError(t *testing.T) {
	t.Parallel()
	problem := &explain.Error{Problem: "Okta says no.", Class: explain.ClassConflict}
	u := &undoer{}
	g, out := guideOf("u\nn\nu\nWeb SSO\n")
	g.Undo = u
	_, err := g.handleError(t.Context(), 3, problem)
	assert.Check(t, errors.Is(err, report.ErrUndone) && u.applied == 1,
		"%v, applied %d times\n%s", err, u.applied, out)
	g, out = guideOf("q\n")
	if _, err := g.handleError(t.Context(), 3, problem); !errors.Is(err, problem) || strings.Contains(out.String(), "u undo") {
		t.Errorf("%v where nothing can be undone\n%s", err, out)
	}
}
