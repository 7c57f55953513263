package wizard

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/wizard/tui/style"
)

// program is the name in the head of every screen.
const program = "msgsso-wizard"

// header is the first line: the program, and whose orgs are changed. Where not all fits, the banner gets shorter, and
// then the program's name goes: the orgs never leave the screen, and what is a demo always says so.
func (w *world) header(cells int) string {
	room := cells - 2
	banner, painted := "", ""
	if w.demo {
		banner = w.banner(room)
		painted = w.Theme.Banner.Render(banner)
	}
	right := w.Fit(w.whose(), room-ansi.StringWidth(banner)-1)
	if banner != "" && right != "" {
		painted += " "
	}
	right = painted + w.Theme.Strong.Render(right)
	if ansi.StringWidth(program+right)+2 > room {
		if right == "" {
			return " " + w.Fit(program, room)
		}
		return " " + right
	}
	return " " + w.Spread(w.Dim(program), right, room)
}

// banner says that a demo is one: in as many words as leave room for the program's name and the orgs, else for the
// orgs.
func (w *world) banner(room int) string {
	long, short := " DEMO"+w.Glyphs.Dot+"nothing here is real ", " DEMO"+w.Glyphs.Dot+"nothing is real "
	orgs := ansi.StringWidth(w.whose()) + 1
	named := ansi.StringWidth(program) + 2 + orgs
	switch {
	case ansi.StringWidth(long)+named <= room:
		return long
	case ansi.StringWidth(short)+named <= room:
		return short
	case ansi.StringWidth(long)+orgs <= room:
		return long
	default:
		return " DEMO "
	}
}

// whose names the orgs as far as they are known.
func (w *world) whose() string {
	var orgs []string
	for _, org := range []string{bareHost(w.ident.Okta), w.ident.Genesys} {
		if org != "" {
			orgs = append(orgs, style.Visible(org))
		}
	}
	return strings.Join(orgs, w.Glyphs.Dot)
}

// bareHost leaves out the scheme, which is the same everywhere.
func bareHost(address string) string {
	return strings.TrimSuffix(strings.TrimPrefix(address, "https://"), "/")
}
