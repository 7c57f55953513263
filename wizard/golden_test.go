package wizard

import (
	"context"
	"fmt"
	"testing"
	"time"

	"msgsso-wizard/steps"
	"msgsso-wizard/steps/trial"
)

// scenes lead to every kind of screen.
var scenes = []struct {
	name  string
	bare  bool // nothing is answered
	demo  bool
	steer func(*drive)
}{
	{name: "welcome", steer: func(*drive) {}},
	{name: "ask", bare: true, steer: func(d *drive) { d.press("enter") }},
	{name: "invalid", bare: true, steer: func(d *drive) { d.press("enter", "http://acme.okta.com", "enter") }},
	{name: "choose", steer: func(d *drive) {
		d.press("enter")
		d.after(time.Second)
		d.edit("Assignment")
		d.press("down")
	}},
	{name: "reading", steer: func(d *drive) {
		d.holdPlan = true
		d.press("enter")
		d.after(1200 * time.Millisecond)
	}},
	{name: "plan", steer: func(d *drive) { d.reach(steps.SectionIntegration) }},
	{name: "nothing", steer: func(d *drive) { d.reach(steps.SectionGenesys) }},
	{name: "working", demo: true, steer: func(d *drive) {
		d.reach(steps.SectionIntegration)
		d.press("enter")
		d.after(900 * time.Millisecond)
	}},
	{name: "waiting", steer: func(d *drive) { d.waiting() }},
	{name: "stopping", steer: func(d *drive) {
		d.waiting()
		d.press("esc")
	}},
	{name: "problem", steer: func(d *drive) { d.troubled() }},
	{name: "done", steer: func(d *drive) {
		d.reach(steps.SectionIntegration)
		d.press("enter")
		d.after(3 * time.Second)
	}},
	{name: "why", steer: func(d *drive) {
		d.reach(steps.SectionIntegration)
		d.press("?")
	}},
	{name: "prompt", steer: func(d *drive) { d.prompted(device) }},
	{name: "paste", steer: func(d *drive) { d.prompted(redirect) }},
	{name: "hand", steer: func(d *drive) {
		d.press("enter")
		d.after(time.Second)
		d.press("m", "space", "space", "space")
	}},
	{name: "revoke", steer: func(d *drive) {
		d.token = func(context.Context) error { return nil }
		d.reach(steps.SectionSnippet)
		d.press("q")
	}},
	{name: "snippet", steer: func(d *drive) { d.reach(steps.SectionSnippet) }},
	{name: "save", steer: func(d *drive) {
		d.reach(steps.SectionSnippet)
		d.press("s")
	}},
	{name: "pagecode", steer: func(d *drive) { d.aside("p") }},
	{name: "pagefile", steer: func(d *drive) {
		d.aside("p")
		d.press("h")
	}},
	{name: "preview", steer: func(d *drive) {
		d.aside("p")
		d.press("v")
		d.after(12 * time.Second)
	}},
	{name: "test", steer: func(d *drive) {
		d.aside("t")
		d.after(4 * time.Second)
	}},
	{name: "passed", steer: func(d *drive) { d.tested(d.proof.verdict) }},
	{name: "refused", steer: func(d *drive) { d.tested(refused) }},
	{name: "mend", steer: func(d *drive) {
		d.tested(refused)
		d.press("f")
		d.after(2 * time.Second)
	}},
	{name: "doctor", steer: func(d *drive) { d.aside("d") }},
	{name: "doctor-broken", steer: func(d *drive) {
		d.proof.breakIt()
		d.aside("d")
	}},
	{name: "leave", steer: func(d *drive) {
		d.reach(steps.SectionIntegration)
		d.press("q")
	}},
}

// reach walks to a section by its likeliest keys.
func (d *drive) reach(id steps.SectionID) {
	d.press("enter")
	for range 40 {
		d.after(5 * time.Second)
		switch s := d.walk[d.at].(type) {
		case *snippet:
			return
		case *section:
			if s.info.ID == id {
				return
			}
		}
		d.press("enter")
	}
	d.t.Fatalf("section %s is not reached:\n%s", id, d.view())
}

func (d *drive) waiting() {
	d.reach(steps.SectionIntegration)
	d.hold = make(chan struct{})
	d.press("enter")
	d.after(6500 * time.Millisecond)
}

// aside opens a screen from the snippet's, and waits for what it looks at.
func (d *drive) aside(key string) {
	d.reach(steps.SectionSnippet)
	d.press(key)
	d.after(1500 * time.Millisecond)
}

// tested runs the sign-in test to its verdict.
func (d *drive) tested(v trial.Verdict) {
	d.proof.verdict = v
	d.aside("t")
	close(d.proof.browser)
	d.after(time.Second)
}

func (d *drive) troubled() {
	d.reach(steps.SectionIntegration)
	d.applyErr = &steps.Error{
		Step: "activation", Problem: "Genesys Cloud refused to activate the integration. Your role lacks integrations > integration > edit.",
		Fix: "Ask a Genesys Cloud admin to add it (Admin > Roles), then press r.", RequestID: "2f81c0aa-1111-4222-8333-444455556666",
		DocURL: "https://help.genesys.cloud/articles/roles", Class: steps.ClassPermission,
	}
	d.press("enter")
	d.after(4 * time.Second)
}

func scene(t *testing.T, i int, test func(*drive)) {
	t.Helper()
	env := bareEnv()
	if !scenes[i].bare {
		env = answeredEnv(t)
	}
	driven(t, env, func(c *Config) { c.Demo = scenes[i].demo }, func(d *drive) {
		scenes[i].steer(d)
		test(d)
	})
}

func TestScreens(t *testing.T) {
	for i, s := range scenes {
		t.Run(s.name, func(t *testing.T) {
			scene(t, i, func(d *drive) {
				for _, size := range [][2]int{{80, 24}, {40, 12}, {120, 40}} {
					d.size(size[0], size[1])
					golden(t, fmt.Sprintf("%s-%dx%d", s.name, size[0], size[1]), d.view())
				}
			})
		})
	}
}
