package wizard

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/wizard/tui/style"
)

const (
	undoTitle = "Undo"
	undoWhy   = "Deletes what this run created and restores what it changed. Keeps what others now use or have changed."
)

// undoing is the screen that takes back what the run made.
type undoing struct {
	task
	plan  []engine.Item
	items []engine.Item // of the plan, those that the user sees
	gone  int           // how many of those that go are gone
	took  []string      // how long each took
	last  time.Time     // when the last one went
	yes   bool          // the cursor is at Yes; it begins at No
}

func newUndoing(w *world) *undoing { return &undoing{task: task{world: w}} }

// undoable reports whether the run made anything that can be taken back.
func (w *world) undoable() bool { return w.undo != nil && w.undo.Left() }

func (s *undoing) enter(bool) action {
	s.yes = false
	return read(&s.task, slotPlan, s.undo.Plan, func(plan []engine.Item) { s.plan, s.items = plan, engine.Shown(plan) })
}

// apply carries it out. From here on every section begins anew: what it showed may be gone.
func (s *undoing) apply() action {
	s.last, s.gone, s.took = time.Now(), 0, nil
	plan := s.plan
	return many{anew{}, write(&s.task, func(ctx context.Context, stop *engine.Stop) (any, error) {
		return nil, s.undo.Apply(ctx, plan, stop, func(engine.Item) { s.send(news{s, s.went}) })
	}, func(any, bool) action { return stay{} })}
}

// went counts one more that is gone.
func (s *undoing) went() action {
	s.gone++
	s.took = append(s.took, style.Clock(time.Since(s.last)))
	s.last = time.Now()
	return stay{}
}

// goes are the items that are taken back, in their order.
func (s *undoing) goes() []engine.Item {
	return slices.DeleteFunc(slices.Clone(s.items), func(i engine.Item) bool { return i.Act == engine.Keep })
}

func (s *undoing) key(msg tea.KeyPressMsg) action {
	key := msg.String()
	switch {
	case s.phase == applying:
		return s.applyKey(key)
	case key == "esc":
		return back{}
	case s.phase == ready && len(s.goes()) > 0:
		switch key {
		case "up", "down":
			s.yes = key == "down"
			return stay{}
		case "enter":
			if s.yes {
				return s.apply()
			}
			return back{}
		}
	case s.phase == stuck:
		return s.stuckKey(key, func() action { return s.enter(false) }, func() string { return s.details(undoTitle) + s.far() + "\n" })
	case s.phase == done && key == "q":
		return quit{}
	}
	return pass{}
}

func (s *undoing) hints() []style.Hint {
	switch {
	case s.phase == applying:
		return s.applyHints()
	case s.phase == ready && len(s.goes()) > 0:
		return style.Hints("enter "+tern(s.yes, "undo", "keep everything"), s.Glyphs.Arrows+" choose", "esc back")
	case s.phase == stuck:
		return s.stuckHints()
	case s.phase == done:
		return style.Hints("q quit", "esc start over")
	default:
		return style.Hints("esc back")
	}
}
