package tui

import (
	"fmt"
	"unicode/utf8"

	"msgsso-wizard/wizard/tui/screen"

	tea "charm.land/bubbletea/v2"
)

// noted is a sentence for the line above the keys.
type noted string

// copyOut copies text in both ways there are: through the terminal (OSC 52), which also works from afar but
// never answers, and through the machine's own clipboard.
func (r *router) copyOut(a screen.CopyText) tea.Cmd {
	return tea.Batch(tea.SetClipboard(a.Text), func() tea.Msg {
		size := fmt.Sprintf("%s (%d characters)", a.What, utf8.RuneCountInString(a.Text))
		if err := r.copy(a.Text); err != nil {
			return noted("Sent to the terminal clipboard: " + size + ".")
		}
		return noted("Copied to the clipboard: " + size + ".")
	})
}
