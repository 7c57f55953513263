package cli

import (
	"context"
	"syscall"

	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/report"
	"msgsso-wizard/wizard/tui"
)

// screen runs the full screen, which handles signals and saves the snippet itself. ended is the signal that ended it,
// also after the run was done.
func (r *run) screen(ctx context.Context) (result setup.Result, ended, err error) {
	out, err := tui.Run(ctx, tui.Config{
		Env: r.env, Demo: r.demo != nil, Resume: r.resumed, Fixed: r.fixed, In: r.In, Out: r.Out, Color: r.options.color.word,
		Still: r.still(r.options), Tour: r.tour, Speed: r.speed, Fill: r.fill(), Undo: r.undo(), Handover: r.handover, Bench: r.verifier, Trap: r.Trap, Open: opener(ctx),
	})
	r.revoked = out.Revoked
	report.Remains(r.Err, r.marks(false), out.Left)
	if number, ok := out.Signal.(syscall.Signal); ok {
		ended = report.Interrupted{Signal: number}
	}
	switch {
	case err != nil || out.Finished:
		return out.Result, ended, err
	case ended != nil:
		return out.Result, ended, ended
	case out.Undone:
		return out.Result, nil, report.ErrUndone
	case out.Err != nil:
		return out.Result, nil, out.Err
	default:
		return out.Result, nil, report.ErrQuit
	}
}
