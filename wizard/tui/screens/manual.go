package screens

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/form"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// manual lists what an admin does in the console in place of the wizard. The wizard cannot see it done there: the ticks
// are the user's own, and a new plan, which enter makes, shows what is found and what is missing.
type manual struct {
	*Section
	list   []guide.ManualStep
	at     int
	choose func() screen.Action // what follows once the user chooses what was set up
	check  func() screen.Action // what follows otherwise
}

// newManual begins at the first step that is not ticked.
func newManual(s *Section) *manual {
	m := &manual{Section: s, list: guide.Manual(s.Info.ID, s.Shown()), choose: s.chooseManual, check: s.checkManual}
	for m.at < len(m.list)-1 && m.ticked[tickOf(m.list[m.at])] {
		m.at++
	}
	return m
}

// tickOf names a step. With other answers it is another step.
func tickOf(step guide.ManualStep) string { return step.Text + "\n" + step.Copy }

func (s *manual) Enter(bool) screen.Action   { return screen.Stay{} }
func (s *manual) Paste(string) screen.Action { return screen.Stay{} }
func (s *manual) Result(any) screen.Action   { return screen.Stay{} }

func (s *manual) Key(msg tea.KeyPressMsg) screen.Action {
	switch msg.String() {
	case "up":
		s.at = max(0, s.at-1)
	case "down":
		s.at = style.ClampTo(s.at+1, len(s.list)-1)
	case "space":
		s.tick()
	case "c":
		if text := s.current().Copy; text != "" {
			return screen.CopyText{What: fmt.Sprintf("the value of step %d", s.at+1), Text: text}
		}
	case "o":
		if address := s.console(); address != "" {
			return screen.OpenURL{URL: address}
		}
	case "?":
		why := newWhy(s.World, s.Info)
		why.under = s
		return screen.Show{Above: why}
	case "enter":
		return screen.Many{screen.Back{}, s.check()}
	case "i":
		if s.choosable() {
			return screen.Many{screen.Back{}, s.choose()}
		}
	case "m":
		if s.Info.ID != guide.SectionOkta && s.Env.Answers.Manual(s.Info.ID) { // Okta's sign-in method has its own question
			s.Env.Answers.SetManual(s.Info.ID, false)
			return screen.Many{screen.Back{}, s.check()}
		}
		return screen.Back{}
	case "esc":
		return screen.Back{}
	default:
		return screen.Pass{}
	}
	return screen.Stay{}
}

// choosable reports whether the user may choose what was set up in the console.
func (s *Section) choosable() bool {
	key := guide.ChosenIn(s.Info.ID)
	return key != "" && !slices.Contains(s.Fixed, key)
}

// checkManual plans again, to see what was done in the console.
func (s *Section) checkManual() screen.Action {
	act := s.proceed()
	s.checked = true
	return act
}

// chooseManual has the wizard use what the user set up in the console as it is, and asks which it is.
func (s *Section) chooseManual() screen.Action {
	key := s.Env.Answers.SetManual(s.Info.ID, true)
	s.Enters(screen.Planning)
	s.again = true
	s.Form = form.NewForm(s.World, s.Info.ID)
	s.Form.GoTo(key, "")
	s.Form.Changed = true
	return s.Form.Focus()
}

func (s *manual) current() guide.ManualStep {
	if len(s.list) == 0 {
		return guide.ManualStep{}
	}
	return s.list[s.at]
}

// tick marks the step as done, or not done, and goes on to the next when it is done.
func (s *manual) tick() {
	if len(s.list) == 0 {
		return
	}
	name := tickOf(s.current())
	if s.ticked[name] = !s.ticked[name]; s.ticked[name] {
		s.at = style.ClampTo(s.at+1, len(s.list)-1)
	}
}

func (s *manual) Page(width, height int) style.Page {
	var p style.Page
	width = min(width, style.Readable)
	title, right := s.Info.Title+", manual setup", fmt.Sprintf("step %d of %d", s.at+1, len(s.list))
	if len(title+right)+4 > width-style.Margin(width) { // the section's name is above
		title = "Manual setup"
	}
	p.Add(s.Spread(s.Heading(title), s.Soft(right), width-style.Margin(width)))
	if height >= style.Roomy {
		p.Add("")
	}
	digits := len(fmt.Sprint(len(s.list)))
	for i, step := range s.list {
		from := len(p.Lines)
		s.Draw(&p, i, step, digits, width)
		if i == s.at {
			p.See(from)
		}
	}
	p.Add("", s.Heading("To read"))
	for _, doc := range s.Info.Docs {
		p.Add(style.Wrap(doc.Title, width-1, "  ")...)
		p.Add(s.SoftLines(screen.Whole(doc.URL, width))...)
	}
	return p
}

// Draw adds a step: its mark, its number, and what to do. What to paste, to the letter, is alone on its lines.
func (s *manual) Draw(p *style.Page, i int, step guide.ManualStep, digits, width int) {
	cursor, mark, text, value := "  ", s.AheadSign(), s.Theme.Ink, s.Theme.Value
	if i == s.at {
		cursor, mark, text, value = s.Cursor(), s.HereSign(), s.Theme.Strong, s.Theme.Accent
	}
	if s.ticked[tickOf(step)] {
		mark = s.OKSign()
	}
	head := fmt.Sprintf("%s%s %*d  ", cursor, s.DrawSign(mark), digits, i+1)
	indent := strings.Repeat(" ", ansi.StringWidth(head))
	says := step.Text
	if step.Copy != "" {
		says += ":"
	}
	for _, line := range style.Wrap(says, width-1, indent) {
		p.Add(head + text.Render(strings.TrimPrefix(line, indent)))
		head = indent
	}
	if step.Copy == "" {
		return
	}
	for line := range strings.SplitSeq(ansi.Hardwrap(style.Visible(step.Copy), max(1, width-len(indent)-1), true), "\n") {
		p.Add(indent + value.Render(line))
	}
}

func (s *manual) Hints() []style.Hint {
	value, console := screen.Tern(s.current().Copy != "", "c copy", ""), screen.Tern(s.console() != "", "o open console", "")
	tick, check := "space done", "enter check it"
	if !slices.ContainsFunc(s.list, func(step guide.ManualStep) bool { return !s.ticked[tickOf(step)] }) {
		tick, check = check, tick
	}
	choose := screen.Tern(s.choosable(), "i choose it", "")
	return style.Hints(tick, check, choose, value, console, "m use the wizard", "? why", "esc back")
}

// checkedLines say what a check of the user's own work found.
func (s *Section) checkedLines(width int) []string {
	if !s.checked {
		return nil
	}
	all := len(s.Plan.Changes)
	text := fmt.Sprintf("Checked: %d of %d done. Missing items are below. Press m for your list.", all-len(style.Writes(s.Plan.Changes)), all)
	return append(s.Notice("  ", false, text, width), "")
}
