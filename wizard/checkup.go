package wizard

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/wizard/report"
	"msgsso-wizard/wizard/tui/style"
	"msgsso-wizard/wizard/verify"
)

const (
	checkUpTitle = "Doctor"
	checkUpWhy   = "Checks everything that a sign-in needs, from the page to the Okta app. It changes nothing."
)

// checkUp is the screen of doctor.
type checkUp struct {
	task
	bench  verify.Verifier
	report *doctor.Report // nil: not there yet
}

func newCheckUp(w *world, b verify.Verifier) *checkUp {
	return &checkUp{task: task{world: w}, bench: b}
}

func (s *checkUp) enter(backwards bool) action {
	if backwards && s.report != nil {
		return stay{}
	}
	s.report = nil
	return read(&s.task, slotLook, s.bench.Examine, func(found *doctor.Report) { s.report = found })
}

func (s *checkUp) key(msg tea.KeyPressMsg) action {
	key := msg.String()
	switch {
	case key == "esc" || key == "q":
		return back{}
	case s.phase == stuck:
		return s.stuckKey(key, func() action { return s.enter(false) }, func() string { return s.details(checkUpTitle) })
	case s.report == nil:
	case key == "r":
		return s.enter(false)
	case key == "c":
		return copyText{what: "the report", text: s.text()}
	case key == "f" && s.fixable():
		return aside{newFix(s.world, s.bench, s.title)}
	}
	return pass{}
}

// fixable reports whether the wizard can fix any of what was found.
func (s *checkUp) fixable() bool { return len(s.report.Fixes()) > 0 }

func (s *checkUp) hints() []style.Hint {
	switch {
	case s.phase == stuck:
		return s.stuckHints()
	case s.report == nil:
		return style.Hints("esc back")
	}
	return style.Hints(tern(s.fixable(), "f fix", ""), "r again", "c copy the report", "esc back", s.Glyphs.Arrows+" scroll")
}

func (s *checkUp) title(cells int) string {
	right := ""
	if s.report != nil {
		right = s.Soft(s.Fit(s.report.Chain.Deployment, max(0, cells-len(checkUpTitle)-5)))
	}
	return s.Spread(s.Heading(checkUpTitle), right, cells-1)
}

func (s *checkUp) page(width, height int) style.Page {
	cells := min(width, style.Readable)
	head := []string{s.title(cells)}
	switch {
	case s.phase == stuck:
		return style.Page{Lines: style.Apart(height, head, s.problemBlock(s.problem, cells))}
	case s.report == nil:
		head = append(head, style.Wrap(checkUpWhy, cells-1, "  ")...)
		return style.Page{Lines: style.Apart(height, head, []string{s.WaitLine("Checking both services", s.since, cells)})}
	}
	p := style.Page{Lines: append(head, s.Notice("  ", !s.report.Failed(), report.Count(s.report), cells)...)}
	for _, place := range report.Places(s.report) {
		p.Add("", s.Heading(s.Fit(place.Title, cells-2)))
		for _, f := range place.Findings {
			from := len(p.Lines)
			p.Add(s.findingLines(f, cells)...)
			if f.State == doctor.Fail && p.FocusEnd == 0 && len(p.Lines) > height {
				p.Focus, p.FocusEnd = from, len(p.Lines)
			}
		}
	}
	return p
}

// findingLines are what was found; under what fails, why it matters and how to fix it.
func (s *checkUp) findingLines(f doctor.Finding, cells int) []string {
	lines := s.Marked(style.RowMargin, s.findingSign(f.State), f.What, cells-1)
	if f.State == doctor.OK {
		return lines
	}
	lines = append(lines, s.SoftLines(s.Under(cells-1, f.Why, "", ""))...)
	return append(lines, s.Under(cells-1, f.Fix, f.RequestID, f.DocURL)...)
}

func (w *world) findingSign(state doctor.State) style.Sign {
	switch state {
	case doctor.OK:
		return w.OKSign()
	case doctor.Fail:
		return w.BadSign()
	case doctor.Warn:
		return w.LookSign()
	default:
		return style.Sign{Glyph: w.Glyphs.Ahead, Paint: w.Theme.Soft}
	}
}

// text is the report as plain text.
func (s *checkUp) text() string {
	var b strings.Builder
	report.Findings(&b, report.NewMarks(true, !s.Glyphs.ASCII), s.report)
	return b.String()
}
