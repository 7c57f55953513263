package wizard

import (
	"charm.land/lipgloss/v2"
)

// theme gives colours their meaning. They are of the sixteen that every terminal's user has chosen to be
// readable, so that nothing needs to be known about the background.
type theme struct {
	accent lipgloss.Style // you are here, press this
	good   lipgloss.Style
	look   lipgloss.Style
	bad    lipgloss.Style
	dim    lipgloss.Style
	strong lipgloss.Style
	banner lipgloss.Style
}

func newTheme(colour bool) theme {
	plain := lipgloss.NewStyle()
	t := theme{accent: plain.Bold(true), good: plain, look: plain, bad: plain, dim: plain.Faint(true), strong: plain.Bold(true), banner: plain.Reverse(true)}
	if colour {
		t.accent = plain.Foreground(lipgloss.Cyan) // not bold, which many terminals turn into a paler colour
		t.good = t.good.Foreground(lipgloss.Green)
		t.look = t.look.Foreground(lipgloss.Yellow)
		t.bad = t.bad.Foreground(lipgloss.Red)
	}
	return t
}

// coloured decides by the flag, then by NO_COLOR, of which any value that is not empty counts (no-color.org).
func coloured(flag string, env environ) bool {
	switch flag {
	case "always":
		return true
	case "never":
		return false
	default:
		return env.get("NO_COLOR") == "" && env.get("TERM") != "dumb"
	}
}
