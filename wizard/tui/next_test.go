package tui

import (
	"path/filepath"
	"testing"
	"time"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/tui/screens"
)

// handover is what the tests hand over.
func (f *fake) handover(r setup.Result) string {
	return "# Hand-over of " + r.Genesys.DeploymentID + "\n"
}

func init() {
	scenes = append(scenes, []sceneOf{
		{name: "next", steer: func(d *drive) {
			d.reach(guide.SectionSnippet, "1", "2")
			d.send(noted(""))
		}},
		{name: "rotated", steer: func(d *drive) { d.reach(guide.SectionSnippet, "n", 2*time.Second, "enter", 3*time.Second) }},
		{name: "handover", steer: func(d *drive) { d.reach(guide.SectionSnippet, "h") }},
	}...)
}

func TestHandover(t *testing.T) {
	file := filepath.Join(t.TempDir(), "handover.md")
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(80, 40)
		d.reach(guide.SectionSnippet)
		d.shows("  4 h Handover      Save a handover record")
		d.press("h")
		d.shows("Save to  messenger-handover.md")
		d.press("ctrl+u", file, "enter")
		d.shows("Saved to", "  ✓ h Handover      done")
		holds(t, file, "# Hand-over of 0f3c1a52-7b6e-4c43-9f0e-5d8a1b2c3d4e\n")
		d.press("s") // the snippet's own name again
		d.shows("Save to  messenger-snippet.html", "  1 c Snippet       Paste it before </head>")
	})
	driven(t, answeredEnv(t), func(c *Config) { c.Handover = nil }, func(d *drive) {
		d.reach(guide.SectionSnippet, "h")
		d.hides("handover.md", "h handover", "Save to")
	})
}

func TestNextStepsAreChecked(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(80, 40)
		d.reach(guide.SectionSnippet)
		d.shows("What to do next", "  1 c Snippet       Paste it", "  2 p Page code     "+screens.SnippetAlone, "  3 t Sign-in test  Sign in", "  5 q Done          Finish")
		d.press("c")
		d.shows("  1 c Snippet       Paste it") // copied is not pasted
		d.press("p", 1500*time.Millisecond, "c", "esc")
		d.shows("  2 p Page code", "1-5 check off")
		d.press("1", "2", "6", "0")
		d.shows("✓ c Snippet       done", "✓ p Page code     done", "  3 t Sign-in test  Sign in")
		d.press("1")
		d.shows("  1 c Snippet       Paste it")
		d.press("1")
		d.verifier.result = refused
		d.press("t", 1500*time.Millisecond)
		close(d.verifier.browser)
		d.press(time.Second, "esc")
		d.shows("  3 t Sign-in test  Sign in")
		d.size(80, 16)
		d.shows("Next: ✓ snippet  ✓ page code  3 t sign-in test  4 h handover  5 q done")
	})
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(80, 40)
		d.tested(d.verifier.result)
		d.press("esc")
		d.shows("  ✓ t Sign-in test  done", "Visitors can sign in", "p Page code     Paste it after the snippet on the same pages.")
		d.hides(screens.SnippetAlone)
	})
}
