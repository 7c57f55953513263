// Package style draws for the full-screen interface: theme, layout, signs, keys, and changes.
package style

import (
	"image/color"
	"slices"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// theme gives colors their meaning. Strong, Value and Ink, and Soft are the three levels of text.
type theme struct {
	Strong   lipgloss.Style // titles, the row at the cursor, typed text
	Value    lipgloss.Style // names
	Ink      lipgloss.Style // sentences, options
	Soft     lipgloss.Style // labels, hosts, times, sources
	Hint     lipgloss.Style // a sentence under its field, and what could be typed there
	Line     lipgloss.Style // rules and frames, never text
	Accent   lipgloss.Style // you are here, press this
	Good     lipgloss.Style
	Warning  lipgloss.Style
	Bad      lipgloss.Style
	Fill     lipgloss.Style // the next key
	GoodFill lipgloss.Style // the two peaks: the finish, and a sign-in that works
	Ghost    lipgloss.Style // the screen under an overlay
}

// Palette is the colors of a theme. What is nil has the terminal's own color.
type Palette struct{ Strong, Ink, Soft, Line, Accent, Good, Warning, Bad, OnFill, Ghost color.Color }

// The sixteen are those that every terminal's user has chosen to be readable, so that nothing needs to be known
// about the background. The indexed palettes are of the colors from 16 on, which aren't redefined. A test computes that
// all can be read on their backgrounds.
var (
	sixteen   = Palette{Accent: lipgloss.Cyan, Good: lipgloss.Green, Warning: lipgloss.Yellow, Bad: lipgloss.Red}
	TrueDark  = hex("#FFFFFF", "#D3D7E3", "#9DA3B9", "#5A6078", "#B5A8FF", "#7FE0A7", "#F0C46A", "#FF8E92", "#1A1530", "#6C7289")
	TrueLight = hex("#07090D", "#2B303C", "#5A6072", "#A9AEBD", "#5A3FCF", "#11693A", "#874A00", "#B0161E", "#FFFFFF", "#767C8C")
	OnDark    = indexed(231, 253, 248, 60, 147, 115, 221, 210, 234, 243)
	OnLight   = indexed(16, 236, 241, 249, 56, 22, 94, 124, 231, 243)
)

func hex(values ...string) Palette {
	return paletteOf(values, lipgloss.Color)
}

func indexed(values ...uint8) Palette {
	return paletteOf(values, func(i uint8) color.Color { return ansi.IndexedColor(i) })
}

func paletteOf[T any](v []T, of func(T) color.Color) Palette {
	return Palette{of(v[0]), of(v[1]), of(v[2]), of(v[3]), of(v[4]), of(v[5]), of(v[6]), of(v[7]), of(v[8]), of(v[9])}
}

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
	case profile < colorprofile.TrueColor && behind == Light:
		return OnLight.theme()
	case profile < colorprofile.TrueColor:
		return OnDark.theme()
	case behind == Light:
		return TrueLight.theme()
	default:
		return TrueDark.theme()
	}
}

// PlainTheme has no colors: bold and reverse are none. Faint is left out: on some grounds it cannot be read.
func PlainTheme() theme {
	plain := lipgloss.NewStyle()
	bold, fill := plain.Bold(true), plain.Bold(true).Reverse(true)
	return theme{
		Strong: bold, Value: plain, Ink: plain, Soft: plain, Hint: plain, Line: plain, Accent: bold, Good: plain, Warning: plain, Bad: plain,
		Fill: fill, GoodFill: fill, Ghost: plain,
	}
}

func (p Palette) theme() theme {
	t := PlainTheme()
	t.Accent = lipgloss.NewStyle() // not bold, which many terminals turn into a paler color
	for style, ink := range map[*lipgloss.Style]color.Color{
		&t.Strong: p.Strong, &t.Value: p.Strong, &t.Ink: p.Ink, &t.Soft: p.Soft, &t.Line: p.Line, &t.Accent: p.Accent,
		&t.Good: p.Good, &t.Warning: p.Warning, &t.Bad: p.Bad, &t.Ghost: p.Ghost,
	} {
		if ink != nil {
			*style = style.Foreground(ink)
		}
	}
	t.Hint = t.Soft.Italic(p.Soft != nil) // with 16 colors, italics may come out as reverse
	if p.OnFill != nil {
		t.Fill = lipgloss.NewStyle().Bold(true).Foreground(p.OnFill).Background(p.Accent)
		t.GoodFill = t.Fill.Background(p.Good)
	}
	return t
}

// colored decides by the flag, then by NO_COLOR, of which any value that is not empty counts (no-color.org).
func colored(flag string, env uv.Environ) bool {
	switch flag {
	case "always":
		return true
	case "never":
		return false
	default:
		return env.Getenv("NO_COLOR") == "" && env.Getenv("TERM") != "dumb"
	}
}

// ProfileOf is how many colors the terminal has, by its environment alone: nothing is asked and no program is run.
func ProfileOf(flag string, env uv.Environ) colorprofile.Profile {
	if !colored(flag, env) {
		return colorprofile.ASCII
	}
	return max(colorprofile.ANSI, colorprofile.Env(append(slices.Clone(env), "NO_COLOR=")))
}

// Pen draws for one terminal: with the signs and the colors that it can show.
type Pen struct {
	Glyphs Glyphs
	Theme  theme
	Still  bool // nothing moves but seconds
}

// Heading is a line over others.
func (p *Pen) Heading(text string) string { return RowMargin + p.Theme.Strong.Render(text) }

// Soft is a text that stands back.
func (p *Pen) Soft(text string) string { return p.Theme.Soft.Render(text) }

// Cursor is the margin of the row that the keys are for.
func (p *Pen) Cursor() string { return p.Theme.Accent.Render(p.Glyphs.Cursor) + " " }
