package plain

import (
	"context"
	"errors"
	"fmt"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/report"
)

// ErrDeclined is the error of an undo that the user didn't confirm.
var ErrDeclined = errors.New("nothing was undone")

// ConfirmUndo shows what undoing a run does, and does it once the user confirms, or at once with yes. Where all is kept,
// only the journal changes. It calls gone with each item that is undone.
func (g *Session) ConfirmUndo(ctx context.Context, u setup.Undoer, yes bool, gone func(engine.Item)) ([]engine.Item, error) {
	items, err := u.Plan(ctx)
	if err != nil {
		return items, err
	}
	report.Undo(g.Out, g.Marks, items)
	if !yes && engine.Undoes(items) {
		if err := g.agreeToUndo(ctx, items); err != nil {
			return nil, err
		}
	}
	stop := engine.NewStop()
	defer g.Gently(stop.Stop)()
	return items, u.Apply(ctx, items, stop, gone)
}

// agreeToUndo asks for a yes, or for the name of each deployment that is deleted: pages may use it. Enter keeps
// everything.
func (g *Session) agreeToUndo(ctx context.Context, items []engine.Item) error {
	live := setup.LiveDeployments(items)
	agreed, err := true, error(nil)
	if len(live) == 0 {
		agreed, err = g.confirm(ctx, "Undo this run?")
	}
	for _, name := range live {
		if err != nil || !agreed {
			break
		}
		var typed string
		typed, err = g.answer(ctx, fmt.Sprintf("To delete deployment %q, which may be live, type its name > ", name))
		agreed = typed == name
	}
	if err == nil && !agreed {
		fmt.Fprintln(g.Out, g.Marks.Note+" Nothing was undone.")
		err = ErrDeclined
	}
	return err
}

func (g *Session) undoable() bool { return g.Undo != nil && g.Undo.Left() }

// undo undoes what Run did. over reports that the run ends with the error: all is undone, or the session ended. After a
// failure the user can undo again.
func (g *Session) undo(ctx context.Context) (over bool, err error) {
	items, err := g.ConfirmUndo(ctx, g.Undo, false, func(i engine.Item) { report.UndoneItem(g.Out, g.Marks, i) })
	switch {
	case err == nil && len(engine.Shown(items)) > 0 && !engine.Undoes(items):
		return false, nil
	case err == nil:
		return true, report.ErrUndone
	case errors.Is(err, ErrDeclined):
		return false, nil
	case ctx.Err() != nil || errors.Is(err, errEnded) || errors.Is(err, engine.ErrStopped):
		return true, err
	}
	report.Problem(g.Out, g.Marks, report.Explain(err), nil)
	return false, nil
}
