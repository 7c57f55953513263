package wizard

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/wizard/tui/style"
)

// saving asks for a file's name, and again before another file is replaced.
type saving struct {
	*world
	deed    deed   // what is done once it is saved
	text    string // what is saved
	input   textinput.Model
	replace string // the file that is in the way; empty: none is
	note    string
	done    bool
}

func newSaving(w *world, d deed, name, text string) *saving {
	s := &saving{world: w, deed: d, text: text, input: w.newInput()}
	s.input.SetValue(name)
	s.input.CursorEnd()
	s.input.Focus()
	return s
}

// key reports whether saving is over. The key that ends it after the file is there is for the screen under it, and
// has no action here; esc only takes the line away that says where the file is.
func (s *saving) key(msg tea.KeyPressMsg) (act action, over bool) {
	switch key := msg.String(); {
	case s.done && key == "esc":
		return stay{}, true
	case s.done:
		return nil, true
	case key == "esc" && s.replace != "":
		s.replace, s.note = "", ""
	case key == "esc":
		return drop{slotSave}, true
	case key == "enter" && s.replace != "":
		return s.write(s.replace, true), false
	case key == "enter":
		name := strings.TrimSpace(s.input.Value())
		if name == "" {
			s.note = "Enter a file name."
			return stay{}, false
		}
		return s.write(name, false), false
	case s.replace == "":
		s.input, _ = s.input.Update(msg)
		s.note = ""
	}
	return stay{}, false
}

func (s *saving) lines(width int) []string {
	lines := []string{""}
	switch {
	case s.done:
		return s.Notice("  ", true, "Saved to "+s.note, width)
	case s.replace != "":
		lines = append(lines, style.Wrap(s.replace+" already exists with other content.", width-1, "  ")...)
		return append(lines, s.Heading("Replace it?"))
	}
	lines = append(lines, s.Cursor()+s.Theme.Strong.Render("Save to")+"  "+s.inputView(&s.input, width-13))
	if s.note != "" {
		lines = append(lines, s.Notice("  ", false, s.note, width)...)
	}
	return lines
}

func (s *saving) hints() []style.Hint {
	switch {
	case s.done:
		return style.Hints("q done", "c copy", "s save elsewhere", "esc back")
	case s.replace != "":
		return style.Hints("enter replace it", "esc another name")
	default:
		return style.Hints("enter save", "esc back")
	}
}
