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

// stopSign is that of the chain, but for what is made: there, too, the user may be.
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
