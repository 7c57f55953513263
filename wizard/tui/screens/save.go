package screens

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

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
		full, err := guide.FilePath(path)
		if err == nil {
			full, err = filepath.Abs(full)
		}
		if err == nil {
			path, err = full, report.Write(full, s.text, replace)
		}
		return screen.End{Err: err, Then: func() screen.Action { return s.came(path, err) }}
	}}
}

// came takes what saving came to. Another file may be there, which is not replaced without asking.
func (s *saving) came(path string, err error) screen.Action {
	s.ask("")
	switch {
	case errors.Is(err, fs.ErrExist):
		s.replace, s.Input = path, nil
	case err != nil:
		s.name.Note = fmt.Sprintf("%s was not written: %v.", s.Fit(path, longestPath), explain.Cause(err))
	default:
		s.saved, s.Input = path, nil
		for _, d := range s.items {
			s.Did[d] = true
		}
	}
	return screen.Stay{}
}

// saving asks for a file's name, and again before another file is replaced.
type saving struct {
	*screen.Task               // of the screen under it
	text         string        // what is saved
	items        []screen.Todo // what saving it does of the list
	name         *screen.Input
	replace      string // the file that is in the way; empty: none is
	saved        string // where it is; empty: not yet
}

func newSaving(t *screen.Task, name, text string, items ...screen.Todo) *saving {
	s := &saving{Task: t, text: text, items: items, name: screen.NewInput(name)}
	s.ask("")
	return s
}

// ask has the name typed, with what is wrong with it.
func (s *saving) ask(note string) { s.Input, s.replace, s.name.Note = s.name, "", note }

// Key reports whether saving is over. The key that ends it after the file is there is for the screen under it, and
// has no action here; esc only takes the line away that says where the file is.
func (s *saving) Key(msg tea.KeyPressMsg) (act screen.Action, over bool) {
	switch key := msg.String(); {
	case s.saved != "" && key == "esc":
		return screen.Stay{}, true
	case s.saved != "":
		return nil, true
	case key == "esc" && s.replace != "":
		s.ask("")
	case key == "esc":
		return screen.Drop{Slot: screen.SlotSave}, true
	case key == "enter" && s.replace != "":
		return s.write(s.replace, true), false
	case key == "enter":
		if name := s.name.Text(); name != "" {
			return s.write(name, false), false
		}
		s.ask("Enter a file name.")
	case s.replace == "":
		s.name.Type(msg)
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
		*at, s.Input = nil, nil
	}
	return act
}

// asks reports whether the keys are for what is being saved.
func (s *saving) asks() bool { return s != nil && s.saved == "" }

func (s *saving) lines(width int) []string {
	switch {
	case s.saved != "":
		return s.Notice("  ", true, "Saved to "+s.saved, width)
	case s.replace != "":
		lines := style.Wrap(s.Fit(s.replace, longestPath)+" already exists with other content.", width-1, "  ")
		return slices.Concat([]string{""}, lines, []string{s.Heading("Replace it?")})
	}
	line := s.Cursor() + s.Theme.Strong.Render("Save to") + "  " + s.InputView(s.name, width-13)
	return append([]string{"", line}, s.InputNote(s.name, width)...)
}

func (s *saving) Hints() []style.Hint {
	switch {
	case s.saved != "":
		return style.Hints("q done", "c copy", "s save elsewhere", "esc back")
	case s.replace != "":
		return style.Hints("enter replace it", "esc another name")
	default:
		return style.Hints("enter save", s.name.Clearing(), "esc back")
	}
}
