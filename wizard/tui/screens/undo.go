package screens

import (
	"cmp"
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/setup"
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
	undoer   setup.Undoer
	rotation bool // it undoes a rotation, not the guide's run

	plan  []engine.Item
	items []engine.Item // of the plan, those that the user sees
	gone  int           // how many of those that go are gone
	took  []string      // how long each took
	last  time.Time     // when the last one went
	yes   bool          // the cursor is at Yes; it begins at No

	asked []string // deployments whose names are still to be typed, the first of them now
}

func newUndoing(w *screen.World, rotation setup.Undoer) *Undoing {
	return &Undoing{Task: screen.Task{World: w}, undoer: cmp.Or(rotation, w.Undo), rotation: rotation != nil}
}

// Undid reports whether the guide's run is undone.
func (s *Undoing) Undid() bool { return s.Phase == screen.Done && !s.rotation }

// Enter implements screen.Screen.
func (s *Undoing) Enter(bool) screen.Action {
	s.yes, s.Input = false, nil
	return screen.Read(&s.Task, screen.SlotPlan, s.undoer.Plan, func(plan []engine.Item) { s.plan, s.items = plan, engine.Shown(plan) })
}

// apply carries it out. Every section then starts over: what it showed may be gone.
func (s *Undoing) apply() screen.Action {
	s.last, s.gone, s.took = time.Now(), 0, nil
	plan := s.plan
	write := screen.Write(&s.Task, func(ctx context.Context, stop *engine.Stop) (any, error) {
		return nil, s.undoer.Apply(ctx, plan, stop, func(engine.Item) { s.Send(screen.News{Of: s, Then: s.went}) })
	}, func(any, bool) screen.Action { return screen.Stay{} })
	if s.rotation {
		return write
	}
	return screen.Many{screen.StartOver{}, write}
}

// confirm asks for the name of each deployment that is deleted, or applies at once.
func (s *Undoing) confirm() screen.Action {
	if s.Input = nil; len(s.asked) == 0 {
		return s.apply()
	}
	s.Input = screen.NewInput("")
	return screen.Stay{}
}

// nameKey has the keys while a name is typed.
func (s *Undoing) nameKey(msg tea.KeyPressMsg) screen.Action {
	switch msg.String() {
	case "esc":
		s.Input = nil
	case "enter":
		if s.Input.Value() != s.asked[0] {
			s.Input.Note = "This isn't its name. Nothing was deleted."
			break
		}
		s.asked = s.asked[1:]
		return s.confirm()
	default:
		s.Input.Type(msg)
	}
	return screen.Stay{}
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
	case s.Typing():
		return s.nameKey(msg)
	case s.Phase == screen.Done && key == "enter":
		return screen.Back{}
	case s.Phase == screen.Ready && len(s.goes()) > 0:
		switch key {
		case "up", "down":
			s.yes = key == "down"
			return screen.Stay{}
		case "enter":
			if s.yes {
				s.asked = setup.LiveDeployments(s.goes())
				return s.confirm()
			}
			return screen.Back{}
		}
	case s.Phase == screen.Done && key == "q":
		return screen.Quit{}
	}
	return s.TaskKey(key, s, undoTitle, s.far()+"\n")
}

// Hints implements screen.Screen.
func (s *Undoing) Hints() []style.Hint {
	switch {
	case s.Typing():
		return style.Hints(screen.Tern(s.Input.Value() == s.asked[0], "enter delete", ""), s.Input.Clearing(), "esc cancel")
	case s.Phase == screen.Ready && len(s.goes()) > 0:
		return style.Hints("enter "+screen.Tern(s.yes, "undo", "keep everything"), s.Glyphs.Arrows+" choose", "esc back")
	case s.Phase == screen.Done:
		return style.Hints("enter "+screen.Tern(s.rotation, "back", "start over"), "q quit")
	default:
		return s.TaskHints()
	}
}
