package wizard

import (
	"image/color"
	"slices"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// theme gives colours their meaning.
type theme struct {
	accent lipgloss.Style // you are here, press this
	good   lipgloss.Style
	look   lipgloss.Style
	bad    lipgloss.Style
	dim    lipgloss.Style
	strong lipgloss.Style
	banner lipgloss.Style
}

// palette is the colours of a theme. What is nil has the terminal's own colour.
type palette struct{ accent, good, look, bad, dim, onBanner color.Color }

// The sixteen are those that every terminal's user has chosen to be readable, so that nothing needs to be known
// about the background. The other palettes are of the colours from 16 on, which nobody redefines; a test computes
// that they can be read on their backgrounds.
var (
	sixteen = palette{accent: lipgloss.Cyan, good: lipgloss.Green, look: lipgloss.Yellow, bad: lipgloss.Red}
	onDark  = palette{
		accent: ansi.IndexedColor(80), good: ansi.IndexedColor(114), look: ansi.IndexedColor(221), bad: ansi.IndexedColor(210),
		dim: ansi.IndexedColor(247), onBanner: ansi.IndexedColor(16),
	}
	onLight = palette{
		accent: ansi.IndexedColor(25), good: ansi.IndexedColor(22), look: ansi.IndexedColor(94), bad: ansi.IndexedColor(124),
		dim: ansi.IndexedColor(241), onBanner: ansi.IndexedColor(231),
	}
)

// background is what is known of the terminal's.
type background int

const (
	unknown background = iota // it has not told, and may never
	dark
	light
)

// newTheme makes the theme for what the terminal can show.
func newTheme(profile colorprofile.Profile, behind background) theme {
	switch {
	case profile < colorprofile.ANSI:
		return plainTheme()
	case profile < colorprofile.ANSI256 || behind == unknown:
		return sixteen.theme()
	case behind == light:
		return onLight.theme()
	default:
		return onDark.theme()
	}
}

// plainTheme has no colours: bold and reverse are none. Faint is left out: on some grounds it cannot be read.
func plainTheme() theme {
	plain := lipgloss.NewStyle()
	return theme{accent: plain.Bold(true), good: plain, look: plain, bad: plain, dim: plain, strong: plain.Bold(true), banner: plain.Reverse(true)}
}

func (p palette) theme() theme {
	t := plainTheme()
	t.accent = lipgloss.NewStyle().Foreground(p.accent) // not bold, which many terminals turn into a paler colour
	t.good = t.good.Foreground(p.good)
	t.look = t.look.Foreground(p.look)
	t.bad = t.bad.Foreground(p.bad)
	if p.dim != nil {
		t.dim = lipgloss.NewStyle().Foreground(p.dim)
	}
	if p.onBanner != nil {
		t.banner = lipgloss.NewStyle().Foreground(p.onBanner).Background(p.look)
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

// profileOf is how many colours the terminal has, by its environment alone: nothing is asked and no program is run.
func profileOf(flag string, env environ) colorprofile.Profile {
	if !coloured(flag, env) {
		return colorprofile.ASCII
	}
	return max(colorprofile.ANSI, colorprofile.Env(append(slices.Clone(env), "NO_COLOR=")))
}
