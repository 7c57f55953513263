package tui

import (
	"context"
	"image/color"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// fakeUndo undoes what the fake made, each object in half a second.
type fakeUndo struct {
	*fake
	keep    map[guide.ObjectKind]string // kinds that stay, and why
	planErr error
	failAt  int // the thing at which it fails; 0: none
	failure error
	undone  bool
}

func (u *fakeUndo) Left() bool { return !u.undone && len(u.kinds()) > 0 }

func (u *fakeUndo) kinds() []engine.Change { return style.Writes(u.Made()) }

func (u *fakeUndo) Plan(ctx context.Context) ([]engine.Item, error) {
	screen.Pause(ctx, u.pace)
	items := []engine.Item{{Kind: "version", Name: "goes with its configuration"}} // no separate row
	for _, c := range slices.Backward(u.kinds()) {
		item := engine.Item{Act: engine.Delete, Kind: c.Kind, Name: c.Name, Why: goesWhy[c.Kind]}
		if c.Verb == engine.Update {
			item.Act, item.Why = engine.Restore, "Disabled again"
		}
		if why := u.keep[c.Kind]; why != "" {
			item.Act, item.Why = engine.Keep, why
		}
		items = append(items, item)
	}
	return items, u.planErr
}

func (u *fakeUndo) Apply(ctx context.Context, items []engine.Item, stop *engine.Stop, gone func(engine.Item)) error {
	n := 0
	for _, i := range engine.Shown(items) {
		if stop.Stopped() {
			return engine.ErrStopped
		}
		if i.Act == engine.Keep {
			continue
		}
		screen.Pause(ctx, u.pace)
		if n++; n == u.failAt {
			return u.failure
		}
		u.mu.Lock()
		u.made = slices.DeleteFunc(u.made, func(c engine.Change) bool { return c.Kind == i.Kind && c.Name == i.Name })
		u.mu.Unlock()
		gone(i)
	}
	u.undone = true
	return nil
}

var goesWhy = map[guide.ObjectKind]string{
	"deployment": "pages with its snippet show no Messenger", "app integration": "visitors can no longer sign in with it", "access policy": "with its rule",
}

var usedElsewhere = map[guide.ObjectKind]string{"configuration": `the deployment "Another page", created after this run, uses it`}

func init() {
	scenes = append(scenes, []sceneOf{
		{name: "undo", steer: func(d *drive) {
			d.undo.keep = usedElsewhere
			d.aside("u")
		}},
		{name: "undo-working", steer: func(d *drive) {
			d.undo.keep = usedElsewhere
			d.aside("u", "down", "enter", "Web SSO", "enter", 1400*time.Millisecond)
		}},
		{name: "undo-done", steer: func(d *drive) {
			d.undo.keep = usedElsewhere
			d.aside("u", "down", "enter", "Web SSO", "enter", 10*time.Second)
		}},
		{name: "undo-problem", steer: func(d *drive) {
			d.undo.failAt, d.undo.failure = 3, refusedDelete
			d.aside("u", "down", "enter", "Web SSO", "enter", 10*time.Second)
		}},
	}...)
}

var refusedDelete = &explain.Error{
	Problem: "Genesys Cloud refused to take the change back. Your role lacks integrations > integration > delete.",
	Fix:     "Ask a Genesys Cloud admin to add it (Roles / Permissions), then press r.", RequestID: "77ab3c11-2222-4333-8444-555566667777",
	DocURL: "https://help.genesys.cloud/articles/roles", Class: explain.ClassPermission,
}

// TestUndoAsksForTheDeployment: pages may be live, so that its name is typed before it is deleted.
func TestUndoAsksForTheDeployment(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.aside("u", "down", "enter")
		d.shows("Pages may use the deployment", "› Name", "esc cancel")
		for _, wrong := range []string{"", "web sso"} {
			d.press(wrong, "enter", time.Second)
			d.shows("This isn't its name. Nothing was deleted.")
			d.hides("enter delete")
		}
		assert.Check(t, is.Equal(len(d.undo.kinds()), 9))
		d.press("esc")
		d.shows("No, keep everything")
		d.press("enter", "Web SSO")
		d.shows("   enter delete")
		d.press("enter", 20*time.Second)
		assert.Check(t, is.Equal(len(d.undo.kinds()), 0))
	})
}

func TestUndoAfterError(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.press("enter", time.Second)
		d.press("u") // nothing is made yet
		d.shows("Planned changes")
		d.troubled()
		d.shows("u undo")
		d.press("u")
		d.shows("Undo", "Reading what the run created")
		d.after(time.Second)
		d.shows("Undo: delete 5 objects?", "− credential", "− app integration  Genesys Cloud Messenger", "No, keep everything", "enter keep everything")
		assert.Check(t, is.Equal(len(d.undo.kinds()), 5))
		d.press("esc")
		d.shows("refused to activate") // the problem is still there
		d.press("u", time.Second, "down", "enter", 700*time.Millisecond)
		d.shows("✓ credential", "esc stop after this call")
		d.after(5 * time.Second)
		d.shows("✓ Everything that this run created is undone.", "enter start over", "q quit")
		assert.Check(t, is.Equal(len(d.Made()), 0))
		d.press("esc")
		d.shows("Prerequisites")
		d.applyErr = nil
		d.undo.undone = false
		d.press("enter", time.Second)
		d.shows("Planned changes", "+ app integration", "enter apply")
	})
}

// TestUndoEffects: the effect of undoing an object is on its line if there is room, else below, also in a small window.
func TestUndoEffects(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(80, 40)
		d.colors(colorprofile.ANSI256, color.Black)
		d.undo.keep = usedElsewhere
		d.aside("u")
		d.shows("− access policy    Genesys Messenger        with its rule", "~ state            Messenger SSO (Okta)     Disabled again",
			"− app integration  Genesys Cloud Messenger\n    visitors can no longer sign in with it", "! configuration    Web SSO Messenger\n    kept: the deployment",
			"− deployment       Web SSO\n    pages with its snippet show no Messenger", "› No, keep everything")
		content := d.View().Content
		assert.Check(t, is.Contains(content, d.Theme.Bad.Bold(true).Render("Undo: delete 7 objects and restore 1 object?")))
		assert.Check(t, is.Contains(content, d.Theme.Bad.Render("−")+" "))
		d.size(40, 40)
		d.shows("Undo: delete", "visitors can no longer sign in with")
		d.size(40, 12)
		d.shows("Undo: delete 7, restore 1?\n", "› No, keep everything", "Yes, delete 7, restore 1\n")
		d.size(120, 40)
		d.shows("what would be deleted", "− Okta app", "− assignment", "− credential", "− Discovery URI", "✓ trusted origin", "− Snippet", "● Configuration version", "− deleted")
	})
}

func TestUndoStopsAfterTheCall(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionSnippet)
		d.press("c", "u") // copied, of what will be gone
		d.after(1500 * time.Millisecond)
		left := len(d.undo.kinds())
		d.press("down", "enter", "Web SSO", "enter", 700*time.Millisecond, "esc")
		d.shows("Stopping after the current API call")
		d.after(time.Second)
		d.shows("Stopped at your request.", "Undone: 2 of 9. These stay undone.", "enter resume")
		assert.Check(t, is.Equal(len(d.undo.kinds()), left-2), "%d", left)
		d.press("r", time.Second, "down", "enter", 10*time.Second)
		d.shows("Everything that this run created is undone.")
		d.press("q")
		out := d.outcome()
		assert.Check(t, d.quit && !out.Finished && out.Err == nil && !d.Did[screen.TodoSnippet],
			"quit %t with %+v, done %v", d.quit, out, d.Did)
	})
}

func TestUndoFails(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.undo.failAt, d.undo.failure = 3, refusedDelete
		d.aside("u", "down", "enter", "Web SSO", "enter", 5*time.Second)
		d.shows("refused to take the change back", "Undone: 2 of 9", "Request ID 77ab3c11", "o open the page")
		d.press("c")
		if !strings.Contains(d.copied, "Section: Undo") || !strings.Contains(d.copied, "Request: 77ab3c11") || !strings.Contains(d.copied, "2 of 9") {
			t.Errorf("copied %q", d.copied)
		}
		d.press("ctrl+c")
		out := d.outcome()
		assert.Check(t, out.Err != nil && !out.Finished, "%+v", out)
	})
}

// TestStopBeforeApply is not lost: work waits for its turn, and the key comes first. The next work is not
// stopped by it.
func TestStopBeforeApply(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		for _, pressed := range []bool{true, false} {
			got := !pressed
			start := screen.Write(&screen.Task{World: d.World}, func(_ context.Context, stop *engine.Stop) (any, error) {
				got = stop.Stopped()
				return nil, nil
			}, nil).(screen.Start)
			if pressed {
				d.do(screen.Halt{})
			}
			start.Do(t.Context())
			assert.Check(t, got == pressed, "stopped %v, want %t", got, pressed)
		}
	})
}

func TestUndoKeepsWhatOthersUse(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.undo.keep = usedElsewhere
		d.size(80, 40)
		d.aside("u", "down", "enter", "Web SSO", "enter", 10*time.Second)
		d.shows("! configuration", "kept: the deployment", "created after this run", "Undone: 8. Kept: 1 (reasons below).")
	})
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.undo.keep = map[guide.ObjectKind]string{}
		for _, c := range []guide.ObjectKind{"app integration", "assignment"} {
			d.undo.keep[c] = "another page uses it"
		}
		d.reach(guide.SectionIntegration)
		d.planErr = refusedDelete
		d.press("m", "enter") // plans again
		d.press(time.Second, "u", time.Second)
		d.shows("Nothing can be undone now.")
		d.hides("Yes, ")
		d.press("enter", time.Second)
		assert.Check(t, is.Equal(len(d.undo.kinds()), 2))
	})
}
