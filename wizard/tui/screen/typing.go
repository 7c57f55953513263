package screen

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"msgsso-wizard/wizard/tui/style"

	tea "charm.land/bubbletea/v2"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	"github.com/charmbracelet/x/ansi"
)

// Input is a line to type in.
type Input struct {
	textinput.Model
	Note string // what is wrong with the text, or what was done to it when it was pasted
}

// NewInput is a line with a text to edit, without reading of the clipboard, which would go round what is done to pasted
// text.
func NewInput(text string) *Input {
	in := &Input{Model: textinput.New()}
	in.Prompt, in.CharLimit = "", Limit
	in.KeyMap.Paste = key.NewBinding(key.WithDisabled())
	in.SetValue(text)
	in.CursorEnd()
	in.Focus()
	return in
}

// Text is what is typed, without blanks around it.
func (in *Input) Text() string { return strings.TrimSpace(in.Value()) }

// Type takes a key.
func (in *Input) Type(msg tea.KeyPressMsg) {
	in.Model, _ = in.Update(msg)
	in.Note = ""
}

// Caret marks in a drawn line where the terminal's cursor belongs. It takes no cells, and no other text has it, because
// style.Visible replaces controls. So it keeps its place when lines are indented, cut, and scrolled.
const Caret = "\x1b_caret\x1b\\"

// TakeCaret takes the caret out of the lines and returns the cursor for it; nil: no line has it.
func TakeCaret(lines []string) *tea.Cursor {
	for y, line := range lines {
		if before, after, ok := strings.Cut(line, Caret); ok {
			lines[y] = before + after
			cursor := tea.NewCursor(ansi.StringWidth(before), y)
			cursor.Blink = false
			return cursor
		}
	}
	return nil
}

// InputView draws the part of an input round its caret, in so many cells and one for the caret at the end. Bubbles' own
// view is not used: it has no place for the caret in wide characters or a scrolled text.
func (w *World) InputView(in *Input, cells int) string {
	text := []rune(in.Value())
	if len(text) == 0 {
		return Caret + w.Theme.Hint.Render(w.Fit(in.Placeholder, cells))
	}
	if in.EchoMode == textinput.EchoPassword {
		text = slices.Repeat([]rune{in.EchoCharacter}, len(text))
	}
	before, after := style.Visible(string(text[:in.Position()])), style.Visible(string(text[in.Position():]))
	at := ansi.StringWidth(before)
	first := style.ClampTo(at-cells/2, at+ansi.StringWidth(after)-cells)
	left := before
	for cut := first + 1; ansi.StringWidth(left) > at-first; cut++ { // once more where that would halve a character
		left = ansi.TruncateLeft(before, cut, w.Glyphs.More)
	}
	return w.Theme.Strong.Render(left) + Caret + w.Theme.Strong.Render(ansi.Truncate(after, first+cells-at, w.Glyphs.More))
}

// Insert takes pasted text.
func (in *Input) Insert(text string) (note string) {
	line, note := Pasted(text, Limit-utf8.RuneCountInString(in.Value()))
	in.Model, _ = in.Update(tea.PasteMsg{Content: line})
	in.Note = note
	return note
}

// Limit is the most characters that a field takes.
const Limit = 4096

// Pasted makes one line of pasted text. Line breaks never submit and never reach a field. The text is cut to what a
// field takes before it is checked, so that a huge paste does not block the program.
func Pasted(text string, room int) (line, note string) {
	full := len(text)
	if most := utf8.UTFMax * Limit; full > most {
		text = text[:most]
	}
	line = strings.Trim(strings.ToValidUTF8(text, ""), " \t\r\n")
	if strings.ContainsAny(line, "\r\n") {
		line = strings.NewReplacer("\r\n", " ", "\r", " ", "\n", " ").Replace(line)
		note = "Line breaks in the pasted text became spaces."
	}
	runes := []rune(line)
	if len(runes) > room || full > len(text) {
		line = string(runes[:min(room, len(runes))])
		note = fmt.Sprintf("The pasted text was cut. This field takes %d characters.", Limit)
	}
	return line, note
}

// Clearing is the key that empties the input, where it has a text.
func (in *Input) Clearing() string { return Tern(in.Value() == "", "", "ctrl+u clear") }

// InputLines is an input after its label, or under it if there is too little room.
func (w *World) InputLines(label string, in *Input, cells int) []string {
	name := w.Cursor() + w.Theme.Strong.Render(w.Fit(label, cells-4))
	room := cells - ansi.StringWidth(name) - 3
	lines := []string{name + "  "}
	if room < 20 {
		lines, room = []string{name, "   "}, cells-4
	}
	lines[len(lines)-1] += w.InputView(in, room-1)
	return lines
}

// NotedInput is an input with its note.
func (w *World) NotedInput(label string, in *Input, cells int) []string {
	return append(w.InputLines(label, in, cells), w.InputNote(in, cells)...)
}

// InputNote is the note of an input.
func (w *World) InputNote(in *Input, cells int) []string {
	if in.Note == "" {
		return nil
	}
	return w.Notice("  ", false, in.Note, cells)
}

// Whole shows an address on a separate line. An address wider than the window is broken without an indent, so that a
// copy has only line ends in between.
func Whole(address string, width int) []string {
	switch address = style.Visible(address); {
	case address == "":
		return nil
	case ansi.StringWidth(address) < width:
		return []string{"  " + address}
	default:
		return strings.Split(ansi.Hardwrap(address, width, true), "\n")
	}
}
