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
	text    string // what is saved
	input   textinput.Model
	replace string // the file that is in the way; empty: none is
	note    string
	done    bool
}

func newSaving(w *world, name, text string) *saving {
	s := &saving{world: w, text: text, input: w.newInput()}
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
		return saveTo(s.replace, s.text, true), false
	case key == "enter":
		name := strings.TrimSpace(s.input.Value())
		if name == "" {
			s.note = "Give the file a name."
			return stay{}, false
		}
		return saveTo(name, s.text, false), false
	case s.replace == "":
		s.input, _ = s.input.Update(msg)
		s.note = ""
	}
	return stay{}, false
}

// came takes what saving came to.
func (s *saving) came(v saved) {
	s.replace = ""
	switch {
	case v.exists:
		s.replace, s.note = v.path, ""
	case v.err != nil:
		s.note = saveProblem(v)
	default:
		s.done, s.note = true, v.path
	}
}

func (s *saving) lines(width int) []string {
	lines := []string{""}
	switch {
	case s.done:
		return s.Notice(" ", true, "Saved to "+s.note, width)
	case s.replace != "":
		lines = append(lines, style.Wrap(s.replace+" is there already, with other content.", width-1, " ")...)
		return append(lines, " "+s.Theme.Strong.Render("Replace it?"))
	}
	lines = append(lines, " "+s.Theme.Accent.Render(s.Glyphs.Cursor)+" "+s.Theme.Strong.Render("Save to")+"  "+s.inputView(&s.input, width-13))
	if s.note != "" {
		lines = append(lines, s.Notice(" ", false, s.note, width)...)
	}
	return lines
}

func (s *saving) hints() []style.Hint {
	switch {
	case s.done:
		return []style.Hint{{Key: "q", Does: "done"}, {Key: "c", Does: "copy"}, {Key: "s", Does: "save elsewhere"}, {Key: "esc", Does: "back"}}
	case s.replace != "":
		return []style.Hint{{Key: "enter", Does: "replace it"}, {Key: "esc", Does: "another name"}}
	default:
		return []style.Hint{{Key: "enter", Does: "save"}, {Key: "esc", Does: "back"}}
	}
}
