package screens

import (
	"fmt"
	"slices"
	"strings"
	"time"

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
	if s.Phase == screen.Failed && s.Form == nil {
		return s.stuckPage(width, height)
	}
	right := ""
	switch {
	case s.Form != nil:
		right = s.Form.Position(width)
	case s.Phase == screen.Ready:
		right = screen.Tern(len(s.Written()) > 0, "not applied yet", "no changes yet")
	case s.Phase == screen.Done && !s.nothing:
		right = "done in " + style.Clock(s.took)
	case s.Phase == screen.Applying: // the row that moves has tenths
		right = style.Seconds(time.Since(s.Since))
	}
	p.Add(s.Titled(s.Info.Title, right, width-1))
	if height >= style.Roomy {
		p.Add(style.Wrap(s.Info.Why, width-1, "  ")...)
		p.Add("")
	}
	if s.Form != nil {
		s.Form.Draw(&p, width, height)
		return p
	}
	if s.Phase == screen.Applying {
		s.applyingPage(&p, window, height)
		return p
	}
	answers, now := s.answerRows(window), s.nowLines(width)
	bare := slices.DeleteFunc(slices.Concat(p.Lines, answers, now), func(line string) bool { return line == "" })
	if len(bare) > height { // what is new goes first
		p.Add(now...)
		now = answers
	} else {
		p.Add(answers...)
	}
	if len(answers) > 0 && height >= style.Roomy {
		p.Add("")
	}
	p.Add(now...)
	p.Tighten(height, 0)
	return p
}

// nowLines are what the phase adds to the section's answers.
func (s *Section) nowLines(width int) []string {
	switch s.Phase {
	case screen.Planning:
		return s.WaitLines(reading, width)
	case screen.Ready:
		lines := append(s.checkedLines(width), s.WillLines(width)...)
		return append(append(lines, ""), s.NoticeRows(width)...)
	case screen.Done:
		lines := append(s.Rows.Draw(s.World, width), s.Rows.Recoveries(s.World, width)...)
		if s.nothing {
			lines = append(lines, s.Notice("  ", true, "No changes needed. Everything is already set.", width)...)
			lines = append(lines, s.NoticeRows(width)...)
		}
		return lines
	}
	return nil
}

// applyingPage adds how far the changes are, with the one under way in sight.
func (s *Section) applyingPage(p *style.Page, window, height int) {
	width := min(window, style.Readable)
	if height >= style.Roomy {
		if answers := s.answerRows(window); len(answers) > 0 {
			p.Add(append(answers, "")...)
		}
	}
	if len(s.Rows) == 0 {
		p.Add(s.WaitLine(reading, s.Since, width))
	}
	if made, all := s.Rows.Count(); all > 1 && height >= style.Roomy {
		p.Add(s.Bar(made, all, width), "")
	}
	active := len(p.Lines) + s.Rows.Active()
	p.Add(s.Rows.Draw(s.World, width)...)
	p.Add(s.Rows.Recoveries(s.World, width)...)
	p.Add(s.HaltLine(width)...)
	p.Add(s.PauseLine(width)...)
	if live := style.Wrap(notLive, width-1, style.RowMargin); !s.Live() && len(p.Lines)+len(live) < height {
		p.Add("")
		p.Add(s.SoftLines(live)...)
	}
	if p.See(active); !s.Halting {
		p.FocusEnd = min(p.FocusEnd, active+2)
	}
}

// stuckPage shows the problem, and below it how far the run came, with every row as far as there is room.
func (s *Section) stuckPage(width, height int) style.Page {
	problem := s.ProblemBlock(s.Problem, width)
	if len(s.Written()) == 0 {
		return style.Page{Lines: style.Apart(height, problem, []string{style.RowMargin + s.SoFar()})}
	}
	of, said, rows := "Created so far", screen.Counted(len(s.Written()), "change"), s.MadeRows(width)
	if made, all := s.Rows.Count(s.Written()...); made > 0 {
		of, said, rows = "In this section", fmt.Sprintf("%d of %d", made, all), s.Rows.Draw(s.World, width)
	}
	if !s.Live() {
		said += s.Glyphs.Dot + "nothing is live yet"
	}
	head := s.Spread(s.Heading(of), s.Soft(said), width-1)
	if len(problem)+len(rows)+2 > height {
		rows = nil
	}
	return style.Page{Lines: style.Apart(height, problem, append([]string{head}, rows...))}
}

// answerRows are the section's answers, each with where it comes from, on two lines at most.
func (s *Section) answerRows(window int) []string {
	var rows []string
	width := min(window, style.Readable)
	shown := s.Shown()
	asked := slices.DeleteFunc(shown.Questions(s.Info.ID), func(q guide.Question) bool { return !q.Asked(shown) })
	cells := min(style.Widest(asked, screen.LabelOf), max(width/3, min(22, width-42)))
	for _, q := range asked {
		answer := shown.Get(q.Key)
		if !answer.Given || s.Settled(q) {
			continue
		}
		name := style.RowMargin + s.Soft(s.Column(q.Label, cells))
		value, source := s.AnswerText(q, answer), "("+answer.From.String()+")"
		row, whole := s.AnswerLine(name, value, source, lipgloss.NewStyle(), window-1)
		lines := []string{row}
		if !whole && window >= style.Narrow {
			lines = s.AnswerLines(name, value, source, window-1)
		}
		if len(lines) > 2 { // its start is enough to know it by
			lines = []string{row}
		}
		rows = append(rows, lines...)
		if answer.Note != "" {
			rows = append(rows, s.SoftLines(style.Wrap(answer.Note, width-1, strings.Repeat(" ", min(cells+5, width/2))))...)
		}
	}
	return rows
}

// notLive is said while nothing of what is applied reaches a visitor.
const notLive = "Nothing is live yet: visitors see no change until the deployment is Active."

// reading is what is under way while a plan, or what a plan needs, is read.
const reading = "Reading current settings"
