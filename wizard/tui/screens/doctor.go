package screens

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/chain"
	"msgsso-wizard/wizard/report"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
	"msgsso-wizard/wizard/verify"
)

const (
	// DoctorTitle is the title of the doctor.
	DoctorTitle = "Doctor"
	doctorWhy   = "Checks everything that a sign-in needs, from the page to the Okta app. It changes nothing."
)

// doctorScreen is the screen of doctor: a line for each link of the chain, and what was found at the one that is chosen.
type doctorScreen struct {
	screen.Task
	bench  verify.Verifier
	report *doctor.Report // nil: not there yet
	links  []checkedLink
	at     int    // the link that is chosen
	site   string // the page that is checked as well; empty: none
}

// checkedLink is what was found at a link, the worst first.
type checkedLink struct {
	name     string
	findings []doctor.Finding
}

// worst orders the states: the first that a link has is the link's.
var worst = map[doctor.State]int{doctor.Fail: 0, doctor.Warn: 1, doctor.OK: 2, doctor.Skipped: 3}

func newDoctorScreen(w *screen.World, b verify.Verifier) *doctorScreen {
	s := &doctorScreen{Task: screen.Task{World: w}, bench: b}
	if page := w.Env.Answers.Get(guide.RedirectURIs); page.From > guide.FromOrg {
		s.site = page.Value // the user named it: it is not the page of an example, or of others
	}
	return s
}

func (s *doctorScreen) Enter(backwards bool) screen.Action {
	if backwards && s.report != nil {
		return screen.Stay{}
	}
	s.report = nil
	site := s.site
	return screen.Read(&s.Task, screen.SlotRead, func(ctx context.Context) (*doctor.Report, error) {
		return s.bench.Examine(ctx, site)
	}, s.found)
}

// found chooses the first link with a fault.
func (s *doctorScreen) found(r *doctor.Report) {
	s.report, s.links, s.at, s.Did[screen.TodoPageSeen] = r, nil, 0, pagePassed(r)
	s.Failures = of(r.Findings, doctor.Fail)
	if pagePassed(r) {
		s.Refused = nil
	}
	for _, l := range chain.New().Links {
		s.links = append(s.links, checkedLink{name: l.Name})
	}
	for _, f := range r.Findings {
		name := report.LinkOf(f)
		i := slices.IndexFunc(s.links, func(l checkedLink) bool { return l.name == name })
		if i < 0 {
			i = len(s.links)
			s.links = append(s.links, checkedLink{name: name})
		}
		s.links[i].findings = append(s.links[i].findings, f)
	}
	s.links = slices.DeleteFunc(s.links, func(l checkedLink) bool { return len(l.findings) == 0 })
	for i, l := range s.links {
		slices.SortStableFunc(l.findings, func(a, b doctor.Finding) int { return worst[a.State] - worst[b.State] })
		if w := worst[l.state()]; w < min(worst[doctor.OK], worst[s.links[s.at].state()]) {
			s.at = i
		}
	}
}

// state is the worst that was found at the link.
func (l checkedLink) state() doctor.State { return l.findings[0].State }

// count is how many checks came out so.
func (l checkedLink) count(state doctor.State) int { return len(of(l.findings, state)) }

func (s *doctorScreen) Key(msg tea.KeyPressMsg) screen.Action {
	key := msg.String()
	switch {
	case s.Typing():
		return s.inputKey(msg)
	case s.report == nil:
	case key == "up":
		s.at = max(0, s.at-1)
		return screen.Stay{}
	case key == "down":
		s.at = style.ClampTo(s.at+1, len(s.links)-1)
		return screen.Stay{}
	case key == "r":
		return s.Enter(false)
	case key == "e":
		s.Input = screen.NewInput(cmp.Or(s.site, s.Shown().Get(guide.RedirectURIs).Value))
		return screen.Stay{}
	case key == "c":
		return screen.CopyText{What: "the report", Text: s.text()}
	case key == "f" && s.fixable():
		all := newFix(s.World, s.bench, s.title)
		all.assigns = s.report.AssignsUser()
		return screen.Push{Screen: all}
	}
	return s.TaskKey(key, s, DoctorTitle)
}

// pagePassed reports whether doctor saw the page, and no fault anywhere.
func pagePassed(r *doctor.Report) bool {
	seen := false
	for _, f := range r.Findings {
		ofPage := f.Area == doctor.AreaSite
		if f.State == doctor.Fail || ofPage && f.State != doctor.OK {
			return false
		}
		seen = seen || ofPage
	}
	return seen
}

// inputKey has the keys while the page's URL is typed.
func (s *doctorScreen) inputKey(msg tea.KeyPressMsg) screen.Action {
	switch msg.String() {
	case "esc":
		s.Input = nil
	case "enter":
		s.site, s.Input = s.Input.Text(), nil
		return s.Enter(false)
	default:
		s.Input.Type(msg)
	}
	return screen.Stay{}
}

// fixable reports whether the wizard can fix any of what was found.
func (s *doctorScreen) fixable() bool { return len(s.report.Fixes()) > 0 }

func (s *doctorScreen) Hints() []style.Hint {
	switch {
	case s.Typing():
		return style.Hints("enter check", s.Input.Clearing(), "esc back")
	case s.report == nil:
		return s.TaskHints()
	}
	first, again := "r check again", ""
	if s.fixable() {
		first, again = "f fix", first
	}
	return style.Hints(first, s.Glyphs.Arrows+" link", again, "e edit page URL", "c copy report", "esc back")
}

func (s *doctorScreen) title(cells int) string {
	right := ""
	if s.report != nil {
		right = s.Soft(s.Fit(s.report.Chain.Deployment, max(0, cells-len(DoctorTitle)-5)))
	}
	return s.Spread(s.Heading(DoctorTitle), right, cells-1)
}

// shortTitle is the title with as much of the outcome as there is room for.
func (s *doctorScreen) shortTitle(cells int) string {
	said := report.Count(s.report)
	for i := strings.LastIndex(said, " · "); i > 0 && ansi.StringWidth(DoctorTitle+said)+7 > cells; i = strings.LastIndex(said, " · ") {
		said = said[:i]
	}
	return s.Spread(s.Heading(DoctorTitle), s.DrawSign(s.outcomeSign())+" "+s.Fit(said, cells-len(DoctorTitle)-7), cells-1)
}

// warnings are the findings that break nothing.
func (s *doctorScreen) warnings() []doctor.Finding { return of(s.report.Findings, doctor.Warn) }

// of are the findings with the state.
func of(findings []doctor.Finding, state doctor.State) []doctor.Finding {
	return slices.DeleteFunc(slices.Clone(findings), func(f doctor.Finding) bool { return f.State != state })
}

func (s *doctorScreen) outcomeSign() style.Sign {
	switch {
	case s.report.Failed():
		return s.BadSign()
	case len(s.warnings()) > 0:
		return s.WarningSign()
	}
	return s.OKSign()
}

func (s *doctorScreen) Page(width, height int) style.Page {
	cells := min(width, style.Readable)
	head := []string{s.title(cells)}
	if s.report == nil {
		if s.Phase == screen.Planning {
			head = append(head, style.Wrap(doctorWhy, cells-1, "  ")...)
		}
		return style.Page{Lines: style.Apart(height, head, s.TaskLines("Checking both services", cells))}
	}
	outcome := append(s.Marked(style.RowMargin, s.outcomeSign(), report.Count(s.report), cells-1), "")
	p := s.reportPage(append(head, outcome...), cells, false)
	if len(p.Lines) > height {
		p = s.reportPage(append(head, outcome...), cells, true)
	}
	if len(p.Lines) > height {
		p = s.reportPage([]string{s.shortTitle(cells)}, cells, true)
	}
	p.Tighten(height, 0)
	return p
}

// reportPage has a row for each link under the head. A brief one lists only what fails at a link that fails.
func (s *doctorScreen) reportPage(head []string, cells int, brief bool) style.Page {
	p := style.Page{Lines: head}
	if s.Typing() {
		p.Add(s.InputLines("Page URL", s.Input, cells)...)
		p.Add("")
	}
	from := 0
	for i, l := range s.links {
		if i == s.at {
			from = len(p.Lines)
		}
		p.Add(s.linkRow(l, i == s.at && !s.Typing(), cells))
		if i != s.at {
			continue
		}
		p.Add(s.openLines(l, cells, brief)...)
		if p.See(from); i < len(s.links)-1 {
			p.Add("")
		}
	}
	if s.Typing() {
		p.Focus, p.FocusEnd = 0, 0
	}
	return p
}

// linkRow is a link with how it stands; what was found first follows where there is room for it.
func (s *doctorScreen) linkRow(l checkedLink, here bool, cells int) string {
	margin, paint := style.RowMargin, s.Theme.Ink
	if here {
		margin, paint = s.Cursor(), s.Theme.Strong
	}
	if l.state() == doctor.Fail {
		paint = s.Theme.Bad
	}
	name := s.Column(l.name, style.Widest(s.links, func(l checkedLink) string { return l.name }))
	left, right := margin+s.DrawSign(findingSign(s.World, l.state()))+" "+paint.Render(name), s.howMany(l)
	said := strings.TrimSuffix(style.Visible(l.findings[0].What), ".")
	if l.state() == doctor.Skipped {
		said = screen.Tern(s.unseen(l), "press e to check it", strings.TrimSuffix(style.NoFlags(l.findings[0].Why), "."))
	}
	if !here && (l.state() == doctor.OK || l.state() == doctor.Skipped) && ansi.StringWidth(left+said+right)+5 <= cells {
		left += "  " + s.Soft(said)
	}
	if ansi.StringWidth(left+right)+2 > cells-1 { // the blanks after the name go first
		left = margin + s.DrawSign(findingSign(s.World, l.state())) + " " + paint.Render(l.name)
	}
	return s.Spread(left, right, cells-1)
}

// howMany says how the link's checks came out, in a few words.
func (s *doctorScreen) howMany(l checkedLink) string {
	switch all := len(l.findings); l.state() {
	case doctor.Fail:
		return s.Theme.Bad.Render(fmt.Sprintf("%d of %d failed", l.count(doctor.Fail), all))
	case doctor.Warn:
		return s.Theme.Warning.Render(screen.Counted(l.count(doctor.Warn), "warning"))
	case doctor.Skipped:
		return s.Soft("skipped")
	default:
		return s.Soft(screen.Counted(l.count(doctor.OK), "check"))
	}
}

// unseen reports whether the link is the page, and none was named to check.
func (s *doctorScreen) unseen(l checkedLink) bool { return l.name == chain.Page && s.site == "" }

// openLines are what was found at a link.
func (s *doctorScreen) openLines(l checkedLink, cells int, brief bool) []string {
	if s.unseen(l) {
		said := "No page is set. Press e to check one."
		if page := s.Shown().Get(guide.RedirectURIs).Value; page != "" {
			said = page + " wasn't checked. Press e to check it."
		}
		return s.SoftLines(style.Wrap(said, cells-1, s.Hang(style.RowMargin)))
	}
	var lines []string
	for _, f := range l.findings {
		if brief && f.State == doctor.OK && l.state() != doctor.OK {
			continue
		}
		lines = append(lines, s.findingLines(f, cells)...)
	}
	return lines
}

// findingLines are what was found; under what fails, why it matters and how to fix it.
func (s *doctorScreen) findingLines(f doctor.Finding, cells int) []string {
	lines := s.Marked(s.Hang(style.RowMargin), findingSign(s.World, f.State), style.NoFlags(f.What), cells-1)
	if f.State == doctor.OK {
		return lines
	}
	more := append(s.SoftLines(s.Under(cells-3, f.Why, "", "")), s.Under(cells-3, f.Fix, f.RequestID, f.DocURL)...)
	for i := range more {
		more[i] = style.RowMargin + more[i]
	}
	return append(lines, more...)
}

func findingSign(w *screen.World, state doctor.State) style.Sign {
	return map[doctor.State]style.Sign{
		doctor.OK: w.OKSign(), doctor.Fail: w.BadSign(), doctor.Warn: w.WarningSign(), doctor.Skipped: w.UnseenSign(),
	}[state]
}

// text is the report as plain text.
func (s *doctorScreen) text() string {
	var b strings.Builder
	report.Findings(&b, report.NewMarks(true, !s.Glyphs.ASCII), s.report)
	return b.String()
}
