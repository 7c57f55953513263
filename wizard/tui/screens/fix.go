package screens

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
	"msgsso-wizard/wizard/verify"
)

// fix plans what fixes a fault, shows it, and applies it after the user confirms. It lies over the screen that found
// the fault, which starts over when the fault is fixed.
type fix struct {
	screen.Changing
	bench verify.Verifier
	title func(cells int) string // of the screen under it
	fixes []signintest.Fix       // none: all that doctor offers
}

func newFix(w *screen.World, b verify.Verifier, title func(int) string, fixes ...signintest.Fix) *fix {
	return &fix{Changing: screen.Changing{Task: screen.Task{World: w}}, bench: b, title: title, fixes: fixes}
}

func (s *fix) Enter(bool) screen.Action {
	return screen.Read(&s.Task, screen.SlotPlan, func(ctx context.Context) (setup.Plan, error) {
		return s.bench.PlanFix(ctx, s.fixes...)
	}, func(plan setup.Plan) { s.Plan = plan })
}

func (s *fix) carryOut() screen.Action {
	return screen.CarryOut(&s.Changing, func(ctx context.Context, plan setup.Plan, stop *engine.Stop) (any, error) {
		return nil, s.bench.Fix(ctx, plan, stop)
	}, func(_ any, well bool) screen.Action {
		if well {
			return screen.Back{FromStart: true}
		}
		return screen.Stay{}
	})
}

func (s *fix) Result(value any) screen.Action {
	if ev, ok := value.(engine.Event); ok {
		s.Take(ev)
	}
	return screen.Stay{}
}

func (s *fix) Key(msg tea.KeyPressMsg) screen.Action {
	key := msg.String()
	switch {
	case s.Phase == screen.Applying:
		return s.ApplyKey(key)
	case key == "esc":
		return screen.Back{}
	case key == "enter" && s.Phase == screen.Ready && s.Plan.Writes():
		return s.carryOut()
	case s.Phase == screen.Failed:
		return s.FailedKey(key, func() screen.Action { return s.Enter(false) }, func() string { return s.Details("Fix") })
	}
	return screen.Pass{}
}

func (s *fix) Page(width, height int) style.Page {
	cells := min(width, style.Readable)
	p := style.Page{Lines: style.Apart(height, []string{s.title(cells)}, s.lines(cells))}
	p.See(1)
	return p
}

func (s *fix) lines(width int) []string {
	switch {
	case s.Phase == screen.Planning:
		return s.WaitLines("Planning the fix", width)
	case s.Phase == screen.Failed:
		return s.ProblemBlock(s.Problem, width)
	case s.Phase == screen.Applying:
		return append(append(s.Rows.Draw(s.World, width), s.HaltLine(width)...), s.PauseLine(width)...)
	case s.Plan.Writes():
		return append(s.WillLines(width), s.NoticeRows(width)...)
	default:
		return append(s.Notice("  ", false, "The wizard can't fix this for you.", width), s.NoticeRows(width)...)
	}
}

func (s *fix) Hints() []style.Hint {
	switch s.Phase {
	case screen.Applying:
		return s.ApplyHints()
	case screen.Failed:
		return s.FailedHints()
	default:
		return style.Hints(screen.Tern(s.Phase == screen.Ready && s.Plan.Writes(), "enter apply", ""), "esc back")
	}
}
