package screens

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// Page implements screen.Screen.
func (s *Review) Page(width, height int) style.Page {
	var p style.Page
	window := width
	width = min(width, style.Readable)
	p.Add(s.Spread(s.Heading(reviewTitle), s.Soft(s.count()), width-1))
	if s.Problem != nil {
		s.problemPart(&p, width, height)
	} else if height >= style.Roomy {
		why := reviewWhy
		if s.Agreed {
			why = reviewAgain
		}
		p.Add(style.Wrap(why, width-1, "  ")...)
	}
	s.answerPart(&p, window, height)
	from := len(p.Lines)
	s.planPart(&p, width)
	if s.plan != nil && s.Problem == nil {
		p.Add("", s.applyRow())
	}
	if s.At == len(s.Rows) {
		p.See(min(from, len(p.Lines)-1))
	}
	return p
}

// applyRow is the last row: Enter there lets the wizard write.
func (s *Review) applyRow() string {
	n := 0
	for _, c := range s.plan.Changes {
		if c.Writes() {
			n++
		}
	}
	text := "Apply " + screen.Counted(n, "change")
	if s.At == len(s.Rows) {
		return s.Cursor() + s.Theme.Fill.Render(" "+text+" ")
	}
	return style.RowMargin + s.Theme.Strong.Render(text)
}

// count says how much the plan writes.
func (s *Review) count() string {
	if s.plan == nil || s.Problem != nil {
		return ""
	}
	create, update := 0, 0
	for _, c := range s.plan.Changes {
		switch c.Verb {
		case engine.Create:
			create++
		case engine.Update:
			update++
		}
	}
	return fmt.Sprintf("%d to create, %d to change", create, update)
}

// problemPart adds what stands in the way: in sight until the cursor leaves it.
func (s *Review) problemPart(p *style.Page, width, height int) {
	lines := s.ProblemBlock(s.Problem, width, s.MadeSoFar())
	if s.At == atProblem {
		lines[0] = s.Cursor() + strings.TrimPrefix(lines[0], style.RowMargin)
		defer p.See(0)
	}
	if height >= style.Roomy {
		p.Add("")
	}
	p.Add(lines...)
}

// answerPart adds the answers under their sections, the one at the cursor in sight and in full. Answers are cut only
// where the window ends.
func (s *Review) answerPart(p *style.Page, window, height int) {
	width := min(window, style.Readable)
	label := min(style.Widest(s.Rows, screen.LabelOf), width/3)
	var section guide.SectionID
	for i, q := range s.Rows {
		if q.Section != section {
			section = q.Section
			p.Add("", s.Heading(s.Fit(titleOf(section), width-2)))
		}
		from := len(p.Lines)
		if i == s.At && s.edit != nil {
			indent := label + 5
			if width < style.Narrow {
				label, indent = width-5, 5
			}
			s.edit.DrawFocused(p, s.edit.Current(), label, indent, width, height)
		} else {
			row, whole := s.answerRow(q, i == s.At, label, window)
			if p.Add(row); i == s.At && !whole {
				p.Add(s.wholeAnswer(q, label, window)...)
			}
		}
		if i == s.At {
			p.See(from)
			p.Focus = max(0, from-2) // with its section
		}
	}
}

// answerRow is an answer on one line, and whether that has all of it.
func (s *Review) answerRow(q guide.Question, here bool, label, width int) (row string, whole bool) {
	answer := s.Shown().Get(q.Key)
	value, source, paint := s.AnswerText(q, answer), "("+answer.From.String()+")", lipgloss.NewStyle()
	switch {
	case s.lacking[q.Key]:
		value, source, paint = s.Glyphs.Look+" not answered yet", "", s.Theme.Look
	case !answer.Given:
		value, source, paint = cmp.Or(q.Else, "none"), "", s.Theme.Soft
	}
	name := style.RowMargin + s.Soft(s.Column(q.Label, label))
	if here {
		name = s.Cursor() + s.Theme.Strong.Render(s.Column(q.Label, label))
	}
	row, whole = s.AnswerLine(name, value, source, paint, width)
	return row, !answer.Given || width >= style.Narrow && whole
}

// wholeAnswer is what does not fit in the row: the answer, and in a narrow window where it comes from.
func (s *Review) wholeAnswer(q guide.Question, label, width int) []string {
	answer := s.Shown().Get(q.Key)
	if width < style.Narrow {
		return s.SoftLines(style.Wrap(s.AnswerText(q, answer)+" ("+answer.From.String()+")", width-1, "     "))
	}
	return s.SoftLines(style.Wrap(s.AnswerText(q, answer), width-1, strings.Repeat(" ", label+5)))
}

// planPart adds what will be made, as far as it is known.
func (s *Review) planPart(p *style.Page, width int) {
	if s.Problem != nil {
		return
	}
	p.Add("")
	if s.plan == nil {
		if s.edit == nil {
			p.Add(s.WaitLine("Reading current settings", s.Since, width))
		}
		return
	}
	unknown := s.unknown()
	p.Add(s.Heading(screen.Tern(unknown == "", "All planned changes", "Planned changes so far")))
	p.Add(s.ChangeRows(s.plan.Changes, width)...)
	if unknown != "" {
		p.Add(s.Notice("  ", false, unknown+" These changes aren't checked yet.", width)...)
	}
	for _, n := range s.plan.Notices {
		if !n.OK {
			p.Add(s.Notice("  ", false, n.Text, width)...)
		}
	}
}

// unknown says from where on the plan is not known, and what that takes; empty: all of it is.
func (s *Review) unknown() string {
	own := guide.SectionsUpTo(s.from.Info.ID)
	for i, section := range guide.Sections() {
		switch {
		case len(s.Env.Answers.Missing(section.ID)) > 0:
			return "The changes from " + section.Title + " on depend on answers that are missing."
		case s.part && i == len(own):
			return "The changes from " + section.Title + " on are known after you sign in there."
		}
	}
	return ""
}

func titleOf(id guide.SectionID) string {
	sections := guide.Sections()
	return sections[slices.IndexFunc(sections, func(s guide.Section) bool { return s.ID == id })].Title
}
