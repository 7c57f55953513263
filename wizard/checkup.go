package wizard

import (
	"context"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/wizard/report"
	"msgsso-wizard/wizard/tui/style"
	"msgsso-wizard/wizard/verify"
)

const (
	checkUpTitle = "Doctor"
	checkUpWhy   = "Everything that a sign-in needs, from the deployment back to the Okta app. Looking changes nothing."
)

// checkUp is the screen of doctor.
type checkUp struct {
	*world
	bench   verify.Verifier
	since   time.Time // when the look began
	report  *doctor.Report
	problem *explain.Error // why there is no report
	repair  *fix           // nil: nothing is being fixed
}

// examined is what a look came to.
type examined struct {
	report *doctor.Report
	err    error
}

func newCheckUp(w *world, b verify.Verifier) *checkUp { return &checkUp{world: w, bench: b} }

func (s *checkUp) enter(backwards bool) action {
	if backwards && s.report != nil {
		return stay{}
	}
	s.report, s.problem, s.repair, s.since = nil, nil, nil, time.Now()
	return many{start{slotLook, func(ctx context.Context) any {
		s.turn.Lock()
		defer s.turn.Unlock()
		found, err := s.bench.Examine(ctx)
		return examined{found, err}
	}}, ticking()}
}

func (s *checkUp) result(value any) action {
	if s.repair != nil {
		act, fixed := s.repair.result(value)
		if fixed {
			return s.enter(false)
		}
		return act
	}
	switch v := value.(type) {
	case tick:
		if s.report == nil && s.problem == nil {
			return ticking()
		}
	case examined:
		if s.report = v.report; v.err != nil {
			s.report, s.problem = nil, asProblem(v.err)
		}
	}
	return stay{}
}

func (s *checkUp) key(msg tea.KeyPressMsg) action {
	if s.repair != nil {
		act, left := s.repair.key(msg)
		if left {
			s.repair = nil
		}
		return act
	}
	key := msg.String()
	switch {
	case key == "esc" || key == "q":
		return back{}
	case s.report == nil && s.problem == nil:
		return pass{}
	case key == "r":
		return s.enter(false)
	case s.report == nil:
		return pass{}
	case key == "c":
		return copyText{what: "the report", text: s.details()}
	case key == "f" && s.fixable():
		s.repair = newFix(s.world, s.bench)
		return s.repair.begin()
	}
	return pass{}
}

func (s *checkUp) paste(string) action { return stay{} }

// fixable reports whether the wizard can fix any of what was found.
func (s *checkUp) fixable() bool { return len(s.report.Fixes()) > 0 }

func (s *checkUp) hints() []style.Hint {
	switch {
	case s.repair != nil:
		return s.repair.hints()
	case s.report == nil && s.problem == nil:
		return []style.Hint{{Key: "esc", Does: "back"}}
	case s.report == nil:
		return []style.Hint{{Key: "r", Does: "again"}, {Key: "esc", Does: "back"}}
	}
	hints := []style.Hint{{Key: "r", Does: "again"}, {Key: "c", Does: "copy the report"}, {Key: "esc", Does: "back"}, {Key: s.Glyphs.Arrows, Does: "scroll"}}
	if s.fixable() {
		hints = append([]style.Hint{{Key: "f", Does: "mend"}}, hints...)
	}
	return hints
}

func (s *checkUp) page(width, height int) style.Page {
	cells := min(width, style.Readable)
	right := ""
	if s.report != nil {
		right = s.Theme.Dim.Render(s.Fit(s.report.Chain.Deployment, max(0, cells-len(checkUpTitle)-5)))
	}
	head := []string{s.Spread(" "+s.Theme.Strong.Render(checkUpTitle), right, cells-1)}
	why := style.Wrap(checkUpWhy, cells-1, " ")
	switch {
	case s.repair != nil:
		p := style.Page{Lines: style.Apart(height, head, s.repair.lines(cells))}
		p.See(1)
		return p
	case s.problem != nil:
		return style.Page{Lines: style.Apart(height, head, s.problemBlock(s.problem, cells))}
	case s.report == nil:
		return style.Page{Lines: style.Apart(height, slices.Concat(head, why), []string{s.WaitLine("Looking at both services.", s.since, cells)})}
	}
	p := style.Page{Lines: append(head, s.Notice(" ", !s.report.Failed(), report.Count(s.report), cells)...)}
	for _, place := range report.Places(s.report) {
		p.Add("", " "+s.Theme.Strong.Render(s.Fit(place.Title, cells-2)))
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
	lines = append(lines, s.DimLines(s.Under(cells-1, f.Why, "", ""))...)
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
		return style.Sign{Glyph: w.Glyphs.Ahead, Paint: w.Theme.Dim}
	}
}

// details is the report as plain text.
func (s *checkUp) details() string {
	var b strings.Builder
	report.Findings(&b, report.NewMarks(true, !s.Glyphs.ASCII), s.report)
	return b.String()
}
