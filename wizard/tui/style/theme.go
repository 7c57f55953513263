package style

import (
	"image/color"
	"slices"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// theme gives colours their meaning.
type theme struct {
	Accent lipgloss.Style // you are here, press this
	Good   lipgloss.Style
	Look   lipgloss.Style
	Bad    lipgloss.Style
	Dim    lipgloss.Style
	Strong lipgloss.Style
	Banner lipgloss.Style
}

// Palette is the colours of a theme. What is nil has the terminal's own colour.
type Palette struct{ Accent, Good, Look, Bad, Dim, OnBanner color.Color }

// The sixteen are those that every terminal's user has chosen to be readable, so that nothing needs to be known
// about the background. The other palettes are of the colours from 16 on, which nobody redefines; a test computes
// that they can be read on their backgrounds.
var (
	sixteen = Palette{Accent: lipgloss.Cyan, Good: lipgloss.Green, Look: lipgloss.Yellow, Bad: lipgloss.Red}
	OnDark  = Palette{
		Accent: ansi.IndexedColor(80), Good: ansi.IndexedColor(114), Look: ansi.IndexedColor(221), Bad: ansi.IndexedColor(210),
		Dim: ansi.IndexedColor(247), OnBanner: ansi.IndexedColor(16),
	}
	OnLight = Palette{
		Accent: ansi.IndexedColor(25), Good: ansi.IndexedColor(22), Look: ansi.IndexedColor(94), Bad: ansi.IndexedColor(124),
		Dim: ansi.IndexedColor(241), OnBanner: ansi.IndexedColor(231),
	}
)

// Background is what is known of the terminal's.
type Background int

// The grounds.
const (
	Unknown Background = iota // it has not told, and may never
	Dark
	Light
)

// NewTheme makes the theme for what the terminal can show.
func NewTheme(profile colorprofile.Profile, behind Background) theme {
	switch {
	case profile < colorprofile.ANSI:
		return PlainTheme()
	case profile < colorprofile.ANSI256 || behind == Unknown:
		return sixteen.theme()
	case behind == Light:
		return OnLight.theme()
	default:
		return OnDark.theme()
	}
}

// PlainTheme has no colours: bold and reverse are none. Faint is left out: on some grounds it cannot be read.
func PlainTheme() theme {
	plain := lipgloss.NewStyle()
	return theme{Accent: plain.Bold(true), Good: plain, Look: plain, Bad: plain, Dim: plain, Strong: plain.Bold(true), Banner: plain.Reverse(true)}
}

func (p Palette) theme() theme {
	t := PlainTheme()
	t.Accent = lipgloss.NewStyle().Foreground(p.Accent) // not bold, which many terminals turn into a paler colour
	t.Good = t.Good.Foreground(p.Good)
	t.Look = t.Look.Foreground(p.Look)
	t.Bad = t.Bad.Foreground(p.Bad)
	if p.Dim != nil {
		t.Dim = lipgloss.NewStyle().Foreground(p.Dim)
	}
	if p.OnBanner != nil {
		t.Banner = lipgloss.NewStyle().Foreground(p.OnBanner).Background(p.Look)
	}
	return t
}

// coloured decides by the flag, then by NO_COLOR, of which any value that is not empty counts (no-color.org).
func coloured(flag string, env Environ) bool {
	switch flag {
	case "always":
		return true
	case "never":
		return false
	default:
		return env.get("NO_COLOR") == "" && env.get("TERM") != "dumb"
	}
}

// ProfileOf is how many colours the terminal has, by its environment alone: nothing is asked and no program is run.
func ProfileOf(flag string, env Environ) colorprofile.Profile {
	if !coloured(flag, env) {
		return colorprofile.ASCII
	}
	return max(colorprofile.ANSI, colorprofile.Env(append(slices.Clone(env), "NO_COLOR=")))
}
