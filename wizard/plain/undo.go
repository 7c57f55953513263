package plain

import (
	"context"
	"errors"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/report"
)

// ConfirmUndo shows what taking a run back will do, and does it after a yes, or at once if that was given beforehand, or if
// nothing is undone: then only the journal changes. gone is told of each thing that went. Without a yes the error is a
// report.Quit.
func (g *Session) ConfirmUndo(ctx context.Context, u setup.Undoer, yes bool, gone func(engine.Item)) ([]engine.Item, error) {
	items, err := u.Plan(ctx)
	if err != nil {
		return items, err
	}
	report.Undo(g.Out, g.Marks, items)
	if !yes && engine.Undoes(items) {
		if agreed, err := g.Agree(ctx, "Take it back? [Y/n] "); err != nil || !agreed {
			return items, errors.Join(err, report.Quit{})
		}
	}
	stop := engine.NewStop()
	defer g.Gently(stop.Stop)()
	return items, u.Apply(ctx, items, stop, gone)
}

func (g *Session) undoable() bool { return g.Undo != nil && g.Undo.Left() }

// undo takes back what Run made. over says that the run has ended with the error: everything is gone, or the
// session. What fails is told and may be tried again.
func (g *Session) undo(ctx context.Context) (over bool, err error) {
	items, err := g.ConfirmUndo(ctx, g.Undo, false, func(i engine.Item) { report.UndoneItem(g.Out, g.Marks, i) })
	switch {
	case err == nil && len(engine.Shown(items)) > 0 && !engine.Undoes(items):
		return false, nil
	case err == nil:
		return true, report.Undone{}
	case errors.Is(err, report.Quit{}) && !errors.Is(err, errEnded):
		return false, nil
	case ctx.Err() != nil || errors.Is(err, errEnded) || errors.Is(err, engine.ErrStopped):
		return true, err
	}
	report.Problem(g.Out, g.Marks, report.Explain(err), nil)
	return false, nil
}
