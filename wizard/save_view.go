package wizard

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// saving asks for a file's name, and again before another file is replaced.
type saving struct {
	input   textinput.Model
	replace string // the file that is in the way; empty: none is
	note    string
	done    bool
}

func newSaving(w *world) *saving {
	s := &saving{input: w.newInput()}
	s.input.SetValue(defaultFile)
	s.input.CursorEnd()
	s.input.Focus()
	return s
}

func (s *snippet) saveKey(msg tea.KeyPressMsg) action {
	if s.save.done {
		s.save = nil
		return s.key(msg)
	}
	switch key := msg.String(); {
	case key == "esc" && s.save.replace != "":
		s.save.replace, s.save.note = "", ""
	case key == "esc":
		s.save = nil
		return drop{slotSave}
	case key == "enter" && s.save.replace != "":
		return saveTo(s.save.replace, s.outcome.Snippet, true)
	case key == "enter":
		name := strings.TrimSpace(s.save.input.Value())
		if name == "" {
			s.save.note = "Give the file a name."
			return stay{}
		}
		return saveTo(name, s.outcome.Snippet, false)
	case s.save.replace == "":
		s.save.input, _ = s.save.input.Update(msg)
		s.save.note = ""
	}
	return stay{}
}

func (s *snippet) savedCame(v saved) action {
	if s.save == nil {
		s.save = newSaving(s.world)
		s.save.input.SetValue(v.path)
		s.save.input.CursorEnd()
	}
	s.save.replace = ""
	switch {
	case v.exists:
		s.save.replace, s.save.note = v.path, ""
	case v.err != nil:
		s.save.note = saveProblem(v)
	default:
		s.save.done, s.save.note = true, v.path
	}
	return stay{}
}

func (s *snippet) saveLines(width int) []string {
	lines := []string{""}
	switch {
	case s.save.done:
		return s.notice(" ", true, "Saved to "+s.save.note, width)
	case s.save.replace != "":
		lines = append(lines, wrap(s.save.replace+" is there already, with other content.", width-1, " ")...)
		return append(lines, " "+s.theme.strong.Render("Replace it?"))
	}
	s.save.input.SetWidth(max(1, width-13))
	lines = append(lines, " "+s.theme.accent.Render(s.glyphs.cursor)+" "+s.theme.strong.Render("Save to")+"  "+s.save.input.View())
	if s.save.note != "" {
		lines = append(lines, s.notice(" ", false, s.save.note, width)...)
	}
	return lines
}

func (s *saving) hints() []hint {
	switch {
	case s.done:
		return []hint{{"q", "done"}, {"c", "copy"}, {"s", "save elsewhere"}, {"esc", "back"}}
	case s.replace != "":
		return []hint{{"enter", "replace it"}, {"esc", "another name"}}
	default:
		return []hint{{"enter", "save"}, {"esc", "back"}}
	}
}
