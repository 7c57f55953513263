package form

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// textField is one line of text: Text, Hidden and List questions.
type textField struct {
	*screen.World
	question guide.Question
	input    *screen.Input
	initial  string
	fresh    bool   // the initial text is not edited: its beginning is shown
	offered  bool   // the initial text is no answer of the user's: what is typed or pasted first takes its place
	kept     bool   // a secret is there; empty keeps it
	refused  bool   // the secret was: it is not kept
	block    string // several lines that were pasted, where the question takes them
}

// A secret that is typed shows only while its key is held or pressed: any other key hides it, leaving the field, and
// time. Terminals do not tell when a key is let go; a key that is held is pressed again and again.
const (
	revealKey = "ctrl+r"
	revealFor = 1500 * time.Millisecond
)

func newTextField(w *screen.World, q guide.Question) *textField {
	f := &textField{World: w, question: q, input: screen.NewInput("")}
	if q.Example != "" {
		f.input.Placeholder = "such as " + q.Example
	}
	answer := w.Shown().Get(q.Key)
	if q.Kind == guide.Hidden {
		f.input.EchoMode, f.input.EchoCharacter = textinput.EchoPassword, w.Glyphs.Bullet
		f.kept = answer.Given
		return f
	}
	f.initial = answer.Value
	if q.Several() {
		f.initial = q.Join(answer.Values)
	}
	f.fresh = f.initial != ""
	f.offered = f.fresh && (answer.From == guide.FromDefault || answer.From == guide.FromOrg)
	f.input.SetValue(f.initial)
	f.input.CursorEnd()
	return f
}

// Focus hides a secret that was shown, and has one filled in that is kept.
func (f *textField) Focus(row *Row) screen.Action {
	f.hide()
	if f.Fill == nil || f.kept || f.refused || !f.secret() {
		return screen.Stay{}
	}
	return screen.Start{Slot: screen.SlotOptions, Do: func(context.Context) screen.End {
		err := f.Fill(f.question)
		return screen.End{Err: err, Then: func() screen.Action {
			if f.kept = f.Env.Answers.Get(f.question.Key).Given; err != nil {
				row.Note = explain.Sentence(err.Error())
			}
			return screen.Stay{}
		}}
	}}
}

// Refuse has a secret that was refused typed again. Other text is in sight, and the fault may be elsewhere.
func (f *textField) Refuse() {
	if f.secret() {
		f.kept, f.refused = false, true
		f.input.Placeholder = screen.Tern(f.Demo, "Refused. Here, any other text works.", "Refused. Enter another one.")
	}
}

func (f *textField) instead() string {
	if _, changed := f.Value(); !f.refused || changed {
		return ""
	}
	return screen.Tern(f.Demo, "This one was refused. In this demo, any other text works.", "This one was refused. Enter another one.")
}

func (f *textField) secret() bool { return f.question.Kind == guide.Hidden }

// hide shows a secret as bullets.
func (f *textField) hide() {
	if f.secret() {
		f.input.EchoMode = textinput.EchoPassword
	}
}

// reveal shows what is typed of a secret, for a while.
func (f *textField) reveal() screen.Action {
	f.input.EchoMode = textinput.EchoNormal
	return screen.Start{Slot: screen.SlotReveal, Do: func(ctx context.Context) screen.End {
		screen.Pause(ctx, revealFor)
		return screen.End{Then: func() screen.Action {
			f.hide()
			return screen.Stay{}
		}}
	}}
}

// clearOffered takes out a text that was only offered, as typing takes out what is selected. Every other key keeps it, to be
// edited.
func (f *textField) clearOffered(coming string) {
	if f.offered && coming != "" {
		f.input.Reset()
	}
	f.fresh, f.offered = false, false
}

func (f *textField) Key(msg tea.KeyPressMsg) (screen.Action, bool) {
	f.hide()
	switch msg.String() {
	case "enter", "tab", "shift+tab", "up", "down":
		return nil, false
	case revealKey:
		if f.secret() && f.block == "" && f.input.Value() != "" {
			return f.reveal(), true
		}
		return screen.Stay{}, true
	}
	f.block = ""
	f.clearOffered(msg.Text)
	f.input.Type(msg)
	return screen.Stay{}, true
}

func (f *textField) Paste(text string) string {
	f.hide()
	const most = utf8.UTFMax * screen.Limit
	block := strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text[:min(len(text), most)]))
	lines := 1 + strings.Count(block, "\n")
	if !f.question.Lines || lines == 1 {
		f.clearOffered(block)
		return f.input.Insert(text)
	}
	f.block = block
	f.input.Reset()
	if len(text) > most {
		return fmt.Sprintf("The pasted text was cut. This field takes %d characters in lines.", most)
	}
	return fmt.Sprintf("%d lines were pasted.", lines)
}

func (f *textField) Value() ([]string, bool) {
	if f.block != "" {
		return []string{f.block}, true
	}
	text := f.input.Value()
	if text == f.initial {
		return nil, false
	}
	if f.question.Kind == guide.Hidden {
		return []string{text}, true
	}
	return f.question.Split(text), true
}

func (f *textField) Summary() string {
	switch {
	case f.question.Kind != guide.Hidden:
		return f.input.Value()
	case f.kept || f.block != "" || f.input.Value() != "":
		return guide.NewSecret("x").String()
	default:
		return ""
	}
}

func (f *textField) Draw(cells, _ int) []string {
	switch {
	case f.block != "":
		return []string{style.RowMargin + f.Theme.Strong.Render(f.Summary())}
	case f.fresh:
		paint := f.Theme.Strong.Reverse(f.offered) // as text that is selected
		return []string{style.RowMargin + paint.Render(f.Fit(f.initial, cells-1)) + screen.Caret}
	case f.kept:
		f.input.Placeholder = "Already set. Leave empty to keep it."
	}
	return []string{style.RowMargin + f.InputView(f.input, cells-1)}
}

func (f *textField) Hints() []style.Hint {
	return style.Hints(screen.Tern(f.secret() && f.block == "" && f.input.Value() != "", revealKey+" show", ""))
}
