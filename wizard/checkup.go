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
func (s *checkUp) fixable() bool { return len(report.Fixes(s.report)) > 0 }

func (s *checkUp) hints() []hint {
	switch {
	case s.repair != nil:
		return s.repair.hints()
	case s.report == nil && s.problem == nil:
		return []hint{{"esc", "back"}}
	case s.report == nil:
		return []hint{{"r", "again"}, {"esc", "back"}}
	}
	hints := []hint{{"r", "again"}, {"c", "copy the report"}, {"esc", "back"}, {s.glyphs.arrows, "scroll"}}
	if s.fixable() {
		hints = append([]hint{{"f", "mend"}}, hints...)
	}
	return hints
}

func (s *checkUp) page(width, height int) page {
	cells := min(width, readable)
	right := ""
	if s.report != nil {
		right = s.theme.dim.Render(s.fit(s.report.Chain.Deployment, max(0, cells-len(checkUpTitle)-5)))
	}
	head := []string{s.spread(" "+s.theme.strong.Render(checkUpTitle), right, cells-1)}
	why := wrap(checkUpWhy, cells-1, " ")
	switch {
	case s.repair != nil:
		p := page{lines: apart(height, head, s.repair.lines(cells))}
		p.see(1)
		return p
	case s.problem != nil:
		return page{lines: apart(height, head, s.problemBlock(s.problem, cells))}
	case s.report == nil:
		return page{lines: apart(height, slices.Concat(head, why), []string{s.waitLine("Looking at both services.", s.since, cells)})}
	}
	p := page{lines: append(head, s.notice(" ", !s.report.Failed(), report.Count(s.report), cells)...)}
	for _, place := range report.Places(s.report) {
		p.add("", " "+s.theme.strong.Render(s.fit(place.Title, cells-2)))
		for _, f := range place.Findings {
			from := len(p.lines)
			p.add(s.findingLines(f, cells)...)
			if f.State == doctor.Fail && p.focusEnd == 0 && len(p.lines) > height {
				p.focus, p.focusEnd = from, len(p.lines)
			}
		}
	}
	return p
}

// findingLines are what was found; under what fails, why it matters and how to fix it.
func (s *checkUp) findingLines(f doctor.Finding, cells int) []string {
	lines := s.marked(rowMargin, s.findingSign(f.State), f.What, cells-1)
	if f.State == doctor.OK {
		return lines
	}
	lines = append(lines, s.dimLines(s.under(cells-1, f.Why, "", ""))...)
	return append(lines, s.under(cells-1, f.Fix, f.RequestID, f.DocURL)...)
}

func (w *world) findingSign(state doctor.State) sign {
	switch state {
	case doctor.OK:
		return w.okSign()
	case doctor.Fail:
		return w.badSign()
	case doctor.Warn:
		return w.lookSign()
	default:
		return sign{w.glyphs.ahead, w.theme.dim}
	}
}

// details is the report as plain text.
func (s *checkUp) details() string {
	var b strings.Builder
	report.Findings(&b, report.NewMarks(true, !s.glyphs.ascii), s.report)
	return b.String()
}
