package screens

import (
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// Page implements screen.Screen.
func (s *Section) Page(width, height int) style.Page {
	if len(s.prompts) > 0 {
		return s.promptPage(width, height)
	}
	var p style.Page
	window := width
	width = min(width, style.Readable)
	right := ""
	if s.Phase == screen.Done && !s.nothing {
		right = s.Soft("done in " + style.Clock(s.took))
	}
	p.Add(s.Spread(s.Heading(s.Fit(s.Info.Title, width-2)), right, width-1))
	if height >= style.Roomy {
		p.Add(style.Wrap(s.Info.Why, width-1, "  ")...)
		p.Add("")
	}
	if s.Form != nil {
		s.Form.Draw(&p, width, height)
		return p
	}
	if s.Phase == screen.Failed {
		s.stuckPage(&p, window, height)
		return p
	}
	if p.Add(s.answerRows(window)...); len(p.Lines) > 0 && p.Lines[len(p.Lines)-1] != "" {
		p.Add("")
	}
	from := len(p.Lines)
	switch s.Phase {
	case screen.Planning:
		p.Add(s.readingLine(width))
		p.Add(s.PauseLine(width)...)
	case screen.Ready:
		p.Add(s.checkedLines(width)...)
		p.Add(s.WillLines(width)...)
		p.Add("")
		p.Add(s.NoticeRows(width)...)
	case screen.Applying:
		if len(s.Rows) == 0 {
			p.Add(s.readingLine(width))
		}
		if made, all := s.Rows.Count(); all > 1 && height >= style.Roomy {
			p.Add(s.Bar(made, all, width), "")
			from += 2
		}
		p.Add(s.Rows.Draw(s.World, width)...)
		active := from + s.Rows.Active()
		p.Add(s.HaltLine(width)...)
		p.Add(s.PauseLine(width)...)
		if p.See(active); !s.Halting {
			p.FocusEnd = min(p.FocusEnd, active+2)
		}
		return p
	case screen.Done:
		p.Add(s.Rows.Draw(s.World, width)...)
		if s.nothing {
			p.Add(s.Notice("  ", true, "No changes needed. Everything is already set.", width)...)
			p.Add(s.NoticeRows(width)...)
		}
	}
	p.See(p.Tighten(height, from))
	return p
}

// stuckPage shows the problem, and above it the answers and how far the run came, as far as there is room: the
// problem says in words what was made.
func (s *Section) stuckPage(p *style.Page, window, height int) {
	width := min(window, style.Readable)
	problem := s.ProblemBlock(s.Problem, width, s.MadeSoFar())
	above := [][]string{s.answerRows(window), s.Rows.Draw(s.World, width)}
	for len(above) > 0 && len(p.Lines)+len(problem)+len(above)+len(slices.Concat(above...)) > height {
		above = above[1:]
	}
	for _, block := range above {
		if p.Add(block...); len(block) > 0 {
			p.Add("")
		}
	}
	from := len(p.Lines)
	p.Add(problem...)
	p.See(from)
}

// answerRows are the section's answers, each with where it comes from, cut only where the window ends.
func (s *Section) answerRows(window int) []string {
	var rows []string
	width := min(window, style.Readable)
	shown := s.Shown()
	asked := slices.DeleteFunc(guide.Questions(s.Info.ID), func(q guide.Question) bool { return !q.Asked(shown) })
	cells := min(style.Widest(asked, screen.LabelOf), width/3)
	for _, q := range asked {
		answer := shown.Get(q.Key)
		if !answer.Given || s.Settled(q) {
			continue
		}
		name := style.RowMargin + s.Soft(s.Column(q.Label, cells))
		row, _ := s.AnswerLine(name, s.AnswerText(q, answer), "("+answer.From.String()+")", lipgloss.NewStyle(), window-1)
		rows = append(rows, row)
		if answer.Note != "" {
			rows = append(rows, s.SoftLines(style.Wrap(answer.Note, width-1, strings.Repeat(" ", min(cells+5, width/2))))...)
		}
	}
	return rows
}

func (s *Section) readingLine(width int) string {
	return s.WaitLine("Reading current settings", s.Since, width)
}
