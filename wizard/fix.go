package wizard

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/tui/style"
	"msgsso-wizard/wizard/verify"
)

// fix plans what fixes a fault, shows it, and carries it out after the user's word. It lies over the screen that found
// the fault, which begins afresh when it is fixed.
type fix struct {
	changing
	bench verify.Verifier
	title func(cells int) string // of the screen under it
	fixes []signintest.Fix       // none: all that doctor offers
}

func newFix(w *world, b verify.Verifier, title func(int) string, fixes ...signintest.Fix) *fix {
	return &fix{changing: changing{task: task{world: w}}, bench: b, title: title, fixes: fixes}
}

func (s *fix) enter(bool) action {
	return read(&s.task, slotPlan, func(ctx context.Context) (setup.Plan, error) {
		return s.bench.PlanFix(ctx, s.fixes...)
	}, func(plan setup.Plan) { s.plan = plan })
}

func (s *fix) carryOut() action {
	return carryOut(&s.changing, func(ctx context.Context, plan setup.Plan, stop *engine.Stop) (any, error) {
		return nil, s.bench.Fix(ctx, plan, stop)
	}, func(_ any, well bool) action {
		if well {
			return back{afresh: true}
		}
		return stay{}
	})
}

func (s *fix) result(value any) action {
	if ev, ok := value.(engine.Event); ok {
		s.take(ev)
	}
	return stay{}
}

func (s *fix) key(msg tea.KeyPressMsg) action {
	key := msg.String()
	switch {
	case s.phase == applying:
		return s.applyKey(key)
	case key == "esc":
		return back{}
	case key == "enter" && s.phase == ready && s.plan.Writes():
		return s.carryOut()
	case s.phase == stuck:
		return s.stuckKey(key, func() action { return s.enter(false) }, func() string { return s.details("Mend") })
	}
	return pass{}
}

func (s *fix) page(width, height int) style.Page {
	cells := min(width, style.Readable)
	p := style.Page{Lines: style.Apart(height, []string{s.title(cells)}, s.lines(cells))}
	p.See(1)
	return p
}

func (s *fix) lines(width int) []string {
	switch {
	case s.phase == planning:
		return []string{s.WaitLine("Planning the fix", s.since, width)}
	case s.phase == stuck:
		return s.problemBlock(s.problem, width)
	case s.phase == applying:
		return append(append(s.rows.draw(s.world, width), s.haltLine(width)...), s.pauseLine(width)...)
	case s.plan.Writes():
		return append(s.willLines(width), s.noticeRows(width)...)
	default:
		return append(s.Notice("  ", false, "The wizard can't fix this for you.", width), s.noticeRows(width)...)
	}
}

func (s *fix) hints() []style.Hint {
	switch s.phase {
	case applying:
		return s.applyHints()
	case stuck:
		return s.stuckHints()
	default:
		return style.Hints(tern(s.phase == ready && s.plan.Writes(), "enter apply", ""), "esc back")
	}
}
