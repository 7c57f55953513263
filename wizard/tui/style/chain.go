package style

import (
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/wizard/chain"
)

// The widths of the panel that shows the chain.
const (
	widePanel   = 34
	narrowPanel = 31
)

// PanelWidth is how wide the panel is in a window.
func PanelWidth(window int) int {
	if window < 116 {
		return narrowPanel
	}
	return widePanel
}

// chainDetail is how much of the chain is drawn.
type chainDetail struct {
	gap     int  // lines between two links
	names   bool // what a link is called in the org
	parts   bool // the parts of all links; else of the one that the screen is about
	current bool
	legend  bool
}

// chainDetails go from the most to the least.
var chainDetails = []chainDetail{
	{2, true, true, true, true},
	{1, true, true, true, true},
	{1, true, true, true, false},
	{0, true, true, true, false},
	{0, false, true, true, false},
	{0, false, false, true, false},
	{},
}

// Chain draws the chain in so many columns, with as much detail as the height has room for.
func (p *Pen) Chain(c *chain.Chain, cells, height int) []string {
	var lines []string
	for _, d := range chainDetails {
		if lines = p.chain(c, cells, d); len(lines) <= height {
			return lines
		}
	}
	return lines[:max(0, height)]
}

func (p *Pen) chain(c *chain.Chain, cells int, d chainDetail) []string {
	lines := []string{p.Theme.Strong.Render("The chain"), p.Theme.Soft.Render(p.Fit(c.Says, cells)), ""}
	back, corners := p.Theme.Line.Render("╎"), [2]string{"╮", "╯"}
	dash, paint := "╌", p.Theme.Line
	if c.Closed {
		dash, paint, corners = "━", p.Theme.Good, [2]string{"┓", "┛"}
		back = paint.Render("┃")
	}
	last := len(c.Links) - 1
	for i, l := range c.Links {
		head := p.chainSign(l.State, l.Here) + " " + p.chainName(l)
		switch room := cells - 2 - ansi.StringWidth(l.Name); i {
		case 0:
			head += " " + paint.Render("←"+strings.Repeat(dash, max(0, room-3))+corners[0])
		case last:
			head += " " + paint.Render(strings.Repeat(dash, max(0, room-2))+corners[1])
		default:
			head = p.Spread(head, back, cells)
		}
		lines = append(lines, head)
		if i == last {
			break
		}
		side := p.connector(l, c.Links[i+1])
		row := func(text string) {
			lines = append(lines, p.Spread(side+" "+ansi.Truncate(text, cells-4, ""), back, cells))
		}
		if d.names && l.Detail != "" {
			row(p.Theme.Soft.Render(p.Fit(l.Detail, cells-5)))
		}
		if d.parts || d.current && l.Here {
			for _, part := range l.Parts {
				row(p.chainPart(part, cells-5))
			}
		}
		for range d.gap {
			row("")
		}
	}
	if d.legend {
		lines = append(lines, "", p.legend(c, cells))
	}
	return lines
}

// chainName is drawn by how much the link matters now.
func (p *Pen) chainName(l chain.Link) string {
	switch {
	case l.State == chain.Broken:
		return p.Theme.Bad.Bold(true).Render(l.Name)
	case l.Here || l.State == chain.Running:
		return p.Theme.Strong.Render(l.Name)
	case l.State == chain.Made:
		return p.Theme.Value.Render(l.Name)
	default:
		return p.Theme.Soft.Render(l.Name)
	}
}

func (p *Pen) chainPart(part chain.Part, cells int) string {
	paint := p.Theme.Ink
	switch part.State {
	case chain.Ahead, chain.Unseen:
		paint = p.Theme.Soft
	case chain.Running:
		paint = p.Theme.Strong
	case chain.Broken:
		paint = p.Theme.Bad
	}
	sign := p.chainSign(part.State, false)
	if part.State == chain.Made {
		sign = p.Theme.Good.Render(p.Glyphs.OK)
	}
	return p.Spread(sign+" "+paint.Render(part.Name), p.Theme.Soft.Render(part.Note), cells)
}

// connector is the line below a link: lit once the link is made and the next one is begun.
func (p *Pen) connector(l, next chain.Link) string {
	begun := next.Here || slices.Contains([]chain.State{chain.Running, chain.Made, chain.Broken}, next.State)
	switch {
	case l.State == chain.Broken:
		return p.Theme.Bad.Render("╎")
	case l.State == chain.Made && begun:
		return p.Theme.Good.Render("┃")
	default:
		return p.Theme.Line.Render("╎")
	}
}

// chainSign is the sign of a state; parts and links have the same but for what is made.
func (p *Pen) chainSign(s chain.State, here bool) string {
	g, t := p.Glyphs, p.Theme
	sign := map[chain.State]Sign{
		chain.Ahead: {g.Ahead, t.Soft}, chain.Unseen: {g.unseen, t.Soft}, chain.Create: {g.create, t.Accent}, chain.Update: {g.Update, t.Warning},
		chain.Running: {g.running[0], t.Accent}, chain.Made: {g.done, t.Good}, chain.Broken: {g.stuck, t.Bad},
		chain.Delete: {g.Delete, t.Bad},
	}[s]
	if here && s != chain.Broken && s != chain.Made && s != chain.Running {
		sign = Sign{g.here, t.Accent}
	}
	return sign.Paint.Render(sign.Glyph)
}

// legend explains the signs. Where links were not checked, none is ahead.
func (p *Pen) legend(c *chain.Chain, cells int) string {
	type entry struct {
		glyph string
		paint lipgloss.Style
		name  string
	}
	between := []entry{{p.Glyphs.here, p.Theme.Accent, "now"}, {p.Glyphs.Ahead, p.Theme.Soft, "ahead"}}
	if slices.ContainsFunc(c.Links, func(l chain.Link) bool { return l.State == chain.Unseen }) {
		between = []entry{{p.Glyphs.unseen, p.Theme.Soft, "not checked"}}
	}
	gap, parts := "  ", []string{}
	if cells < widePanel {
		gap = " "
	}
	after := entry{p.Glyphs.stuck, p.Theme.Bad, "broken"}
	if slices.ContainsFunc(c.Links, func(l chain.Link) bool { return l.State == chain.Delete }) {
		after = entry{p.Glyphs.Delete, p.Theme.Bad, "deleted"}
	}
	for _, e := range slices.Concat([]entry{{p.Glyphs.done, p.Theme.Good, "made"}}, between, []entry{after}) {
		parts = append(parts, e.paint.Render(e.glyph)+" "+p.Theme.Soft.Render(e.name))
	}
	return strings.Join(parts, gap)
}
