package plain

import (
	"context"
	"fmt"

	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/report"
)

// rolloutStep is the next step of a run that tries a version first, and how the prompt offers it; none: there is none.
func (g *Session) rolloutStep() (word []string, label string) {
	switch r := g.Env.Result(0).Rollout; {
	case r == nil:
		return nil, ""
	case r.IsLive():
		return []string{"back"}, ", b go back"
	default:
		return []string{"live"}, ", l go live"
	}
}

// rollOut goes live, or back.
func (g *Session) rollOut(ctx context.Context) error {
	done := g.Busy("Genesys Cloud")
	plan, err := g.Env.PlanRollout(ctx)
	done()
	if err == nil {
		_, err = g.Move(ctx, plan, false)
	}
	return err
}

// Move shows the plan of a move to another version, and applies it once the user confirms, or at once with yes. moved
// reports whether it did.
func (g *Session) Move(ctx context.Context, plan setup.Plan, yes bool) (moved bool, err error) {
	if !plan.Writes() {
		fmt.Fprintln(g.Out, g.Marks.Note+" The deployment already uses this version. No changes were made.")
		return false, nil
	}
	moved, err = g.applyFix(ctx, g.Env.Apply, plan, yes)
	if moved && err == nil {
		report.Moved(g.Out, g.Marks, g.Env.Moved())
	}
	return moved, err
}
