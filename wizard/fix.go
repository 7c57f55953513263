package wizard

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/tui/style"
	"msgsso-wizard/wizard/verify"
)

// fix plans what fixes a fault, shows it, and carries it out after the user's word.
type fix struct {
	*world
	bench   verify.Verifier
	fixes   []signintest.Fix // none: all that doctor offers
	phase   phase            // planning, ready, applying or stuck
	since   time.Time
	plan    setup.Plan
	rows    progress
	halted  bool
	leaving bool
	problem *explain.Error
}

func newFix(w *world, b verify.Verifier, fixes ...signintest.Fix) *fix {
	return &fix{world: w, bench: b, fixes: fixes}
}

func (r *fix) begin() action {
	r.phase, r.since, r.problem, r.halted = planning, time.Now(), nil, false
	return many{r.reading(func(ctx context.Context) any {
		plan, err := r.bench.PlanFix(ctx, r.fixes...)
		return planned{plan: plan, err: err}
	}), ticking()}
}

func (r *fix) carryOut() action {
	r.phase, r.since = applying, time.Now()
	plan := r.plan
	r.rows = newProgress(r.plan.Changes)
	return many{r.writing(func(ctx context.Context, stop *engine.Stop) any {
		return applied{err: r.bench.Fix(ctx, plan, stop)}
	}), ticking()}
}

// result takes what came; fixed says that everything was carried out.
func (r *fix) result(value any) (act action, fixed bool) {
	switch v := value.(type) {
	case tick:
		if r.phase == planning || r.phase == applying {
			return ticking(), false
		}
	case engine.Event:
		if v.Phase != engine.Paused {
			r.rows.take(v)
		}
	case halted:
		r.halted, r.leaving = true, v.leaving
	case planned:
		r.plan, r.phase = v.plan, ready
		r.fail(v.err)
	case applied:
		r.fail(v.err)
		return stay{}, v.err == nil
	}
	return stay{}, false
}

func (r *fix) fail(err error) {
	if err != nil {
		r.phase, r.problem = stuck, asProblem(err)
	}
}

// key reports whether the user left it.
func (r *fix) key(msg tea.KeyPressMsg) (act action, left bool) {
	key := msg.String()
	switch {
	case r.phase == applying:
		if key == "esc" && !r.halted {
			return halt{}, false
		}
	case key == "esc":
		return drop{slotPlan}, true
	case key == "enter" && r.phase == ready && r.plan.Writes():
		return r.carryOut(), false
	case key == "r" && r.phase == stuck:
		return r.begin(), false
	default:
		return pass{}, false
	}
	return stay{}, false
}

func (r *fix) lines(width int) []string {
	var lines []string
	switch r.phase {
	case planning:
		return []string{r.WaitLine("Reading what would mend it.", r.since, width)}
	case stuck:
		return r.problemBlock(r.problem, width)
	case applying:
		return append(r.rows.draw(r.world, width, time.Now()), r.haltLine(r.halted, r.leaving, width)...)
	}
	if r.plan.Writes() {
		lines = append(lines, " "+r.Theme.Strong.Render("This will"))
		lines = append(lines, r.ChangeRows(r.plan.Changes, width)...)
	} else {
		lines = append(lines, r.Notice("   ", false, "There is nothing that the wizard could change to mend it.", width)...)
	}
	for _, n := range r.plan.Notices {
		lines = append(lines, r.Notice("   ", n.OK, n.Text, width)...)
	}
	return lines
}

func (r *fix) hints() []style.Hint {
	switch {
	case r.phase == applying && r.leaving:
		return []style.Hint{{Key: "ctrl+c", Does: "leave now"}}
	case r.phase == applying && r.halted:
		return []style.Hint{{Key: "ctrl+c", Does: "leave after it"}}
	case r.phase == applying:
		return []style.Hint{{Key: "esc", Does: "stop after this call"}}
	case r.phase == ready && r.plan.Writes():
		return []style.Hint{{Key: "enter", Does: "do it"}, {Key: "esc", Does: "back"}}
	case r.phase == stuck:
		return []style.Hint{{Key: "r", Does: "try again"}, {Key: "esc", Does: "back"}}
	}
	return []style.Hint{{Key: "esc", Does: "back"}}
}
