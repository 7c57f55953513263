package screens

import (
	"context"
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// welcome says what the wizard does, before it does anything, and what has to be there: each thing with how to get it,
// and checked as far as there are answers.
type welcome struct {
	screen.Task
	at    int
	moved bool            // by the user
	found []guide.Checked // nil: not checked yet
}

func (s *welcome) Enter(bool) screen.Action {
	if !setup.Checkable(s.Env.Answers) {
		s.found = nil
		return screen.Stay{}
	}
	check := func(ctx context.Context) ([]guide.Checked, error) { return s.Session.CheckPrerequisites(ctx), nil }
	return screen.Read(&s.Task, screen.SlotRead, check, func(found []guide.Checked) {
		s.found = found
		if i := slices.IndexFunc(found, func(n guide.Checked) bool { return n.State == guide.Unmet }); i >= 0 {
			s.at = i // what to do about it shows below
		}
	})
}

func (s *welcome) Key(msg tea.KeyPressMsg) screen.Action {
	switch msg.String() {
	case "enter":
		if !s.Begun {
			s.Begun, s.Resuming = true, s.Resume != ""
		}
		return screen.Next{}
	case "up":
		s.at, s.moved = max(0, s.at-1), true
	case "down":
		s.at, s.moved = style.ClampTo(s.at+1, len(guide.Prerequisites())-1), true
	case "o":
		return screen.OpenURL{URL: guide.Prerequisites()[s.at].URL}
	case "r":
		if s.Phase != screen.Planning {
			return s.Enter(false)
		}
	case "q":
		return leaveFrom(s.World)
	default:
		return screen.Pass{}
	}
	return screen.Stay{}
}

// needs are what is known of the needs by now.
func (s *welcome) needs() []guide.Checked {
	if s.found != nil {
		return s.found
	}
	needs := make([]guide.Checked, len(guide.Prerequisites()))
	for i, n := range guide.Prerequisites() {
		needs[i].Prerequisite = n
	}
	return needs
}

func (s *welcome) Page(width, height int) style.Page {
	var p style.Page
	width = min(width, style.Readable)
	title := screen.Tern(width < style.Narrow, "Okta sign-in for Messenger", "Okta sign-in for Genesys Cloud Messenger")
	p.Add(style.RowMargin + s.Theme.Accent.Bold(true).Render(title))
	if s.Resume != "" {
		p.Add(s.Notice("  ", false, s.Resume, width)...)
		p.Add("")
	}
	if height >= style.Roomy {
		p.Add(s.whatLines(width)...)
		p.Add("")
	}
	p.Add(s.Spread(s.Heading("Prerequisites"), s.ready(), width-1))
	names := style.Widest(guide.Prerequisites(), func(n guide.Prerequisite) string { return n.Title })
	at, inList := 0, width < style.Narrow || height < style.Roomy
	for i, n := range s.needs() {
		if i == s.at {
			at = len(p.Lines)
		}
		p.Add(s.needRow(n, i == s.at, names, width))
		if i == s.at && inList && (s.moved || n.State == guide.Unmet || height >= style.Roomy) {
			p.Add(s.needDetail(n, width)...)
		}
	}
	if !inList {
		p.Add("")
		p.Add(s.needDetail(s.needs()[s.at], width)...)
	}
	if height >= style.TallPage {
		p.Add(s.stepLines(width)...)
	}
	if at = p.Tighten(height, at); s.at > 0 {
		p.Focus, p.FocusEnd = at, min(len(p.Lines), at+5)
	}
	return p
}

// steps are how it goes from here.
var steps = []struct{ name, says string }{
	{"Answer", "Answer the questions. Most have a proposed value."},
	{"Review", "Check all answers and changes on one screen."},
	{"Apply", "The wizard makes the changes. You can stop after any of them."},
	{"Test", "Sign in with your browser. It checks every link."},
}

func (s *welcome) stepLines(width int) []string {
	lines := []string{"", s.Heading("How it goes")}
	for i, step := range steps {
		lines = append(lines, fmt.Sprintf("  %d %s  ", i+1, s.Column(step.name, 7))+s.Soft(s.Fit(step.says, width-14)))
	}
	return lines
}

// whatLines say what the wizard does.
func (s *welcome) whatLines(width int) []string {
	lines := style.Wrap("Visitors of your website sign in with Okta before they chat. This wizard sets this up in both services, section by section.", width-1, "  ")
	return append(append(lines, ""), s.SoftLines(style.Wrap("Each section shows its changes first. Nothing changes until you confirm.", width-1, "  "))...)
}

// ready says how many of the needs are there, or that the wizard checks them, when that takes a while.
func (s *welcome) ready() string {
	took := time.Since(s.Since)
	switch {
	case s.Phase != screen.Planning && s.found == nil:
		return ""
	case s.Phase != screen.Planning:
		met := 0
		for _, n := range s.found {
			if n.State == guide.Met {
				met++
			}
		}
		paint := s.Theme.Soft
		if met == len(s.found) {
			paint = s.Theme.Good
		}
		return paint.Render(fmt.Sprintf("%d of %d ready", met, len(s.found)))
	case took < style.Patience:
		return ""
	}
	return s.Theme.Accent.Render(s.Spin(took)) + s.Soft(" checking  "+style.Clock(took))
}

// needRow is a need with its sign, and in a few words how it stands.
func (s *welcome) needRow(n guide.Checked, here bool, title, width int) string {
	sign := s.AheadSign()
	switch n.State {
	case guide.Met:
		sign = s.OKSign()
	case guide.Unmet:
		sign = s.BadSign()
	}
	cursor, name := "  ", s.Column(n.Title, min(title, width-6-s.MarkWidth()))
	if here {
		cursor, name = s.Cursor(), s.Theme.Strong.Render(name)
	}
	row := cursor + s.DrawSign(sign) + " " + name
	if said := style.Visible(n.Said); said != "" && ansi.StringWidth(row+said)+3 <= width { // what is marked is whole below
		row += "  " + s.Soft(said)
	}
	return row
}

// needDetail says how to get what is marked, or what is wrong with it.
func (s *welcome) needDetail(n guide.Checked, width int) []string {
	const indent = "    "
	var lines []string
	if n.State == guide.Unmet {
		lines = append(lines, style.Wrap(n.Said, width-1, indent)...)
		if n.Fix != "" {
			return append(lines, style.Wrap(n.Fix, width-1, indent)...)
		}
	} else {
		lines = append(lines, style.Wrap(n.How, width-1, indent)...)
	}
	return append(lines, s.SoftLines(style.Wrap(n.URL, width-1, indent))...)
}

// unmet reports whether something is known to be missing.
func (s *welcome) unmet() bool {
	return slices.ContainsFunc(s.found, func(n guide.Checked) bool { return n.State == guide.Unmet })
}

func (s *welcome) Hints() []style.Hint {
	again := screen.Tern(s.found != nil && s.Phase != screen.Planning, "r check again", "")
	if s.unmet() && again != "" {
		return style.Hints(again, "enter start anyway", "o how to get it", s.Glyphs.Arrows+" choose", "q quit")
	}
	return style.Hints("enter start", s.Glyphs.Arrows+" choose", "o how to get it", again, "q quit")
}
