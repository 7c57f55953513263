package wizard

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/verify"
)

// repair plans what mends a fault, shows it, and carries it out after the user's word.
type repair struct {
	*world
	bench   verify.Prover
	mends   []signintest.Mend // none: all that doctor offers
	phase   phase             // planning, ready, applying or stuck
	since   time.Time
	plan    setup.Plan
	rows    progress
	halted  bool
	leaving bool
	problem *explain.Error
}

func newRepair(w *world, b verify.Prover, mends ...signintest.Mend) *repair {
	return &repair{world: w, bench: b, mends: mends}
}

func (r *repair) begin() action {
	r.phase, r.since, r.problem, r.halted = planning, time.Now(), nil, false
	return many{r.reading(func(ctx context.Context) any {
		plan, err := r.bench.PlanMend(ctx, r.mends...)
		return planned{plan: plan, err: err}
	}), ticking()}
}

func (r *repair) carryOut() action {
	r.phase, r.since = applying, time.Now()
	plan := r.plan
	r.rows = newProgress(r.plan.Changes)
	return many{r.writing(func(ctx context.Context, stop *engine.Stop) any {
		return applied{err: r.bench.Mend(ctx, plan, stop)}
	}), ticking()}
}

// result takes what came; mended says that everything was carried out.
func (r *repair) result(value any) (act action, mended bool) {
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

func (r *repair) fail(err error) {
	if err != nil {
		r.phase, r.problem = stuck, asProblem(err)
	}
}

// key reports whether the user left it.
func (r *repair) key(msg tea.KeyPressMsg) (act action, left bool) {
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

func (r *repair) lines(width int) []string {
	var lines []string
	switch r.phase {
	case planning:
		return []string{r.waitLine("Reading what would mend it.", r.since, width)}
	case stuck:
		return r.problemBlock(r.problem, width)
	case applying:
		return append(r.rows.draw(r.world, width, time.Now()), r.haltLine(r.halted, r.leaving, width)...)
	}
	if r.plan.Writes() {
		lines = append(lines, " "+r.theme.strong.Render("This will"))
		lines = append(lines, r.changeRows(r.plan.Changes, width)...)
	} else {
		lines = append(lines, r.notice("   ", false, "There is nothing that the wizard could change to mend it.", width)...)
	}
	for _, n := range r.plan.Notices {
		lines = append(lines, r.notice("   ", n.OK, n.Text, width)...)
	}
	return lines
}

func (r *repair) hints() []hint {
	switch {
	case r.phase == applying && r.leaving:
		return []hint{{"ctrl+c", "leave now"}}
	case r.phase == applying && r.halted:
		return []hint{{"ctrl+c", "leave after it"}}
	case r.phase == applying:
		return []hint{{"esc", "stop after this call"}}
	case r.phase == ready && r.plan.Writes():
		return []hint{{"enter", "do it"}, {"esc", "back"}}
	case r.phase == stuck:
		return []hint{{"r", "try again"}, {"esc", "back"}}
	}
	return []hint{{"esc", "back"}}
}
