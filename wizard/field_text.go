package wizard

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/style"
)

// textField is one line of text: Text, Hidden and List questions.
type textField struct {
	*world
	question guide.Question
	input    textinput.Model
	initial  string
	offered  bool   // the initial text is no answer of the user's: what is typed or pasted first takes its place
	kept     bool   // a secret is there; empty keeps it
	block    string // several lines that were pasted, where the question takes them
}

// A secret that is typed shows only while its key is held or pressed: any other key hides it, leaving the field, and
// time. Terminals do not tell when a key is let go; a key that is held is pressed again and again.
const (
	revealKey = "ctrl+r"
	revealFor = 1500 * time.Millisecond
)

func newTextField(w *world, q guide.Question) *textField {
	f := &textField{world: w, question: q, input: w.newInput()}
	answer := w.shown().Get(q.Key)
	if q.Kind == guide.Hidden {
		f.input.EchoMode, f.input.EchoCharacter = textinput.EchoPassword, w.Glyphs.Bullet
		f.kept = answer.Given
		return f
	}
	f.initial = answer.Value
	if q.Several() {
		f.initial = q.Join(answer.Values)
	}
	f.offered = f.initial != "" && (answer.From == guide.FromDefault || answer.From == guide.FromOrg)
	f.input.SetValue(f.initial)
	f.input.CursorEnd()
	return f
}

// newInput is an empty line to type in: a still cursor, no colours of its own, and no reading of the
// clipboard, which would go round what is done to pasted text.
func (w *world) newInput() textinput.Model {
	in := textinput.New()
	in.Prompt, in.CharLimit = "", limit
	in.KeyMap.Paste = key.NewBinding(key.WithDisabled())
	return in
}

// inputView draws an input in so many cells, in the colours that there are now.
func (w *world) inputView(in *textinput.Model, cells int) string {
	plain := textinput.StyleState{Text: lipgloss.NewStyle(), Placeholder: w.Theme.Soft, Suggestion: w.Theme.Soft, Prompt: lipgloss.NewStyle()}
	in.SetStyles(textinput.Styles{Focused: plain, Blurred: plain, Cursor: textinput.CursorStyle{Shape: tea.CursorBlock}})
	in.SetWidth(max(1, cells))
	return in.View()
}

// insert puts pasted text into an input.
func insert(in *textinput.Model, text string) (note string) {
	line, note := pasted(text, limit-utf8.RuneCountInString(in.Value()))
	*in, _ = in.Update(tea.PasteMsg{Content: line})
	return note
}

// focus has a secret filled in that is kept, if there is one.
func (f *textField) focus(row *formRow) action {
	f.input.Focus()
	if f.fill == nil || f.kept || !f.secret() {
		return stay{}
	}
	return start{slotOptions, func(context.Context) end {
		err := f.fill(f.question)
		return end{err, func() action {
			if f.kept = f.env.Answers.Get(f.question.Key).Given; err != nil {
				row.note = explain.Sentence(err.Error())
			}
			return stay{}
		}}
	}}
}

func (f *textField) blur() {
	f.hide()
	f.input.Blur()
}

func (f *textField) secret() bool { return f.question.Kind == guide.Hidden }

// hide shows a secret as bullets.
func (f *textField) hide() {
	if f.secret() {
		f.input.EchoMode = textinput.EchoPassword
	}
}

// reveal shows what is typed of a secret, for a while.
func (f *textField) reveal() action {
	f.input.EchoMode = textinput.EchoNormal
	return start{slotReveal, func(ctx context.Context) end {
		pause(ctx, revealFor)
		return end{then: func() action {
			f.hide()
			return stay{}
		}}
	}}
}

// makeWay takes out a text that was only offered, as typing takes out what is selected. Every other key keeps it, to be
// edited.
func (f *textField) makeWay(coming string) {
	if f.offered && coming != "" {
		f.input.Reset()
	}
	f.offered = false
}

func (f *textField) key(msg tea.KeyPressMsg) (action, bool) {
	f.hide()
	switch msg.String() {
	case "enter", "tab", "shift+tab", "up", "down":
		return nil, false
	case revealKey:
		if f.secret() && f.block == "" && f.input.Value() != "" {
			return f.reveal(), true
		}
		return stay{}, true
	}
	f.block = ""
	f.makeWay(msg.Text)
	f.input, _ = f.input.Update(msg)
	return stay{}, true
}

func (f *textField) paste(text string) string {
	f.hide()
	const most = utf8.UTFMax * limit
	block := strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text[:min(len(text), most)]))
	lines := 1 + strings.Count(block, "\n")
	if !f.question.Lines || lines == 1 {
		f.makeWay(block)
		return insert(&f.input, text)
	}
	f.block = block
	f.input.Reset()
	if len(text) > most {
		return fmt.Sprintf("The pasted text was cut. This field takes %d characters in lines.", most)
	}
	return fmt.Sprintf("%d lines were pasted.", lines)
}

func (f *textField) value() ([]string, bool) {
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

func (f *textField) summary() string {
	switch {
	case f.question.Kind != guide.Hidden:
		return f.input.Value()
	case f.kept || f.block != "" || f.input.Value() != "":
		return guide.NewSecret("x").String()
	default:
		return ""
	}
}

func (f *textField) draw(width, _ int) []string {
	if f.block != "" {
		return []string{f.summary()}
	}
	lines := []string{f.inputView(&f.input, width-1)}
	if f.offered { // as text that is selected
		lines[0] = lipgloss.NewStyle().Reverse(true).Render(f.Fit(f.input.Value(), width-1))
	}
	if f.kept && f.input.Value() == "" {
		lines = append(lines, f.Soft(f.Fit("Already set. Leave empty to keep it.", width)))
	}
	return lines
}

func (f *textField) hints() []style.Hint {
	return style.Hints(tern(f.secret() && f.block == "" && f.input.Value() != "", revealKey+" show", ""))
}
