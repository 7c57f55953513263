package screens

import (
	"time"

	"msgsso-wizard/wizard/tui/style"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/wizard/tui/form"
	"msgsso-wizard/wizard/tui/screen"
)

func (s *Section) promptCame(p *screen.Prompt) {
	p.Input = screen.NewInput("")
	s.prompts = append(s.prompts, p)
}

// endPrompts answers all prompts that the user stopped.
func (s *Section) endPrompts() {
	for _, p := range s.prompts {
		p.Reply <- screen.Typed{Err: engine.ErrStopped}
	}
	s.prompts = nil
}

// promptKey has the keys while there is a prompt. Letters are commands until something was typed.
func (s *Section) promptKey(msg tea.KeyPressMsg) screen.Action {
	p := s.prompts[0]
	text := p.Input.Text()
	switch key := msg.String(); {
	case key == "esc":
		return s.cancel()
	case key == "up" || key == "down" || key == "pgup" || key == "pgdown":
		return screen.Pass{}
	case key == "enter" && text != "":
		s.prompts = s.prompts[1:]
		p.Reply <- screen.Typed{Text: text}
	case text == "" && key == "o" && p.URL != "":
		return screen.OpenURL{URL: p.URL}
	case text == "" && key == "c" && p.URL != "":
		return screen.CopyText{What: "the address", Text: p.URL}
	case text == "" && key == "?":
		return screen.Show{Above: newWhy(s.World, s.Info)}
	case p.Ask != "" && key != "enter":
		p.Input.Type(msg)
	}
	return screen.Stay{}
}

// cancel gives up what the prompts wait for. What only reads is left for the section's questions, where
// another way can be chosen; what writes ends after the call under way.
func (s *Section) cancel() screen.Action {
	s.endPrompts()
	switch {
	case s.Phase == screen.Applying:
		return screen.Halt{}
	case s.Form != nil: // the prompt came of its options
		return screen.Stay{}
	case len(s.Open(s.Info.ID)) == 0:
		return screen.Many{screen.Drop{Slot: screen.SlotPlan}, screen.Back{}}
	}
	s.Enters(screen.Asking)
	s.Form = form.NewForm(s.World, s.Info.ID)
	return screen.Many{screen.Drop{Slot: screen.SlotPlan}, s.Form.Focus()}
}

// promptPage shows the first prompt in place of the section's rows. What does not fit is cut off at the top:
// the address, the code and the input stay in sight.
func (s *Section) promptPage(width, height int) style.Page {
	p := s.prompts[0]
	cells := min(width, style.Readable)
	head := s.Spread(s.Heading(s.Fit(s.Info.Title, cells-2)), s.promptClock(p), cells-1)
	what := []string{s.Heading(s.Fit(p.Title, cells-2))}
	for _, line := range p.Lines {
		what = append(what, style.Wrap(line, min(cells-1, 90), "  ")...)
	}
	code := []string{}
	if p.Code != "" {
		code = append(code, "  "+s.Theme.Strong.Render(s.Fit(p.Code, cells-4)))
	}
	page := style.Page{Lines: style.Apart(height, []string{head}, what, screen.Whole(p.URL, width), code, s.promptInput(p, cells))}
	page.See(len(page.Lines) - 1)
	return page
}

// promptClock is how long a prompt is there, and how long it may be.
func (s *Section) promptClock(p *screen.Prompt) string {
	if p.Limit == 0 {
		return ""
	}
	return s.Soft(s.Elapsed(time.Since(p.Since), p.Limit))
}

// promptInput is where something can be typed, if the prompt asks for it.
func (s *Section) promptInput(p *screen.Prompt, cells int) []string {
	if p.Ask == "" {
		return nil
	}
	lines := s.InputLines(p.Ask, p.Input, cells)
	if p.Input.Note != "" {
		lines = append(lines, s.SoftLines(style.Wrap(p.Input.Note, cells-1, "  "))...)
	}
	return lines
}

func (s *Section) promptHints() []style.Hint {
	p := s.prompts[0]
	if p.Input.Text() != "" {
		return style.Hints("enter send", p.Input.Clearing(), "esc cancel")
	}
	return style.Hints(screen.Tern(p.URL != "", "o open in browser", ""), screen.Tern(p.URL != "", "c copy", ""), "esc cancel", "? why")
}
