package screens

import (
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/report"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

const (
	signInTitle = "Sign-in test"
	signInWhy   = "Sign in twice: at Okta, then through Genesys Cloud. The result shows which side fails."
)

func (s *signIn) title(cells int) string {
	return s.Spread(s.Heading(signInTitle), s.page(cells), cells-1)
}

// page is the page of the test, where there is room for it.
func (s *signIn) page(cells int) string {
	page, _, _ := strings.Cut(s.run.address.URL, "?")
	return s.Soft(screen.Tern(ansi.StringWidth(page)+style.Narrow/2 > cells, "", page))
}

func (s *signIn) Page(width, height int) style.Page {
	cells := min(width, style.Readable)
	head := []string{s.title(cells)}
	if s.over() {
		return s.resultPage(head, cells, height)
	}
	if height >= style.Roomy {
		head = append(head, style.Wrap(signInWhy, cells-1, "  ")...)
	}
	below := s.pasteLines(cells)
	if s.Halting {
		below = s.endLines(cells)
	}
	if s.run.address.URL != "" {
		below = append(below, s.PauseLine(cells)...)
	}
	p := style.Page{Lines: style.Apart(height, head, s.startLines(cells, width), s.checkLines(s.run.lines, cells), below)}
	p.See(max(0, len(p.Lines)-1))
	return p
}

// startLines say where the browser begins.
func (s *signIn) startLines(cells, width int) []string {
	if s.run.address.URL == "" {
		return s.WaitLines(reading, cells)
	}
	opens := screen.Tern(s.Unopened == s.run.address.URL, "Open this address in a browser.", "Your browser opens this address.")
	lines := style.Wrap(opens+" Sign in there as a user who is assigned to the app:", cells-1, "  ")
	lines = append(lines, addressLines(s.World, s.run.address, width)...)
	if s.run.address.Direct != "" {
		lines = append(lines, style.Wrap("If the browser can't reach this computer, press l to copy Okta's link.", cells-1, "  ")...)
	}
	return lines
}

// addressLines show where a browser finds a page of this computer, also one on another computer.
func addressLines(w *screen.World, a signintest.Address, width int) []string {
	lines := screen.Whole(a.URL, width)
	if a.Forward != "" {
		lines = append(lines, w.SoftLines(style.Wrap("From another computer, first run this there. HOST is this computer:", width-1, "  "))...)
		lines = append(lines, screen.Whole(a.Forward, width)...)
	}
	return lines
}

// checkLines are the checks. All their results are in a second column if there is room, else below each check.
func (s *signIn) checkLines(lines []signintest.Line, cells int) []string {
	text := style.Widest(lines, func(l signintest.Line) string { return l.Text })
	detail := style.Widest(lines, func(l signintest.Line) string { return l.Detail })
	if text+detail+s.MarkWidth()+18 > cells {
		text = 0
	}
	var rows []string
	for _, l := range lines {
		rows = append(rows, s.checkRows(l, text, cells)...)
	}
	return rows
}

// checkRows is one check; text is the width that those of all have, 0 where what came out goes under it.
func (s *signIn) checkRows(l signintest.Line, text, cells int) []string {
	mark, took := lineSign(s.World, l.State), ""
	switch {
	case l.Took > 0:
		took = style.Clock(l.Took)
	case l.State == signintest.Working:
		mark, took = s.Busy(mark.Glyph, time.Since(s.run.begun), 0)
	}
	took = s.Soft(took)
	if text > 0 {
		left := style.RowMargin + s.DrawSign(mark) + " " + s.Column(l.Text, text) + "  " + s.Soft(style.Visible(l.Detail))
		return []string{s.Spread(left, took, cells-1)}
	}
	rows := s.Marked(style.RowMargin, mark, l.Text, cells-ansi.StringWidth(took)-3)
	rows[0] = s.Spread(rows[0], took, cells-1)
	return append(rows, s.SoftLines(s.Under(cells-1, l.Detail, "", ""))...)
}

func lineSign(w *screen.World, state signintest.State) style.Sign {
	return map[signintest.State]style.Sign{
		signintest.Passed: w.OKSign(), signintest.Failed: w.BadSign(), signintest.Note: w.WarningSign(),
		signintest.Working: {Glyph: w.Glyphs.Wait, Paint: w.Theme.Accent},
	}[state]
}

// pasteLines are where the address can be pasted that a browser elsewhere was sent to.
func (s *signIn) pasteLines(cells int) []string {
	if s.run.address.URL == "" {
		return nil
	}
	return s.NotedInput("Or paste the address from the browser", s.run.input, cells)
}

func (s *signIn) endLines(cells int) []string {
	text := "Stopping the test and revoking its tokens."
	if s.Leaving {
		text = "Quitting after the test has revoked its tokens. Press ctrl+c again to quit now."
	}
	return style.Wrap(text, cells-1, "  ")
}

// resultPage says first what came out and where the fault is, and then what each check saw.
func (s *signIn) resultPage(head []string, cells, height int) style.Page {
	if s.result == nil {
		return style.Page{Lines: style.Apart(height, head, s.ProblemBlock(s.Problem, cells))}
	}
	v := s.result
	var left []string
	for _, text := range v.Left {
		left = append(left, s.Notice("  ", false, text, cells)...)
	}
	switch {
	case v.OK:
		what, rest, _ := strings.Cut(report.SignInPassed(*v), ". ")
		head = append([]string{s.Spread(s.Peak(what), s.page(cells), cells-1)}, style.Wrap(rest, cells-1, "  ")...)
	case v.Problem != nil:
		head = s.ProblemBlock(atFault(v), cells)
	}
	head = append(head, left...)
	saw := style.Apart(height-len(head)-1, s.checkLines(v.Lines, cells), s.claimLines(cells)) // after the gap below the result
	return style.Page{Lines: style.Apart(height, head, saw)}
}

// atFault is the problem of a test without the side that works: its first sentence is the title after the mark of what
// failed.
func atFault(v *signintest.Result) *explain.Error {
	fault := *v.Problem
	fault.Problem = strings.TrimPrefix(fault.Problem, "Okta works. ")
	return &fault
}

// claimLines are what Okta reported about the user.
func (s *signIn) claimLines(cells int) []string {
	name := min(cells/3, style.Widest(s.result.Claims, func(c signintest.Claim) string { return c.Name }))
	var lines []string
	for _, c := range s.result.Claims {
		lines = append(lines, style.RowMargin+s.Soft(s.Column(c.Name, name))+"  "+s.Fit(c.Value, cells-name-6))
	}
	return lines
}

// text is the result as plain text.
func (s *signIn) text() string {
	if s.result == nil {
		return s.Details(signInTitle)
	}
	var b strings.Builder
	report.SignInTest(&b, report.NewMarks(true, !s.Glyphs.ASCII), *s.result)
	return b.String()
}
