package wizard

import (
	"regexp"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/wizard/tui/style"
)

var colourCode = regexp.MustCompile(`\x1b\[([0-9]+;)*(3[0-9]|4[0-9]|9[0-7]|10[0-7])[;m]`)

func TestColours(t *testing.T) {
	for name, c := range map[string]struct {
		flag string
		env  []string
		want bool
	}{
		"auto":               {"auto", unicodeEnv, true},
		"NO_COLOR=1":         {"auto", append(unicodeEnv, "NO_COLOR=1"), false},
		"NO_COLOR=yes":       {"auto", append(unicodeEnv, "NO_COLOR=yes"), false},
		"NO_COLOR empty":     {"auto", append(unicodeEnv, "NO_COLOR="), true},
		"never":              {"never", unicodeEnv, false},
		"always":             {"always", append(unicodeEnv, "NO_COLOR=1"), true},
		"a dumb terminal":    {"auto", []string{"TERM=dumb"}, false},
		"no flag, no wishes": {"", unicodeEnv, true},
	} {
		t.Run(name, func(t *testing.T) {
			driven(t, answeredEnv(t), func(cfg *Config) { cfg.Colour, cfg.Environ = c.flag, c.env }, func(d *drive) {
				d.troubled()
				assert.Check(t, is.Equal(colourCode.MatchString(d.View().Content), c.want), "coloured")
			})
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

func TestNothingButASCIIWithoutUnicode(t *testing.T) {
	for i, s := range scenes {
		t.Run(s.name, func(t *testing.T) {
			env := bareEnv()
			if !s.bare {
				env = answeredEnv(t)
			}
			driven(t, env, func(c *Config) { c.Environ = []string{"TERM=xterm", "LANG=C"} }, func(d *drive) {
				scenes[i].steer(d)
				for _, r := range d.View().Content {
					if r > 0x7e {
						t.Fatalf("%q is on the screen:\n%s", r, d.view())
					}
				}
				if s.name == "problem" || s.name == "plan" {
					sameAsGolden(t, s.name+"-ascii", d.view())
				}
			})
		})
	}
}
