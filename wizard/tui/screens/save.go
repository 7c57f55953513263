package screens

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/report"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// The names that are offered for what is saved.
const (
	DefaultFile  = "messenger-snippet.html"
	PluginFile   = "messenger-sign-in-plugin.html"
	CompleteFile = "messenger-sign-in.html"
	handoverFile = "messenger-handover.md"
	answersFile  = "messenger-answers.yaml"
)

// longestPath is how much of a path a sentence has, in cells: its end says what happened.
const longestPath = 160

// write puts the text into a file of that name, and shows where it is, or why it is not there.
func (s *saving) write(path string, replace bool) screen.Action {
	return screen.Start{Slot: screen.SlotSave, Do: func(context.Context) screen.End {
		full, err := expand(path)
		if err == nil {
			path, err = full, report.Write(full, s.text, replace)
		}
		return screen.End{Err: err, Then: func() screen.Action { return s.came(path, err) }}
	}}
}

// came takes what saving came to. Another file may be there, which is not replaced without asking.
func (s *saving) came(path string, err error) screen.Action {
	s.replace, s.note = "", ""
	switch {
	case errors.Is(err, fs.ErrExist):
		s.replace = path
	case err != nil:
		s.note = fmt.Sprintf("%s was not written: %v.", s.Fit(path, longestPath), explain.Cause(err))
	default:
		s.done, s.note = true, path
		for _, d := range s.items {
			s.Did[d] = true
		}
	}
	return screen.Stay{}
}

// expand makes a path absolute.
func expand(path string) (string, error) {
	path, err := guide.FilePath(path)
	if err != nil {
		return "", err
	}
	return filepath.Abs(path)
}

// saving asks for a file's name, and again before another file is replaced.
type saving struct {
	*screen.World
	text    string        // what is saved
	items   []screen.Todo // what saving it does of the list
	input   textinput.Model
	replace string // the file that is in the way; empty: none is
	note    string
	done    bool
}

func newSaving(w *screen.World, name, text string, items ...screen.Todo) *saving {
	s := &saving{World: w, text: text, items: items, input: w.NewInput()}
	s.input.SetValue(name)
	s.input.CursorEnd()
	s.input.Focus()
	return s
}

// Key reports whether saving is over. The key that ends it after the file is there is for the screen under it, and
// has no action here; esc only takes the line away that says where the file is.
func (s *saving) Key(msg tea.KeyPressMsg) (act screen.Action, over bool) {
	switch key := msg.String(); {
	case s.done && key == "esc":
		return screen.Stay{}, true
	case s.done:
		return nil, true
	case key == "esc" && s.replace != "":
		s.replace, s.note = "", ""
	case key == "esc":
		return screen.Drop{Slot: screen.SlotSave}, true
	case key == "enter" && s.replace != "":
		return s.write(s.replace, true), false
	case key == "enter":
		name := strings.TrimSpace(s.input.Value())
		if name == "" {
			s.note = "Enter a file name."
			return screen.Stay{}, false
		}
		return s.write(name, false), false
	case s.replace == "":
		s.input, _ = s.input.Update(msg)
		s.note = ""
	}
	return screen.Stay{}, false
}

// keyOver passes a key to what is being saved, and clears it at its end. Nil: the key is for the screen.
func (s *saving) keyOver(msg tea.KeyPressMsg, at **saving) screen.Action {
	if s == nil {
		return nil
	}
	act, over := s.Key(msg)
	if over {
		*at = nil
	}
	return act
}

// typing reports whether the file's name is typed.
func (s *saving) typing() bool { return s != nil && !s.done && s.replace == "" }

func (s *saving) lines(width int) []string {
	lines := []string{""}
	switch {
	case s.done:
		return s.Notice("  ", true, "Saved to "+s.note, width)
	case s.replace != "":
		lines = append(lines, style.Wrap(s.Fit(s.replace, longestPath)+" already exists with other content.", width-1, "  ")...)
		return append(lines, s.Heading("Replace it?"))
	}
	lines = append(lines, s.Cursor()+s.Theme.Strong.Render("Save to")+"  "+s.InputView(&s.input, width-13))
	if s.note != "" {
		lines = append(lines, s.Notice("  ", false, s.note, width)...)
	}
	return lines
}

func (s *saving) Hints() []style.Hint {
	switch {
	case s.done:
		return style.Hints("q done", "c copy", "s save elsewhere", "esc back")
	case s.replace != "":
		return style.Hints("enter replace it", "esc another name")
	default:
		return style.Hints("enter save", screen.Clearing(&s.input), "esc back")
	}
}
