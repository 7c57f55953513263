package screens

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/chain"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// twoColumns is the width from which the changes are to the right of the answers.
const twoColumns = 110

// Page implements screen.Screen.
func (s *Review) Page(width, height int) style.Page {
	p := s.page(width, height)
	if s.save != nil {
		if s.save.asks() { // Enter is for the name
			p.Foot = nil
		}
		p.Foot = slices.Concat(s.save.lines(min(width, style.Readable)), p.Foot)
		p.Tighten(height-len(p.Foot), 0)
	}
	return p
}

func (s *Review) page(width, height int) style.Page {
	var p style.Page
	window, readable := width, min(width, style.Readable)
	if s.wide = width >= twoColumns; s.wide {
		readable = width
	}
	why := screen.Tern(s.Agreed, reviewAgain, reviewWhy)
	title := s.Titled(reviewTitle, s.count(), readable-style.Margin(width))
	if s.wide && s.Problem == nil && s.plan != nil && s.unknown() == "" {
		title = s.Spread(s.Heading(reviewTitle)+"  "+s.Soft(why), s.Soft(s.count()), width-style.Margin(width))
	}
	p.Add(title)
	if s.Problem != nil {
		s.problemPart(&p, readable, height)
		s.answerPart(&p, window, height)
		return p
	}
	unknown := ""
	if s.plan != nil {
		unknown = s.unknown()
	}
	switch {
	case unknown != "":
		p.Add(s.Notice("  ", false, unknown+" These changes aren't checked yet.", readable)...)
		p.Add("")
	case s.wide && s.plan != nil: // on the title's line
		p.Add("")
	case height >= style.Roomy:
		p.Add(style.Wrap(why, readable-1, "  ")...)
		p.Add("")
	}
	if s.wide {
		s.columns(&p, width, height)
	} else {
		s.tabs(&p, window, height)
	}
	return p
}

// columns puts the answers at the left and the changes at the right, as the chain.
func (s *Review) columns(p *style.Page, width, height int) {
	left := (width - 5) * 11 / 20
	from, answers := len(p.Lines), style.Page{Lines: []string{s.Spread(s.Heading("Answers"), s.Soft(s.yours()), left-2)}}
	s.answerPart(&answers, left-1, height)
	var changes style.Page
	if s.plan != nil {
		changes.Add(s.Theme.Strong.Render(screen.Tern(s.unknown() == "", "All planned changes", "Planned changes so far")), "")
	}
	s.changePart(&changes, "", width-left-4, s.chainRows)
	changes.Tighten(height-from-2, 0) // with the last row below
	changes.Tighten(height-from-1, 0) // or at the foot
	focus := answers.Focus
	answers.Focus = answers.Tighten(height-from-1, focus)
	answers.FocusEnd -= focus - answers.Focus
	switch {
	case s.plan == nil:
	case from+len(changes.Lines)+2 <= height:
		changes.Add("", s.applyRow(width))
	default: // where it is in sight
		p.Foot = []string{s.applyRow(width)}
	}
	p.Add(s.SideBySide(answers.Lines, changes.Lines, left)...)
	from = p.Tighten(height-len(p.Foot), from)
	if s.At < len(s.Rows) {
		p.Focus, p.FocusEnd = from+answers.Focus, from+answers.FocusEnd
	}
}

// yours says how many answers there are, and how many of them are the user's.
func (s *Review) yours() string {
	n := 0
	for _, q := range s.Rows {
		if s.Shown().Get(q.Key).From == guide.FromUser {
			n++
		}
	}
	if n == 0 {
		return fmt.Sprint(len(s.Rows))
	}
	return fmt.Sprintf("%d%s%d by you", len(s.Rows), s.Glyphs.Dot, n)
}

// tabs has the changes, and the answers once the cursor is there.
func (s *Review) tabs(p *style.Page, window, height int) {
	width, tabs := min(window, style.Readable), []string{"Changes", fmt.Sprintf("Answers %d", len(s.Rows))}
	if s.plan != nil {
		tabs[0] = fmt.Sprintf("Changes %d", s.writes())
	}
	open := 0
	if s.At < len(s.Rows) {
		open = 1
	}
	bar, rule, under := style.RowMargin, style.RowMargin, 0
	for i, tab := range tabs {
		paint, line := s.Theme.Soft, s.Theme.Line.Render(strings.Repeat("─", len(tab)))
		if i == open {
			paint, line = s.Theme.Strong, s.Theme.Accent.Render(strings.Repeat("━", len(tab)))
		}
		bar += paint.Render(tab) + "    "
		rule += line + s.Theme.Line.Render("────")
		under += len(tab) + 4
	}
	p.Add(strings.TrimRight(bar, " "))
	if height >= style.Roomy {
		p.Add(rule + s.Theme.Line.Render(strings.Repeat("─", max(0, width-under-4))))
	}
	if open == 1 {
		s.answerPart(p, window, height)
		return
	}
	s.changePart(p, style.RowMargin, width, s.ChangeRows)
	if s.plan != nil {
		p.Foot = []string{s.applyRow(width)}
	}
	p.Tighten(height-len(p.Foot), 0)
}

// WholeWidth reports whether the screen takes the place of the panel: it has the chain itself.
func (s *Review) WholeWidth() bool { return true }

// applyRow is the last row: Enter there lets the wizard write.
func (s *Review) applyRow(width int) string {
	text := screen.Tern(s.Agreed, "Continue with ", "Apply ") + screen.Counted(s.writes(), "change")
	switch {
	case s.allDone():
		text = "Continue with no changes left"
	case !s.Agreed && width >= style.Narrow:
		text += ", section by section"
	}
	if s.At == len(s.Rows) {
		return s.Cursor() + s.Theme.Strong.Render(text)
	}
	return style.RowMargin + s.Theme.Strong.Render(text)
}

// writes is how many changes the plan makes.
func (s *Review) writes() int { return len(style.Writes(s.plan.Changes)) }

// count says how much the plan writes.
func (s *Review) count() string {
	switch {
	case s.Problem != nil || s.plan == nil && (s.wide || s.At == len(s.Rows) || s.edit != nil):
		return "" // the changes say it
	case s.plan == nil:
		return "Reading current settings"
	}
	return style.Counted(s.plan.Changes)
}

// problemPart adds what stands in the way: in sight until the cursor leaves it.
func (s *Review) problemPart(p *style.Page, width, height int) {
	lines := s.ProblemBlock(s.Problem, width, s.SoFar())
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
	label := min(style.Widest(s.Rows, screen.LabelOf), width*3/8)
	var section guide.SectionID
	for i, q := range s.Rows {
		if q.Section != section {
			section = q.Section
			p.Add("", s.Heading(s.Fit(titleOf(section), width-2)))
		}
		from := len(p.Lines)
		if i == s.At && s.edit != nil {
			s.edit.DrawFocused(p, s.edit.Current(), label, width, height)
		} else {
			p.Add(s.answerRow(q, i == s.At, label, window)...)
		}
		if i == s.At {
			p.See(from)
			p.Focus = max(0, from-2) // with its section
		}
	}
}

// answerRow is an answer: in full at the cursor and in two columns, else on one line.
func (s *Review) answerRow(q guide.Question, here bool, label, width int) []string {
	answer := s.Shown().Get(q.Key)
	value, source, paint := s.AnswerText(q, answer), "("+answer.From.String()+")", lipgloss.NewStyle()
	switch {
	case s.lacking[q.Key]:
		value, source, paint = s.Glyphs.Warning+" not answered yet", "", s.Theme.Warning
	case !answer.Given:
		value, source, paint = cmp.Or(q.Else, "none"), "", s.Theme.Soft
	}
	name := style.RowMargin + s.Soft(s.Column(q.Label, label))
	if here {
		name = s.Cursor() + s.Theme.Strong.Render(s.Column(q.Label, label))
	}
	row, whole := s.AnswerLine(name, value, source, paint, width)
	switch {
	case width < style.Narrow && here && answer.Given:
		return append([]string{row}, s.SoftLines(style.Wrap(value+" "+source, width-1, "     "))...)
	case width >= style.Narrow && !whole && (here || s.wide):
		return s.AnswerLines(name, value, source, width)
	}
	return []string{row}
}

// changePart adds what will be made, as far as it is known.
func (s *Review) changePart(p *style.Page, margin string, width int, rows func([]engine.Change, int) []string) {
	switch {
	case s.plan != nil:
	case s.edit == nil:
		p.Add(margin + strings.TrimPrefix(s.WaitLine(reading, s.Since, width), style.RowMargin))
		p.Add(s.PauseLine(width)...)
		return
	default:
		return
	}
	p.Add(rows(s.plan.Changes, width)...)
	for _, n := range s.plan.Notices {
		if !n.OK {
			p.Add(s.Notice(margin, false, n.Text, width)...)
		}
	}
}

// chainRows are the links of the chain, each with its changes.
func (s *Review) chainRows(changes []engine.Change, cells int) []string {
	byLink, link := map[string][]engine.Change{}, chain.App
	for _, c := range changes {
		link = cmp.Or(chain.Of(c.Kind), link)
		byLink[link] = append(byLink[link], c)
	}
	cols, side := s.ChangeColumns(changes, cells), s.Theme.Line.Render("╎")+" "
	var lines []string
	for _, l := range chain.New().Links {
		sign, name := s.Theme.Soft.Render(s.Glyphs.Ahead), s.Theme.Soft.Render(l.Name)
		if len(byLink[l.Name]) > 0 {
			sign, name = s.Theme.Accent.Render(s.Glyphs.Ahead), s.Theme.Value.Render(l.Name)
		}
		lines = append(lines, sign+" "+name)
		for _, c := range byLink[l.Name] {
			lines = append(lines, side+s.ChangeRow(cols, c))
		}
	}
	return lines
}

// unknown says from where on the plan is not known, and what that takes; empty: all of it is.
func (s *Review) unknown() string {
	own := guide.SectionsUpTo(s.from.Info.ID)
	for i, section := range guide.Sections() {
		switch {
		case len(s.Env.Answers.Missing(section.ID)) > 0:
			return "To see the changes from " + section.Title + " on, give the missing answers."
		case s.part && i == len(own):
			return "The changes from " + section.Title + " on are known after you sign in there."
		}
	}
	return ""
}

// text is the review as plain text, such as for an admin who approves the changes.
func (s *Review) text() string {
	var b strings.Builder
	for _, q := range s.Rows {
		if answer := s.Shown().Get(q.Key); answer.Given {
			fmt.Fprintf(&b, "%s: %s (%s)\n", q.Label, s.AnswerText(q, answer), answer.From)
		}
	}
	b.WriteByte('\n')
	for _, c := range s.plan.Changes {
		text := s.VerbSign(c.Verb).Glyph + " " + string(c.Kind) + " " + c.Kind.Shown(c.Name)
		if c.Why != "" {
			text += ", " + c.Why
		}
		fmt.Fprintln(&b, text)
	}
	return b.String()
}

func (s *Review) problemHints() []style.Hint {
	keys := []string{"enter retry", "", "r retry"}
	if s.editable() {
		keys = []string{"enter " + screen.Edit(s.Rows[s.row()]), "r retry", "e edit"}
	}
	page := screen.Tern(s.Problem.DocURL != "", "o open the page", "")
	manual := screen.Tern(s.manualSection() != nil, "m manual setup", "")
	hints := style.Hints(keys[0], keys[1], manual, page, "esc back", "q quit", s.Glyphs.Arrows+" choose", keys[2], "s save answers")
	if section := s.manualSection(); section != nil && s.Env.Answers.Manual(section.Info.ID) { // it lacks what the user does there
		return style.First("m", hints)
	}
	return hints
}

func titleOf(id guide.SectionID) string {
	sections := guide.Sections()
	return sections[slices.IndexFunc(sections, func(s guide.Section) bool { return s.ID == id })].Title
}
