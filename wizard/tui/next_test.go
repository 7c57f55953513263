package tui

import (
	"path/filepath"
	"testing"
	"time"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
)

// record is what the tests hand over.
func (f *fake) record(r setup.Result) string {
	return "# Hand-over of " + r.Genesys.DeploymentID + "\n"
}

func init() {
	scenes = append(scenes, []sceneOf{
		{name: "next", steer: func(d *drive) {
			d.reach(guide.SectionSnippet, "c", "p", 1500*time.Millisecond, "c", "esc")
			d.send(noted(""))
		}},
		{name: "handover", steer: func(d *drive) { d.reach(guide.SectionSnippet, "h") }},
	}...)
}

func TestHandover(t *testing.T) {
	file := filepath.Join(t.TempDir(), "hand-over.md")
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(80, 40)
		d.reach(guide.SectionSnippet)
		d.shows("  4  h  Save a handover record")
		d.press("h")
		d.shows("Save to  messenger-hand-over.md")
		d.press("ctrl+u", file, "enter")
		d.shows("Saved to", "✓ 4  h  Save a handover record")
		holds(t, file, "# Hand-over of 0f3c1a52-7b6e-4c43-9f0e-5d8a1b2c3d4e\n")
		d.press("s") // the snippet's own name again
		d.shows("Save to  messenger-snippet.html", "   1  c  Paste the snippet")
	})
	driven(t, answeredEnv(t), func(c *Config) { c.Record = nil }, func(d *drive) {
		d.reach(guide.SectionSnippet, "h")
		d.hides("hand-over", "h handover", "Save to")
	})
}

func TestWhatToDoNextIsTicked(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(80, 40)
		d.reach(guide.SectionSnippet)
		d.shows("What to do next", "   1  c  Paste the snippet", "   2  p  Paste the page code", "   3  t  Test the sign-in", "   5  q  Finish")
		d.press("c")
		d.shows("✓ 1  c  Paste the snippet")
		d.press("p", 1500*time.Millisecond, "c", "esc")
		d.shows("✓ 2  p  Paste the page code", "   3  t  Test")
		d.proof.verdict = refused
		d.press("t", 1500*time.Millisecond)
		close(d.proof.browser)
		d.press(time.Second, "esc")
		d.shows("   3  t  Test")
		d.size(80, 24)
		d.shows("Next: ✓ paste (c)  ✓ page code (p)  3 test (t)  4 handover (h)  5 revoke (q)")
	})
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(80, 40)
		d.tested(d.proof.verdict)
		d.press("esc")
		d.shows("✓ 3  t  Test the sign-in")
	})
}
