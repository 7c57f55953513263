package style

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/wizard/chain"
)

// The widths from which a window has the panel next to the page, and from which every section's name fits on the stepper.
const (
	WideWindow = 100
	WideEnough = 79
)

// Stop is one section in the stepper, or one link of the chain.
type Stop struct {
	Name  string
	State chain.State
	Here  bool
}

// Stepper is the line of the guide's sections, which shows where the user is. The way to a section is lit once the one
// before it is done. A narrow window has only the name of the section, or what is said in its place.
func (p *Pen) Stepper(stops []Stop, says string, cells int) string {
	if cells < WideEnough {
		return p.narrowStepper(stops, says, cells)
	}
	room := cells - 4
	for _, s := range stops {
		room -= 2 + ansi.StringWidth(s.Name)
	}
	gaps := max(1, len(stops)-1)
	var line strings.Builder
	line.WriteString("  ")
	for i, s := range stops {
		paint := p.Theme.Soft
		switch {
		case s.State == chain.Broken:
			paint = p.Theme.Bad.Bold(true)
		case s.Here:
			paint = p.Theme.Strong
		}
		line.WriteString(p.stopSign(s) + " " + paint.Render(s.Name))
		if i == len(stops)-1 {
			break
		}
		width := room*(i+1)/gaps - room*i/gaps // what does not divide is spread
		if cells < WideWindow {
			line.WriteString(" " + p.track(s, min(width-1, 1)))
		} else {
			line.WriteString(" " + p.track(s, width-2) + " ")
		}
	}
	return ansi.Truncate(line.String(), cells, p.Glyphs.More)
}

// narrowStepper has the name of the section where the user is, and how many there are.
func (p *Pen) narrowStepper(stops []Stop, says string, cells int) string {
	line, name, right := RowMargin, says, ""
	for i, s := range stops {
		line += p.stopSign(s)
		if i < len(stops)-1 {
			line += p.track(s, 1)
		}
		if s.Here && says == "" {
			name, right = p.Theme.Strong.Render(s.Name), p.Theme.Soft.Render(fmt.Sprintf("%d of %d", i+1, len(stops)))
		}
	}
	return ansi.Truncate(p.Spread(line+" "+name, right, cells-Margin(cells)), cells, p.Glyphs.More)
}

// stopSign is the chain's sign of a stop. A stop that is made and where the user is has the sign for here.
func (p *Pen) stopSign(s Stop) string {
	if s.Here && s.State == chain.Made {
		return p.chainSign(chain.Ahead, true)
	}
	return p.chainSign(s.State, s.Here)
}

// track is the line from a section to the next one.
func (p *Pen) track(from Stop, cells int) string {
	switch cells = max(0, cells); from.State {
	case chain.Made:
		return p.Theme.Good.Render(strings.Repeat("━", cells))
	case chain.Broken:
		return p.Theme.Bad.Render(strings.Repeat("╌", cells))
	default:
		return p.Theme.Line.Render(strings.Repeat("╌", cells))
	}
}

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
