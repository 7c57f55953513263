package wizard

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
)

func (s *review) page(width, height int) page {
	var p page
	window := width
	width = min(width, readable)
	p.add(s.spread(" "+s.theme.strong.Render(reviewTitle), s.theme.dim.Render(s.count()), width-1))
	if s.problem != nil {
		s.problemPart(&p, width, height)
	} else if height >= roomy {
		why := reviewWhy
		if s.agreed {
			why = reviewAgain
		}
		p.add(wrap(why, width-1, " ")...)
	}
	s.answerPart(&p, window, height)
	from := len(p.lines)
	s.planPart(&p, width)
	if s.at == len(s.rows) {
		p.see(min(from, len(p.lines)-1))
	}
	return p
}

// count says how much the plan writes.
func (s *review) count() string {
	if s.plan == nil || s.problem != nil {
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
func (s *review) problemPart(p *page, width, height int) {
	lines := s.problemBlock(s.problem, width, s.madeSoFar())
	if s.at == atProblem {
		lines[0] = " " + s.theme.accent.Render(s.glyphs.cursor) + " " + strings.TrimPrefix(lines[0], rowMargin)
		defer p.see(0)
	}
	if height >= roomy {
		p.add("")
	}
	p.add(lines...)
}

// answerPart adds the answers under their sections, the one at the cursor in sight and in full. Answers are cut only
// where the window ends.
func (s *review) answerPart(p *page, window, height int) {
	width, label := min(window, readable), 0
	for _, q := range s.rows {
		label = max(label, ansi.StringWidth(q.Label))
	}
	label = min(label, width/3)
	var section guide.SectionID
	for i, q := range s.rows {
		if q.Section != section {
			section = q.Section
			p.add("", " "+s.theme.strong.Render(s.fit(titleOf(section), width-2)))
		}
		from := len(p.lines)
		if i == s.at && s.edit != nil {
			indent := label + 5
			if width < narrow {
				label, indent = width-5, 5
			}
			s.edit.drawFocused(p, s.edit.current(), label, indent, width, height)
		} else {
			row, whole := s.answerRow(q, i == s.at, label, window)
			if p.add(row); i == s.at && !whole {
				p.add(s.wholeAnswer(q, label, window)...)
			}
		}
		if i == s.at {
			p.see(from)
			p.focus = max(0, from-2) // with its section
		}
	}
}

// answerRow is an answer on one line, and whether that has all of it.
func (s *review) answerRow(q guide.Question, here bool, label, width int) (row string, whole bool) {
	answer := s.shown().Get(q.Key)
	value, source := s.answerText(q, answer), "("+answer.From.String()+")"
	paint := func(t string) string { return t }
	switch {
	case s.lacking[q.Key]:
		value, source = s.glyphs.look+" not answered yet", ""
		paint = func(t string) string { return s.theme.look.Render(t) }
	case !answer.Given && q.Else != "":
		value, source = q.Else, ""
		paint = func(t string) string { return s.theme.dim.Render(t) }
	case !answer.Given:
		value, source = "none", ""
		paint = func(t string) string { return s.theme.dim.Render(t) }
	}
	if width < narrow {
		source = ""
	}
	room := width - label - 7 - ansi.StringWidth(source)
	whole = !answer.Given || width >= narrow && ansi.StringWidth(value) <= room
	cursor, name := "   ", s.theme.dim.Render(s.column(q.Label, label))
	if here {
		cursor, name = " "+s.theme.accent.Render(s.glyphs.cursor)+" ", s.theme.strong.Render(s.column(q.Label, label))
	}
	return strings.TrimRight(cursor+name+"  "+paint(s.fit(bareIfLong(value, room), room))+"  "+s.theme.dim.Render(source), " "), whole
}

// wholeAnswer is what does not fit in the row: the answer, and in a narrow window where it comes from.
func (s *review) wholeAnswer(q guide.Question, label, width int) []string {
	answer := s.shown().Get(q.Key)
	if width < narrow {
		return s.dimLines(wrap(s.answerText(q, answer)+" ("+answer.From.String()+")", width-1, "     "))
	}
	return s.dimLines(wrap(s.answerText(q, answer), width-1, strings.Repeat(" ", label+5)))
}

// planPart adds what will be made, as far as it is known.
func (s *review) planPart(p *page, width int) {
	if s.problem != nil {
		return
	}
	p.add("")
	if s.plan == nil {
		if s.edit == nil {
			p.add(s.waitLine("Reading what is there.", s.since, width))
		}
		return
	}
	unknown := s.unknown()
	title := " " + s.theme.strong.Render(tern(unknown == "", "This will, in all", "This will, so far"))
	if s.at == len(s.rows) {
		title = " " + s.theme.accent.Render(s.glyphs.cursor) + title
	}
	p.add(title)
	p.add(s.changeRows(s.plan.Changes, width)...)
	if unknown != "" {
		p.add(s.notice("   ", false, unknown+" Until then nothing of it was checked.", width)...)
	}
	for _, n := range s.plan.Notices {
		if !n.OK {
			p.add(s.notice("   ", false, n.Text, width)...)
		}
	}
}

// unknown says from where on the plan is not known, and what that takes; empty: all of it is.
func (s *review) unknown() string {
	own := guide.SectionsUpTo(s.from.info.ID)
	for i, section := range guide.Sections() {
		switch {
		case len(s.env.Answers.Missing(section.ID)) > 0:
			return "What follows from " + section.Title + " on is known once its questions are answered."
		case s.part && i == len(own):
			return "What follows from " + section.Title + " on is known once you have signed in there."
		}
	}
	return ""
}

func titleOf(id guide.SectionID) string {
	for _, s := range guide.Sections() {
		if s.ID == id {
			return s.Title
		}
	}
	return ""
}
