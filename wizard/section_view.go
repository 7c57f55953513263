package wizard

import (
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/style"
)

func (s *section) page(width, height int) style.Page {
	if len(s.prompts) > 0 {
		return s.promptPage(width, height)
	}
	var p style.Page
	window := width
	width = min(width, style.Readable)
	right := ""
	if s.phase == done && !s.nothing {
		right = s.Soft("done in " + style.Clock(s.took))
	}
	p.Add(s.Spread(s.Heading(s.Fit(s.info.Title, width-2)), right, width-1))
	if height >= style.Roomy {
		p.Add(style.Wrap(s.info.Why, width-1, "  ")...)
		p.Add("")
	}
	if s.form != nil {
		s.form.draw(&p, width, height)
		return p
	}
	if s.phase == stuck {
		s.stuckPage(&p, window, height)
		return p
	}
	if p.Add(s.answerRows(window)...); len(p.Lines) > 0 && p.Lines[len(p.Lines)-1] != "" {
		p.Add("")
	}
	from := len(p.Lines)
	switch s.phase {
	case planning:
		p.Add(s.readingLine(width))
		p.Add(s.pauseLine(width)...)
	case ready:
		p.Add(s.checkedLines(width)...)
		p.Add(s.willLines(width)...)
		p.Add("")
		p.Add(s.noticeRows(width)...)
	case applying:
		if len(s.rows) == 0 {
			p.Add(s.readingLine(width))
		}
		if made, all := s.rows.count(); all > 1 && height >= style.Roomy {
			p.Add(s.Bar(made, all, width), "")
			from += 2
		}
		p.Add(s.rows.draw(s.world, width)...)
		active := from + s.rows.active()
		p.Add(s.haltLine(width)...)
		p.Add(s.pauseLine(width)...)
		if p.See(active); !s.halting {
			p.FocusEnd = min(p.FocusEnd, active+2)
		}
		return p
	case done:
		p.Add(s.rows.draw(s.world, width)...)
		if s.nothing {
			p.Add(s.Notice("  ", true, "No changes needed. Everything is already set.", width)...)
			p.Add(s.noticeRows(width)...)
		}
	}
	p.See(p.Tighten(height, from))
	return p
}

// stuckPage shows the problem, and above it the answers and how far the run came, as far as there is room: the
// problem says in words what was made.
func (s *section) stuckPage(p *style.Page, window, height int) {
	width := min(window, style.Readable)
	problem := s.problemBlock(s.problem, width, s.madeSoFar())
	above := [][]string{s.answerRows(window), s.rows.draw(s.world, width)}
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
func (s *section) answerRows(window int) []string {
	var rows []string
	width := min(window, style.Readable)
	shown := s.shown()
	asked := slices.DeleteFunc(guide.Questions(s.info.ID), func(q guide.Question) bool { return !q.Asked(shown) })
	cells := min(style.Widest(asked, labelOf), width/3)
	for _, q := range asked {
		answer := shown.Get(q.Key)
		if !answer.Given || s.settled(q) {
			continue
		}
		name := style.RowMargin + s.Soft(s.Column(q.Label, cells))
		row, _ := s.answerLine(name, s.answerText(q, answer), "("+answer.From.String()+")", lipgloss.NewStyle(), window-1)
		rows = append(rows, row)
		if answer.Note != "" {
			rows = append(rows, s.SoftLines(style.Wrap(answer.Note, width-1, strings.Repeat(" ", min(cells+5, width/2))))...)
		}
	}
	return rows
}

// answerLine is an answer beside its label, with where it comes from, and whether that is all of it.
func (w *world) answerLine(name, value, source string, paint lipgloss.Style, width int) (line string, whole bool) {
	if width < style.Narrow {
		source = ""
	}
	room := width - ansi.StringWidth(name) - 4 - ansi.StringWidth(source)
	text := paint.Render(w.Fit(style.BareIfLong(value, room), room))
	return strings.TrimRight(name+"  "+text+"  "+w.Soft(source), " "), ansi.StringWidth(value) <= room
}

// settled reports whether the question is answered for good and its answer tells the user nothing.
func (w *world) settled(q guide.Question) bool {
	return (q.Kind == guide.Hidden || q.Kind == guide.Choice) && slices.Contains(w.fixed, q.Key)
}

// answerText is an answer on one line, in the words of the options where there are any.
func (w *world) answerText(q guide.Question, answer guide.Answer) string {
	if len(answer.Values) == 0 {
		return answer.Value
	}
	return q.Join(optionLabels(w.fixedOptions(q), answer.Values))
}

func labelOf(q guide.Question) string { return q.Label }

// open are the section's questions that arise with the present answers and that the user may answer.
func (w *world) open(id guide.SectionID) []guide.Question {
	return slices.DeleteFunc(guide.Questions(id), func(q guide.Question) bool {
		return slices.Contains(w.fixed, q.Key) || !q.Asked(w.env.Answers)
	})
}

func (s *section) readingLine(width int) string {
	return s.WaitLine("Reading current settings", s.since, width)
}
