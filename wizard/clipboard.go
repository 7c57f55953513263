package wizard

import (
	"fmt"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// noted is a sentence for the line above the keys.
type noted string

// copyOut copies text in both ways there are: through the terminal (OSC 52), which also works from afar but
// never answers, and through the machine's own clipboard.
func (r *router) copyOut(a copyText) tea.Cmd {
	return tea.Batch(tea.SetClipboard(a.text), func() tea.Msg {
		size := fmt.Sprintf("%s (%d characters)", a.what, utf8.RuneCountInString(a.text))
		if err := r.copy(a.text); err != nil {
			return noted("Sent to the terminal clipboard: " + size + ".")
		}
		return noted("Copied to the clipboard: " + size + ".")
	})
}
