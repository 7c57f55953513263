package tui

import (
	"context"
	"fmt"
	"image/color"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/tui/style"
)

// sceneOf leads to a screen.
type sceneOf = struct {
	name  string
	bare  bool // nothing is answered
	demo  bool
	steer func(*drive)
}

// scenes lead to every kind of screen.
var scenes = []sceneOf{
	{name: "welcome", steer: func(*drive) {}},
	{name: "ask", bare: true, steer: func(d *drive) { d.press("enter") }},
	{name: "invalid", bare: true, steer: func(d *drive) { d.press("enter", "http://acme.okta.com", "enter") }},
	{name: "choose", steer: func(d *drive) {
		d.press("enter", time.Second)
		d.edit("Assignment")
		d.press("down")
	}},
	{name: "pick", steer: func(d *drive) { d.form(thousands(guide.Pick, new([]string))) }},
	{name: "pickmany", steer: func(d *drive) {
		f := d.form(thousands(guide.PickMany, new([]string)))
		f.Chosen, f.Initial = nil, nil
		d.press("000", time.Second, "space", "down", "down", "space")
	}},
	{name: "reading", steer: func(d *drive) {
		d.holdPlan = true
		d.press("enter", 1200*time.Millisecond)
	}},
	{name: "plan", steer: func(d *drive) { d.reach(guide.SectionIntegration) }},
	{name: "nothing", steer: func(d *drive) { d.reach(guide.SectionGenesys) }},
	{name: "working", demo: true, steer: func(d *drive) {
		d.reach(guide.SectionIntegration, "enter", 900*time.Millisecond)
	}},
	{name: "waiting", steer: func(d *drive) { d.waiting() }},
	{name: "stopping", steer: func(d *drive) {
		d.waiting()
		d.press("esc")
	}},
	{name: "problem", steer: func(d *drive) { d.troubled() }},
	{name: "done", steer: func(d *drive) { d.reach(guide.SectionIntegration, "enter", 3*time.Second) }},
	{name: "why", steer: func(d *drive) { d.reach(guide.SectionIntegration, "?") }},
	{name: "prompt", steer: func(d *drive) { d.prompted(device) }},
	{name: "paste", steer: func(d *drive) { d.prompted(redirect) }},
	{name: "manual", steer: func(d *drive) { d.press("enter", time.Second, "m", "space", "space", "space") }},
	{name: "revoke", steer: func(d *drive) {
		d.token = func(context.Context) error { return nil }
		d.reach(guide.SectionSnippet, "q")
	}},
	{name: "snippet", steer: func(d *drive) { d.reach(guide.SectionSnippet) }},
	{name: "save", steer: func(d *drive) { d.reach(guide.SectionSnippet, "s") }},
	{name: "pagecode", steer: func(d *drive) { d.aside("p") }},
	{name: "pagefile", steer: func(d *drive) { d.aside("p", "x") }},
	{name: "preview", steer: func(d *drive) { d.aside("p", "o", 12*time.Second) }},
	{name: "test", steer: func(d *drive) { d.aside("t", 4*time.Second) }},
	{name: "passed", steer: func(d *drive) { d.tested(d.verifier.result) }},
	{name: "refused", steer: func(d *drive) { d.tested(refused) }},
	{name: "fix", steer: func(d *drive) {
		d.tested(refused)
		d.press("f", 2*time.Second)
	}},
	{name: "doctor", steer: func(d *drive) { d.aside("d") }},
	{name: "doctor-broken", steer: func(d *drive) {
		d.verifier.breakIt()
		d.aside("d")
	}},
	{name: "leave", steer: func(d *drive) { d.reach(guide.SectionIntegration, "q") }},
}

// reach walks to a section by its likeliest keys, and then presses others.
func (d *drive) reach(id guide.SectionID, steps ...any) {
	d.t.Helper()
	for range 40 {
		d.press("enter", 5*time.Second)
		if d.at == d.indexOf(id) {
			d.press(steps...)
			return
		}
	}
	d.t.Fatalf("section %s is not reached:\n%s", id, d.view())
}

func (d *drive) waiting() {
	d.reach(guide.SectionIntegration)
	d.hold = make(chan struct{})
	d.press("enter", 6500*time.Millisecond)
}

// aside opens a screen from the snippet screen, waits for what it reads, and then presses other keys.
func (d *drive) aside(key string, steps ...any) {
	d.reach(guide.SectionSnippet, key, 1500*time.Millisecond)
	d.press(steps...)
}

// tested runs the sign-in test to its result.
func (d *drive) tested(v signintest.Result) {
	d.verifier.result = v
	d.aside("t")
	close(d.verifier.browser)
	d.after(time.Second)
}

func (d *drive) troubled() {
	d.reach(guide.SectionIntegration)
	d.applyErr = &explain.Error{
		Step: "activation", Problem: "Genesys Cloud refused to activate the integration. Your role lacks integrations > integration > edit.",
		Fix: "Ask a Genesys Cloud admin to add it (Roles / Permissions), then press r.", RequestID: "2f81c0aa-1111-4222-8333-444455556666",
		DocURL: "https://help.genesys.cloud/articles/roles", Class: explain.ClassPermission,
	}
	d.press("enter", 4*time.Second)
}

// scene leads to a screen, of a program that is changed before it begins.
func scene(t *testing.T, s sceneOf, change func(*Config), test func(*drive)) {
	t.Helper()
	env := bareEnv()
	if !s.bare {
		env = answeredEnv(t)
	}
	driven(t, env, func(c *Config) {
		if c.Demo = s.demo; change != nil {
			change(c)
		}
	}, func(d *drive) {
		s.steer(d)
		test(d)
	})
}

// sizes are the windows that every scene is shown in; the last is the smallest there is.
var sizes = [][2]int{{120, 40}, {80, 24}, {40, 12}, {leastWidth, leastHeight}}

// typing are the scenes with a cursor.
var typing = []string{"ask", "invalid", "pick", "pickmany", "paste", "save", "pagefile", "handover", "test", "offered", "review-edit", "review-save"}

// TestScreens has a file for each scene in all sizes, and one in all colors at 80x24.
func TestScreens(t *testing.T) {
	for _, s := range scenes {
		t.Run(s.name, func(t *testing.T) {
			scene(t, s, nil, func(d *drive) {
				var text, styles strings.Builder
				for _, size := range sizes {
					d.size(size[0], size[1])
					fmt.Fprintf(&text, "== %dx%d\n%s", size[0], size[1], d.view())
				}
				sameAsGolden(t, s.name, text.String())
				d.size(80, 24)
				assert.Check(t, is.Equal(d.View().Cursor != nil, slices.Contains(typing, s.name)), "the cursor of\n%s", d.view())
				for _, c := range colors {
					d.colors(c.profile, c.behind)
					fmt.Fprintf(&styles, "== %s\n%s\n", c.name, strings.ReplaceAll(d.View().Content, "\x1b", "^["))
				}
				sameAsGolden(t, s.name+"-style", styles.String())
			})
		})
	}
}

// colors are the ways in which a terminal can show a screen.
var colors = []struct {
	name    string
	profile colorprofile.Profile
	behind  color.Color
}{
	{"16 colors", colorprofile.ANSI, nil},
	{"dark", colorprofile.ANSI256, color.Black},
	{"light", colorprofile.ANSI256, color.White},
	{"none", colorprofile.ASCII, nil},
}

// colors sets the terminal's color profile and reports its background.
func (d *drive) colors(p colorprofile.Profile, behind color.Color) {
	d.Profile, d.Theme = p, style.NewTheme(p, style.Unknown)
	if behind != nil {
		d.send(tea.BackgroundColorMsg{Color: behind})
	}
}
