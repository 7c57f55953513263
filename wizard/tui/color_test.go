package tui

import (
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/wizard/tui/style"
)

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
		env   style.Environ
		ascii bool
	}{
		{style.Environ{"LANG=en_US.UTF-8"}, false},
		{style.Environ{"LANG=de_DE.utf8"}, false},
		{style.Environ{"LANG=C"}, true},
		{style.Environ{"LANG=en_US.UTF-8", "LC_ALL=C"}, true},
		{style.Environ{"LANG=C", "LC_CTYPE=C.UTF-8"}, false},
		{style.Environ{"LANG=en_US.UTF-8", "LC_ALL="}, false},
		{style.Environ{"LANG=en_US.UTF-8", "TERM=linux"}, true},
		{style.Environ{"LANG=en_US.UTF-8", "TERM=dumb"}, true},
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
