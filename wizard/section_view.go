package wizard

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps/guide"
)

// roomy is the height of a page from which there is room for the sentence that says why.
const roomy = 12

// readable is the width beyond which a row's two ends no longer read as one line.
const readable = 100

func (s *section) page(width, height int) page {
	if len(s.prompts) > 0 {
		return s.promptPage(width, height)
	}
	var p page
	window := width
	width = min(width, readable)
	right := ""
	if s.phase == done && !s.nothing {
		right = s.theme.dim.Render("done in " + clock(s.took))
	}
	p.add(s.spread(" "+s.theme.strong.Render(s.fit(s.info.Title, width-2)), right, width-1))
	if height >= roomy {
		p.add(wrap(s.info.Why, width-1, " ")...)
		p.add("")
	}
	if s.form != nil {
		s.form.draw(&p, width, height)
		return p
	}
	if s.phase == stuck {
		s.stuckPage(&p, window, height)
		return p
	}
	if p.add(s.answerRows(window)...); len(p.lines) > 0 && p.lines[len(p.lines)-1] != "" {
		p.add("")
	}
	from := len(p.lines)
	switch s.phase {
	case planning:
		p.add(s.readingLine(width))
		p.add(s.pauseLine(width)...)
	case ready:
		p.add(s.checkedLines(width)...)
		p.add(" " + s.theme.strong.Render("This will"))
		p.add(s.changeRows(s.plan.Changes, width)...)
		p.add("")
		p.add(s.noticeRows(width)...)
	case applying:
		if len(s.rows) == 0 {
			p.add(s.readingLine(width))
		}
		p.add(s.rows.draw(s.world, width, time.Now())...)
		active := from + s.rows.active()
		p.add(s.haltLine(s.halted, s.leaving, width)...)
		p.add(s.pauseLine(width)...)
		if p.see(active); !s.halted {
			p.focusEnd = min(p.focusEnd, active+2)
		}
		return p
	case done:
		p.add(s.rows.draw(s.world, width, time.Now())...)
		if s.nothing {
			p.add(s.notice("   ", true, "Nothing to change: everything is in place.", width)...)
			p.add(s.noticeRows(width)...)
		}
	}
	p.see(p.tighten(height, from))
	return p
}

// stuckPage shows the problem, and above it the answers and how far the run came, as far as there is room: the
// problem says in words what was made.
func (s *section) stuckPage(p *page, window, height int) {
	width := min(window, readable)
	problem := s.problemLines(width)
	above := [][]string{s.answerRows(window), s.rows.draw(s.world, width, time.Now())}
	for len(above) > 0 && len(p.lines)+len(problem)+len(above)+len(slices.Concat(above...)) > height {
		above = above[1:]
	}
	for _, block := range above {
		if p.add(block...); len(block) > 0 {
			p.add("")
		}
	}
	from := len(p.lines)
	p.add(problem...)
	p.see(from)
}

// haltLine is what a run says that was asked to stop.
func (w *world) haltLine(halted, leaving bool, width int) []string {
	switch {
	case leaving:
		return append([]string{""}, wrap("Leaving as soon as the call under way is done. Press ctrl+c again to leave now.", width-1, " ")...)
	case halted:
		return append([]string{""}, wrap("Stopping as soon as the call under way is done. Nothing else is begun.", width-1, " ")...)
	}
	return nil
}

// pauseLine says that a service asked for a pause, while it lasts.
func (s *section) pauseLine(width int) []string {
	left := time.Until(s.resumes)
	if left <= 0 {
		return nil
	}
	return append([]string{""}, s.notice("   ", false, fmt.Sprintf("%s; goes on in %s", s.pause, seconds(left.Round(time.Second))), width)...)
}

// answerRows are the section's answers, each with where it comes from, cut only where the window ends.
func (s *section) answerRows(window int) []string {
	var rows []string
	width := min(window, readable)
	cells, shown := s.labelWidth(width), s.shown()
	for _, q := range guide.Questions(s.info.ID) {
		answer := shown.Get(q.Key)
		if !q.Asked(s.env.Answers) || !answer.Given || s.settled(q) {
			continue
		}
		source := ""
		if width >= narrow {
			source = "(" + answer.From.String() + ")"
		}
		room := window - cells - 8 - len(source)
		value := s.answerText(q, answer)
		rows = append(rows, strings.TrimRight(fmt.Sprintf("   %s  %s  %s", s.theme.dim.Render(s.column(q.Label, cells)), s.fit(bareIfLong(value, room), room), s.theme.dim.Render(source)), " "))
		if answer.Note != "" {
			rows = append(rows, s.dimLines(wrap(answer.Note, width-1, strings.Repeat(" ", min(cells+5, width/2))))...)
		}
	}
	return rows
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

// bareIfLong leaves the scheme out where an address would not fit otherwise.
func bareIfLong(value string, cells int) string {
	if ansi.StringWidth(value) > cells {
		return strings.TrimPrefix(value, "https://")
	}
	return value
}

func (s *section) labelWidth(width int) int {
	cells := 0
	for _, q := range guide.Questions(s.info.ID) {
		if q.Asked(s.env.Answers) {
			cells = max(cells, ansi.StringWidth(q.Label))
		}
	}
	return min(cells, width/3)
}

func (s *section) label(key guide.Key) string {
	q, _ := guide.QuestionFor(key)
	return q.Label
}

// open are the section's questions that arise with the present answers and that the user may answer.
func (w *world) open(id guide.SectionID) []guide.Question {
	return slices.DeleteFunc(guide.Questions(id), func(q guide.Question) bool {
		return slices.Contains(w.fixed, q.Key) || !q.Asked(w.env.Answers)
	})
}

func (s *section) readingLine(width int) string {
	return s.waitLine("Reading what is there.", s.since, width)
}

func (w *world) dimLines(lines []string) []string {
	for i := range lines {
		lines[i] = w.theme.dim.Render(lines[i])
	}
	return lines
}

func (s *section) noticeRows(width int) []string {
	var rows []string
	for _, n := range s.plan.Notices {
		rows = append(rows, s.notice("   ", n.OK, n.Text, width)...)
	}
	return rows
}
