package wizard

import (
	"strings"
	"time"

	"charm.land/bubbles/v2/textinput"
	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/wizard/tui/style"
)

// promptPage shows the first prompt in place of the section's rows. What does not fit is cut off at the top:
// the address, the code and the input stay in sight.
func (s *section) promptPage(width, height int) style.Page {
	p := s.prompts[0]
	cells := min(width, style.Readable)
	head := s.Spread(s.Heading(s.Fit(s.info.Title, cells-2)), s.promptClock(p), cells-1)
	what := []string{s.Heading(s.Fit(p.Title, cells-2))}
	for _, line := range p.Lines {
		what = append(what, style.Wrap(line, min(cells-1, 90), "  ")...)
	}
	code := []string{}
	if p.Code != "" {
		code = append(code, "  "+s.Theme.Strong.Render(s.Fit(p.Code, cells-4)))
	}
	page := style.Page{Lines: style.Apart(height, []string{head}, what, whole(p.URL, width), code, s.promptInput(p, cells))}
	page.See(len(page.Lines) - 1)
	return page
}

// promptClock is how long a prompt is there, and how long it may be.
func (s *section) promptClock(p *prompt) string {
	if p.Limit == 0 {
		return ""
	}
	return s.Soft(s.Elapsed(time.Since(p.since), p.Limit))
}

// whole shows an address on a line of its own. One that is wider than the window is broken without an
// indent, so that nothing but the line ends comes in between when it is copied from there.
func whole(address string, width int) []string {
	switch address = style.Visible(address); {
	case address == "":
		return nil
	case ansi.StringWidth(address) < width:
		return []string{"  " + address}
	default:
		return strings.Split(ansi.Hardwrap(address, width, true), "\n")
	}
}

// promptInput is where something can be typed, if the prompt asks for it.
func (s *section) promptInput(p *prompt, cells int) []string {
	if p.Ask == "" {
		return nil
	}
	lines := s.inputLines(p.Ask, &p.input, cells)
	if p.note != "" {
		lines = append(lines, s.SoftLines(style.Wrap(p.note, cells-1, "  "))...)
	}
	return lines
}

// inputLines is an input beside its label, or under it where there is no room beside it.
func (w *world) inputLines(label string, in *textinput.Model, cells int) []string {
	name := w.Cursor() + w.Theme.Strong.Render(w.Fit(label, cells-4))
	room := cells - ansi.StringWidth(name) - 3
	lines := []string{name + "  "}
	if room < 20 {
		lines, room = []string{name, "   "}, cells-4
	}
	lines[len(lines)-1] += w.inputView(in, room-1)
	return lines
}

func (s *section) promptHints() []style.Hint {
	p := s.prompts[0]
	if strings.TrimSpace(p.input.Value()) != "" {
		return style.Hints("enter send", "ctrl+u clear", "esc cancel")
	}
	return style.Hints(tern(p.URL != "", "o open in browser", ""), tern(p.URL != "", "c copy", ""), "esc cancel", "? why")
}
