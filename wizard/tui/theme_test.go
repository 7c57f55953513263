package tui

import (
	"image/color"
	"math"
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

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

// TestColorsAreReadable on the darkest and lightest background, and on common custom ones.
func TestColorsAreReadable(t *testing.T) {
	t.Parallel()
	dark := []color.Color{color.Black, color.RGBA{0x16, 0x18, 0x1d, 0xff}, color.Gray{0x1e}, color.RGBA{0x00, 0x2b, 0x36, 0xff}, color.RGBA{0x28, 0x2a, 0x36, 0xff}}
	light := []color.Color{color.White, color.Gray{0xf0}, color.RGBA{0xfd, 0xf6, 0xe3, 0xff}}
	for name, c := range map[string]struct {
		palette style.Palette
		behind  []color.Color
	}{
		"dark": {style.OnDark, dark}, "light": {style.OnLight, light}, "true dark": {style.TrueDark, dark}, "true light": {style.TrueLight, light},
	} {
		p := c.palette
		for part, ink := range map[string]color.Color{
			"strong": p.Strong, "ink": p.Ink, "soft": p.Soft, "accent": p.Accent, "good": p.Good, "look": p.Warning, "bad": p.Bad,
		} {
			for _, behind := range c.behind {
				got := contrast(ink, behind)
				assert.Check(t, got >= 4.5, "%s, %s on %v: %.1f:1, want 4.5:1", name, part, behind, got)
			}
		}
		for fill, behind := range map[string]color.Color{"fill": p.Accent, "good fill": p.Good} {
			got := contrast(p.OnFill, behind)
			assert.Check(t, got >= 4.5, "%s, the text of the %s: %.1f:1, want 4.5:1", name, fill, got)
		}
	}
}

// TestBackgroundChoosesColors when the terminal tells it, on screens that are open already, too.
func TestBackgroundChoosesColors(t *testing.T) {
	const onBlack, onWhite, ofSixteen = "\x1b[38;5;147m", "\x1b[38;5;56m", "\x1b[36m"
	accent := func(d *drive) string {
		content := d.View().Content
		return content[strings.LastIndex(content[:strings.LastIndex(content, "esc")], "\x1b"):]
	}
	for name, c := range map[string]struct {
		environ []string
		answers []color.Color
		want    string
	}{
		"not reported":   {unicodeEnv, nil, ofSixteen},
		"dark":           {unicodeEnv, []color.Color{color.Black}, onBlack},
		"light":          {unicodeEnv, []color.Color{color.Black, color.White}, onWhite},
		"16 colors":      {[]string{"TERM=xterm", "LANG=en_US.UTF-8"}, []color.Color{color.White}, ofSixteen},
		"many colors":    {[]string{"TERM=xterm", "COLORTERM=truecolor", "LANG=en_US.UTF-8"}, []color.Color{color.White}, "\x1b[38;2;90;63;207m"},
		"no colors":      {append(unicodeEnv, "NO_COLOR=1"), []color.Color{color.White}, "\x1b[1m"},
		"nonsense, dark": {unicodeEnv, []color.Color{nil}, onBlack},
	} {
		t.Run(name, func(t *testing.T) {
			driven(t, answeredEnv(t), func(cfg *Config) { cfg.Environ = c.environ }, func(d *drive) {
				d.troubled()
				for _, answers := range c.answers {
					d.send(tea.BackgroundColorMsg{Color: answers})
				}
				got := accent(d)
				assert.Check(t, strings.HasPrefix(got, c.want), "the keys begin with %q, want %q", got, c.want)
			})
		})
	}
}

var colorCode = regexp.MustCompile(`\x1b\[([0-9]+;)*(3[0-9]|4[0-9]|9[0-7]|10[0-7])[;m]`)

// TestColors: as many as the terminal shows, unless the flag or the environment says otherwise.
func TestColors(t *testing.T) {
	with := func(more ...string) []string { return append([]string{"TERM=xterm-256color"}, more...) }
	for _, c := range []struct {
		flag    string
		environ []string
		want    colorprofile.Profile
	}{
		{"auto", []string{"TERM=xterm"}, colorprofile.ANSI},
		{"auto", []string{"TERM=linux"}, colorprofile.ANSI},
		{"auto", []string{"TERM=dumb"}, colorprofile.ASCII},
		{"auto", with(), colorprofile.ANSI256},
		{"", with(), colorprofile.ANSI256},
		{"auto", with("COLORTERM=truecolor"), colorprofile.TrueColor},
		{"auto", with("NO_COLOR=1"), colorprofile.ASCII},
		{"auto", with("NO_COLOR=yes"), colorprofile.ASCII},
		{"auto", with("NO_COLOR="), colorprofile.ANSI256},
		{"always", with("NO_COLOR=1"), colorprofile.ANSI256},
		{"always", []string{"TERM=dumb"}, colorprofile.ANSI},
		{"never", with("COLORTERM=truecolor"), colorprofile.ASCII},
	} {
		driven(t, answeredEnv(t), func(cfg *Config) { cfg.Color, cfg.Environ = c.flag, c.environ }, func(d *drive) {
			d.troubled()
			colored := colorCode.MatchString(d.View().Content)
			assert.Check(t, d.Profile == c.want && colored == (c.want != colorprofile.ASCII),
				"%q with %q: %v, coloured %t", c.flag, c.environ, d.Profile, colored)
		})
	}
}

func TestGlyphs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		env   uv.Environ
		ascii bool
	}{
		{uv.Environ{"LANG=en_US.UTF-8"}, false},
		{uv.Environ{"LANG=de_DE.utf8"}, false},
		{uv.Environ{"LANG=C"}, true},
		{uv.Environ{"LANG=en_US.UTF-8", "LC_ALL=C"}, true},
		{uv.Environ{"LANG=C", "LC_CTYPE=C.UTF-8"}, false},
		{uv.Environ{"LANG=en_US.UTF-8", "LC_ALL="}, false},
		{uv.Environ{"LANG=en_US.UTF-8", "TERM=linux"}, true},
		{uv.Environ{"LANG=en_US.UTF-8", "TERM=dumb"}, true},
	} {
		assert.Check(t, is.Equal(style.ChooseGlyphs(c.env).ASCII, c.ascii), "%v: ascii", c.env)
	}
}

func TestASCIIWithoutUnicode(t *testing.T) {
	for _, s := range scenes {
		t.Run(s.name, func(t *testing.T) {
			scene(t, s, func(c *Config) { c.Environ = []string{"TERM=xterm", "LANG=C"} }, func(d *drive) {
				content := d.View().Content
				at := strings.IndexFunc(content, func(r rune) bool { return r > 0x7e })
				assert.Assert(t, at < 0, "at %d the screen has another sign:\n%s", at, content)
				if s.name == "problem" || s.name == "plan" {
					sameAsGolden(t, s.name+"-ascii", d.view())
				}
			})
		})
	}
}
