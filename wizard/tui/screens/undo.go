package screens

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

const (
	undoTitle = "Undo"
	undoWhy   = "Deletes what this run created and restores what it changed. Keeps what others now use or have changed."
)

// Undoing is the screen that undoes what the run made.
type Undoing struct {
	screen.Task
	plan  []engine.Item
	items []engine.Item // of the plan, those that the user sees
	gone  int           // how many of those that go are gone
	took  []string      // how long each took
	last  time.Time     // when the last one went
	yes   bool          // the cursor is at Yes; it begins at No
}

func newUndoing(w *screen.World) *Undoing { return &Undoing{Task: screen.Task{World: w}} }

// Enter implements screen.Screen.
func (s *Undoing) Enter(bool) screen.Action {
	s.yes = false
	return screen.Read(&s.Task, screen.SlotPlan, s.Undo.Plan, func(plan []engine.Item) { s.plan, s.items = plan, engine.Shown(plan) })
}

// apply carries it out. Every section then starts over: what it showed may be gone.
func (s *Undoing) apply() screen.Action {
	s.last, s.gone, s.took = time.Now(), 0, nil
	plan := s.plan
	return screen.Many{screen.StartOver{}, screen.Write(&s.Task, func(ctx context.Context, stop *engine.Stop) (any, error) {
		return nil, s.Undo.Apply(ctx, plan, stop, func(engine.Item) { s.Send(screen.News{Of: s, Then: s.went}) })
	}, func(any, bool) screen.Action { return screen.Stay{} })}
}

// went counts one more that is gone.
func (s *Undoing) went() screen.Action {
	s.gone++
	s.took = append(s.took, style.Clock(time.Since(s.last)))
	s.last = time.Now()
	return screen.Stay{}
}

// goes are the items that are undone, in their order.
func (s *Undoing) goes() []engine.Item {
	return slices.DeleteFunc(slices.Clone(s.items), func(i engine.Item) bool { return i.Act == engine.Keep })
}

// Key implements screen.Screen.
func (s *Undoing) Key(msg tea.KeyPressMsg) screen.Action {
	key := msg.String()
	switch {
	case s.Phase == screen.Applying:
		return s.ApplyKey(key)
	case key == "esc":
		return screen.Back{}
	case s.Phase == screen.Ready && len(s.goes()) > 0:
		switch key {
		case "up", "down":
			s.yes = key == "down"
			return screen.Stay{}
		case "enter":
			if s.yes {
				return s.apply()
			}
			return screen.Back{}
		}
	case s.Phase == screen.Failed:
		return s.FailedKey(key, func() screen.Action { return s.Enter(false) }, func() string { return s.Details(undoTitle) + s.far() + "\n" })
	case s.Phase == screen.Done && key == "q":
		return screen.Quit{}
	}
	return screen.Pass{}
}

// Hints implements screen.Screen.
func (s *Undoing) Hints() []style.Hint {
	switch {
	case s.Phase == screen.Applying:
		return s.ApplyHints()
	case s.Phase == screen.Ready && len(s.goes()) > 0:
		return style.Hints("enter "+screen.Tern(s.yes, "undo", "keep everything"), s.Glyphs.Arrows+" choose", "esc back")
	case s.Phase == screen.Failed:
		return s.FailedHints()
	case s.Phase == screen.Done:
		return style.Hints("q quit", "esc start over")
	default:
		return style.Hints("esc back")
	}
}
