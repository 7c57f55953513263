package style

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// TallPage is how high the page of a wide window of 30 rows is, which has room to spare. LoopPage is one without the two
// blank rows under the stepper.
const (
	TallPage = 22
	LoopPage = TallPage + 2
)

// Loop closes the chain in the stepper above it, from its last stop around the lines inside to its first one. What is
// not proved yet is the part of the page's admin, and says so.
func (p *Pen) Loop(says string, closed bool, inside []string, last string, cells int) []string {
	room := cells - 7 - ansi.StringWidth(last)
	mine, open, corner, dash := p.Theme.Good, "┃", "┗", "━"
	if !closed {
		mine, open, corner, dash = p.Theme.Accent, "╎", "╰", "╌"
	}
	var lines []string
	row := func(text string) {
		before := max(0, room-ansi.StringWidth(text)) / 2
		after := max(0, room-before-ansi.StringWidth(text))
		lines = append(lines, RowMargin+mine.Render(open)+strings.Repeat(" ", before)+text+strings.Repeat(" ", after)+p.Theme.Good.Render("┃"))
	}
	for _, text := range inside {
		row("")
		row(text)
	}
	row("")
	says = "  " + says + "  "
	free := max(0, room-ansi.StringWidth(says))
	return append(lines, RowMargin+mine.Render(corner+strings.Repeat(dash, free/2)+says)+p.Theme.Good.Render(strings.Repeat("━", free-free/2)+"┛"))
}
