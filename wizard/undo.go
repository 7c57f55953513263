package wizard

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/wizard/tui/style"
)

const (
	undoTitle = "Undo"
	undoWhy   = "Takes back what this run made. What others changed or use since stays, and so does what was there before."
)

// undoing is the screen that takes back what the run made.
type undoing struct {
	*world
	phase   phase // planning, ready, applying, done or stuck
	since   time.Time
	plan    []engine.Item
	items   []engine.Item // of the plan, those that the user sees
	gone    int           // how many of those that go are gone
	took    []string      // how long each took
	last    time.Time     // when the last one went
	halted  bool
	leaving bool
	problem *explain.Error
}

// What comes of it.
type (
	foreseen struct {
		items []engine.Item
		err   error
	}
	undone struct{ err error }
)

func newUndoing(w *world) *undoing { return &undoing{world: w} }

// undoable reports whether the run made anything that can be taken back.
func (w *world) undoable() bool { return w.undo != nil && w.undo.Left() }

func (s *undoing) enter(bool) action {
	s.phase, s.since, s.problem, s.halted, s.leaving = planning, time.Now(), nil, false, false
	return many{s.reading(func(ctx context.Context) any {
		items, err := s.undo.Plan(ctx)
		return foreseen{items, err}
	}), ticking()}
}

// apply carries it out. From here on every section begins anew: what it showed may be gone.
func (s *undoing) apply() action {
	s.phase, s.since, s.last, s.gone, s.took = applying, time.Now(), time.Now(), 0, nil
	plan := s.plan
	return many{anew{}, s.writing(func(ctx context.Context, stop *engine.Stop) any {
		return undone{s.undo.Apply(ctx, plan, stop, func(i engine.Item) { s.send(news{s, i}) })}
	}), ticking()}
}

func (s *undoing) result(value any) action {
	switch v := value.(type) {
	case tick:
		if s.phase == planning || s.phase == applying {
			return ticking()
		}
	case foreseen:
		if s.plan, s.items, s.phase = v.items, engine.Shown(v.items), ready; v.err != nil {
			s.phase, s.problem = stuck, asProblem(v.err)
		}
	case news:
		if _, went := v.what.(engine.Item); went && v.of == s {
			s.gone++
			s.took = append(s.took, style.Clock(time.Since(s.last)))
			s.last = time.Now()
		}
	case halted:
		s.halted, s.leaving = true, v.leaving
	case undone:
		if s.phase = done; v.err != nil {
			s.phase, s.problem = stuck, asProblem(v.err)
		}
	}
	return stay{}
}

// goes are the items that are taken back, in their order.
func (s *undoing) goes() []engine.Item {
	return slices.DeleteFunc(slices.Clone(s.items), func(i engine.Item) bool { return i.Act == engine.Keep })
}

func (s *undoing) paste(string) action { return stay{} }

func (s *undoing) key(msg tea.KeyPressMsg) action {
	key := msg.String()
	switch {
	case s.phase == applying:
		if key == "esc" && !s.halted {
			return halt{}
		}
		return pass{}
	case key == "esc":
		return back{}
	case s.phase == ready && key == "enter" && len(s.goes()) > 0:
		return s.apply()
	case s.phase == stuck && (key == "r" || key == "enter"):
		return s.enter(false)
	case s.phase == stuck && key == "c":
		return copyText{what: "the details", text: s.details()}
	case s.phase == stuck && key == "o" && s.problem.DocURL != "":
		return openURL{s.problem.DocURL}
	case s.phase == done && key == "q":
		return quit{}
	}
	return pass{}
}

func (s *undoing) hints() []style.Hint {
	switch s.phase {
	case applying:
		switch {
		case s.leaving:
			return []style.Hint{{Key: "ctrl+c", Does: "leave now"}}
		case s.halted:
			return []style.Hint{{Key: "ctrl+c", Does: "leave after it"}}
		}
		return []style.Hint{{Key: "esc", Does: "stop after this call"}}
	case ready:
		if len(s.goes()) > 0 {
			return []style.Hint{{Key: "enter", Does: "take it back"}, {Key: "esc", Does: "back"}, {Key: s.Glyphs.Arrows, Does: "scroll"}}
		}
	case stuck:
		hints := []style.Hint{{Key: "r", Does: "try again"}, {Key: "c", Does: "copy details"}}
		if s.problem.DocURL != "" {
			hints = append(hints, style.Hint{Key: "o", Does: "open the page"})
		}
		return append(hints, style.Hint{Key: "esc", Does: "back"})
	case done:
		return []style.Hint{{Key: "q", Does: "quit"}, {Key: "esc", Does: "start over"}}
	}
	return []style.Hint{{Key: "esc", Does: "back"}}
}
