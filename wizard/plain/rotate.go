package plain

import (
	"context"
	"errors"
	"fmt"
	"time"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/report"
	"msgsso-wizard/wizard/verify"
)

// What becomes of the old client secret.
const (
	OldKeep       = "keep"
	OldDeactivate = "deactivate"
	OldDelete     = "delete"
)

// Rotation is what is wanted of a rotation.
type Rotation struct {
	Old    string        // what becomes of the old client secret; empty: it is deactivated, and a user is asked whether to delete it
	MaxAge time.Duration // a younger secret stays; 0: none does
	Yes    bool          // don't ask
	DryRun bool          // only plan
	Run    string        // the ID of its run
}

// Rotate puts a new client secret in the place of the old one. An interrupted rotation is completed.
func (g *Session) Rotate(ctx context.Context, p verify.Verifier, want Rotation) (done report.Rotated, err error) {
	status := oktasteps.SecretInactive
	switch want.Old {
	case OldKeep:
		status = ""
	case OldDelete:
		status = oktasteps.SecretDeleted
	}
	plan, err := p.PlanRotation(ctx, status)
	if err != nil {
		return done, err
	}
	done = report.RotatedOf(plan.Secrets(), want.Run)
	begun := done.Secrets.New.ID != "" && !done.Secrets.Adopted
	if !begun && want.MaxAge > 0 && done.Age < want.MaxAge {
		done.State = report.RotationYoung
		return done, nil
	}
	if begun && want.Old == OldKeep && want.MaxAge > 0 && !plan.Writes() && time.Since(done.Secrets.New.Created) >= want.MaxAge {
		return done, explain.New(explain.ClassConflict, "",
			"The client secret is due, but Okta allows 2, and the one before it is still active. No changes were made.",
			"Rotate with --old deactivate to end the last rotation. Then rotate again.")
	}
	if again, err := g.agreeToRotate(ctx, plan, want); err != nil || !again {
		return done, err
	}
	done.State = report.RotationStored
	for _, step := range rotationSteps(want) {
		if step == oktasteps.SecretDeleted && want.Old == "" {
			delete, err := g.confirm(ctx, "Delete the old client secret for good? Undo ends then.")
			if err != nil || !delete {
				return done, unlessEnded(err)
			}
		}
		if err := g.rotateTo(ctx, p, step, &done); err != nil {
			return done, err
		}
		if step == "" && !want.Yes && want.Old != OldKeep {
			if over, err := g.offerTest(ctx, p, want.Old, &done); over || err != nil {
				return done, unlessEnded(err)
			}
		}
	}
	return done, nil
}

// unlessEnded is an error, but nil where the input ended: the rotation stays as far as it is.
func unlessEnded(err error) error {
	if errors.Is(err, errEnded) {
		return nil
	}
	return err
}

// rotationSteps are the statuses that the old secret gets one after another. A user can test in between.
func rotationSteps(want Rotation) []string {
	steps, from, to := []string{"", oktasteps.SecretInactive, oktasteps.SecretDeleted}, 0, 2
	if want.Yes {
		from = 1 // at once: there is no test in between
	}
	switch {
	case want.Old == OldKeep:
		from, to = 0, 1
	case want.Old == OldDelete, want.Old == "" && !want.Yes:
		to = 3
	}
	return steps[from:to]
}

// agreeToRotate shows the plan, and asks. Without questions, it refuses what others may not want.
func (g *Session) agreeToRotate(ctx context.Context, plan setup.Plan, want Rotation) (bool, error) {
	risk := g.rotationRisk(plan.Secrets(), want.Old)
	if risk != "" && want.Yes && !want.DryRun {
		return false, explain.New(explain.ClassConflict, "", risk+" No changes were made.",
			"Say what becomes of the old client secret (--old keep, --old deactivate, or --old delete), or rotate in a terminal without --yes.")
	}
	report.Plan(g.Out, g.Marks, plan)
	g.notices(plan.Attention())
	switch {
	case want.DryRun:
		return false, nil
	case want.Yes:
		return true, nil
	case risk != "":
		return g.confirm(ctx, "Rotate the client secret?")
	}
	agreed, err := g.agree(ctx)
	return agreed, unlessEnded(err)
}

// rotationRisk says whom a rotation may lock out, or what it deletes that isn't the wizard's; empty: neither.
func (g *Session) rotationRisk(s oktasteps.Secrets, old string) string {
	switch {
	case s.Spare.ID != "" && old != OldDelete && !g.Env.Journal.Known(guide.KindOldSecret, "", s.Spare.ID):
		return fmt.Sprintf("Okta allows 2 client secrets. The app %q has an inactive one, which no rotation on this computer left. It has to be deleted first.", s.App.Label)
	case old != "":
		return ""
	case s.App.ManagedBy != mark.Tag:
		return fmt.Sprintf("The wizard didn't create the app %q. Others may use its old client secret.", s.App.Label)
	case s.Adopted:
		return fmt.Sprintf("The app %q has 2 active client secrets. Others may use the older one.", s.App.Label)
	}
	return ""
}

// rotateTo carries a rotation out until the old secret has that status.
func (g *Session) rotateTo(ctx context.Context, p verify.Verifier, status string, done *report.Rotated) error {
	plan, err := p.PlanRotation(ctx, status)
	if err == nil {
		err = g.apply(ctx, p.Fix, plan)
	}
	if err == nil {
		done.Applied(plan)
	}
	return err
}

// offerTest lets a user sign in while both secrets work, or undo. over reports that the rotation ends here.
func (g *Session) offerTest(ctx context.Context, p verify.Verifier, old string, done *report.Rotated) (over bool, err error) {
	retires := "deactivates"
	if old == OldDelete {
		retires = "deletes"
	}
	fmt.Fprintln(g.Out, g.Marks.Done+" Genesys Cloud has the new client secret. Okta accepts both.")
	for {
		word, err := g.choice(ctx, "t sign-in test, u undo, Enter "+retires+" the old client secret > ", "continue", "test", "undo")
		switch {
		case err != nil:
			return true, err
		case word == "continue":
			return false, nil
		case word == "undo":
			if over, err := g.undo(ctx); over {
				if errors.Is(err, report.ErrUndone) {
					done.State, err = report.RotationUndone, nil
				}
				return true, err
			}
		default:
			result, err := g.Test(ctx, p)
			if ctx.Err() != nil {
				return true, err
			}
			if err != nil {
				report.Problem(g.Out, g.Marks, report.Explain(err), nil)
				continue
			}
			report.Outcome(g.Out, g.Marks, result)
		}
	}
}
