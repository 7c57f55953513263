package plain

import (
	"context"
	"errors"
	"fmt"

	"msgsso-wizard/steps"
	"msgsso-wizard/steps/undo"
	"msgsso-wizard/wizard/report"
)

// TakeBack shows what taking a run back will do, and does it after a yes, or at once if that was given beforehand.
// gone is told of each thing that went. Without a yes the error is a report.Quit.
func (g *Session) TakeBack(ctx context.Context, u undo.Undoer, yes bool, gone func(undo.Item)) ([]undo.Item, error) {
	out, err := u.Plan(ctx)
	if out.Unseen != "" {
		fmt.Fprintln(g.Out, g.Marks.Look+" Not everything could be looked for: "+out.Unseen)
	}
	if err != nil {
		return out.Items, err
	}
	report.Undo(g.Out, g.Marks, out.Items)
	if !yes {
		if agreed, err := g.Agree(ctx, "Take it back? [Y/n] "); err != nil || !agreed {
			return out.Items, errors.Join(err, report.Quit{})
		}
	}
	if g.Gently != nil {
		defer g.Gently(g.Env.Stop)()
	}
	return out.Items, u.Apply(ctx, gone)
}

// undoable reports whether Run made anything that can be taken back.
func (g *Session) undoable() bool { return g.Undo != nil && g.Undo.Left() }

// takeBack takes back what Run made. over says that the run has ended with the error: everything is gone, or the
// session. What fails is told and may be tried again.
func (g *Session) takeBack(ctx context.Context) (over bool, err error) {
	_, err = g.TakeBack(ctx, g.Undo, false, func(i undo.Item) { report.Undone(g.Out, g.Marks, i) })
	switch {
	case err == nil:
		return true, report.TakenBack{}
	case errors.Is(err, report.Quit{}) && !errors.Is(err, errEnded):
		return false, nil
	case ctx.Err() != nil || errors.Is(err, errEnded) || errors.Is(err, steps.ErrStopped):
		return true, err
	}
	report.Problem(g.Out, g.Marks, report.Explain(err), nil)
	return false, nil
}
