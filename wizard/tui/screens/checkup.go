package screens

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/wizard/report"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
	"msgsso-wizard/wizard/verify"
)

const (
	// CheckUpTitle is the title of the doctor.
	CheckUpTitle = "Doctor"
	checkUpWhy   = "Checks everything that a sign-in needs, from the page to the Okta app. It changes nothing."
)

// checkUp is the screen of doctor.
type checkUp struct {
	screen.Task
	bench  verify.Verifier
	report *doctor.Report // nil: not there yet
}

func newCheckUp(w *screen.World, b verify.Verifier) *checkUp {
	return &checkUp{Task: screen.Task{World: w}, bench: b}
}

func (s *checkUp) Enter(backwards bool) screen.Action {
	if backwards && s.report != nil {
		return screen.Stay{}
	}
	s.report = nil
	return screen.Read(&s.Task, screen.SlotLook, s.bench.Examine, func(found *doctor.Report) {
		s.report, s.Did[screen.DeedSeen] = found, pageWorks(found)
	})
}

func (s *checkUp) Key(msg tea.KeyPressMsg) screen.Action {
	key := msg.String()
	switch {
	case key == "esc":
		return screen.Back{}
	case s.Phase == screen.Failed:
		return s.FailedKey(key, func() screen.Action { return s.Enter(false) }, func() string { return s.Details(CheckUpTitle) })
	case s.report == nil:
	case key == "r":
		return s.Enter(false)
	case key == "c":
		return screen.CopyText{What: "the report", Text: s.text()}
	case key == "f" && s.fixable():
		return screen.Push{Screen: newFix(s.World, s.bench, s.title)}
	}
	return screen.Pass{}
}

// pageWorks reports whether doctor saw the page, and no fault anywhere.
func pageWorks(r *doctor.Report) bool {
	seen := false
	for _, f := range r.Findings {
		ofPage := f.Place == doctor.PlaceSite
		if f.State == doctor.Fail || ofPage && f.State != doctor.OK {
			return false
		}
		seen = seen || ofPage
	}
	return seen
}

// fixable reports whether the wizard can fix any of what was found.
func (s *checkUp) fixable() bool { return len(s.report.Fixes()) > 0 }

func (s *checkUp) Hints() []style.Hint {
	switch {
	case s.Phase == screen.Failed:
		return s.FailedHints()
	case s.report == nil:
		return style.Hints("esc back")
	}
	return style.Hints(screen.Tern(s.fixable(), "f fix", ""), "r check again", "c copy the report", "esc back", s.Glyphs.Arrows+" scroll")
}

func (s *checkUp) title(cells int) string {
	right := ""
	if s.report != nil {
		right = s.Soft(s.Fit(s.report.Chain.Deployment, max(0, cells-len(CheckUpTitle)-5)))
	}
	return s.Spread(s.Heading(CheckUpTitle), right, cells-1)
}

func (s *checkUp) Page(width, height int) style.Page {
	cells := min(width, style.Readable)
	head := []string{s.title(cells)}
	switch {
	case s.Phase == screen.Failed:
		return style.Page{Lines: style.Apart(height, head, s.ProblemBlock(s.Problem, cells))}
	case s.report == nil:
		head = append(head, style.Wrap(checkUpWhy, cells-1, "  ")...)
		return style.Page{Lines: style.Apart(height, head, []string{s.WaitLine("Checking both services", s.Since, cells)})}
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
	lines := s.Marked(style.RowMargin, findingSign(s.World, f.State), f.What, cells-1)
	if f.State == doctor.OK {
		return lines
	}
	lines = append(lines, s.SoftLines(s.Under(cells-1, f.Why, "", ""))...)
	return append(lines, s.Under(cells-1, f.Fix, f.RequestID, f.DocURL)...)
}

func findingSign(w *screen.World, state doctor.State) style.Sign {
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
