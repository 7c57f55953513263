package wizard

import (
	"image/color"
	"math"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"gotest.tools/v3/assert"

	"msgsso-wizard/wizard/tui/style"
)

// luminance and contrast are those of WCAG 2.2.
func luminance(c color.Color) float64 {
	channel := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	r, g, b, _ := c.RGBA()
	return 0.2126*channel(r) + 0.7152*channel(g) + 0.0722*channel(b)
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// TestEveryColourCanBeRead on the darkest and lightest background, and on such as people set instead.
func TestEveryColourCanBeRead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		palette style.Palette
		behind  []color.Color
	}{
		"dark":  {style.OnDark, []color.Color{color.Black, color.Gray{0x1e}, color.RGBA{0x00, 0x2b, 0x36, 0xff}, color.RGBA{0x28, 0x2a, 0x36, 0xff}}},
		"light": {style.OnLight, []color.Color{color.White, color.Gray{0xf0}, color.RGBA{0xfd, 0xf6, 0xe3, 0xff}}},
	} {
		p := c.palette
		for part, ink := range map[string]color.Color{"accent": p.Accent, "good": p.Good, "look": p.Look, "bad": p.Bad, "dim": p.Dim} {
			for _, behind := range c.behind {
				got := contrast(ink, behind)
				assert.Check(t, !(got < 4.5), "%s, %s on %v: %.1f:1, want 4.5:1", name, part, behind, got)
			}
		}
		got := contrast(p.OnBanner, p.Look)
		assert.Check(t, !(got < 4.5), "%s, the banner: %.1f:1, want 4.5:1", name, got)
	}
}

// TestTheBackgroundChoosesTheColours when the terminal tells it, on screens that are open already, too.
func TestTheBackgroundChoosesTheColours(t *testing.T) {
	const onBlack, onWhite, ofSixteen = "\x1b[38;5;80m", "\x1b[38;5;25m", "\x1b[36m"
	accent := func(d *drive) string {
		content := d.View().Content
		return content[strings.LastIndex(content[:strings.LastIndex(content, "esc")], "\x1b"):][:len(onBlack)]
	}
	for name, c := range map[string]struct {
		environ []string
		told    []color.Color
		want    string
	}{
		"not told":       {unicodeEnv, nil, ofSixteen},
		"dark":           {unicodeEnv, []color.Color{color.Black}, onBlack},
		"light":          {unicodeEnv, []color.Color{color.Black, color.White}, onWhite},
		"16 colours":     {[]string{"TERM=xterm", "LANG=en_US.UTF-8"}, []color.Color{color.White}, ofSixteen},
		"many colours":   {[]string{"TERM=xterm", "COLORTERM=truecolor", "LANG=en_US.UTF-8"}, []color.Color{color.White}, onWhite},
		"no colours":     {append(unicodeEnv, "NO_COLOR=1"), []color.Color{color.White}, "\x1b[1m"},
		"nonsense, dark": {unicodeEnv, []color.Color{nil}, onBlack},
	} {
		t.Run(name, func(t *testing.T) {
			driven(t, answeredEnv(t), func(cfg *Config) { cfg.Environ = c.environ }, func(d *drive) {
				d.troubled()
				for _, told := range c.told {
					d.send(tea.BackgroundColorMsg{Color: told})
				}
				got := accent(d)
				assert.Check(t, strings.HasPrefix(got, c.want), "the keys begin with %q, want %q", got, c.want)
			})
		})
	}
}
