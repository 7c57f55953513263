package wizard

import (
	"context"
	"fmt"
	"strings"
	"time"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/wizard/tui/style"
)

// phase is how far a task has come.
type phase int

const (
	asking   phase = iota // answers are missing
	planning              // reading what is there
	ready                 // what was read is shown; what would be written waits for the user
	applying              // writing
	done
	stuck // a problem is shown
)

// task is what a screen runs: what it reads, what it writes if the user says so, and the problem that came of it. A
// screen has one, says what is to be run, and shows the result.
type task struct {
	*world
	phase   phase
	since   time.Time      // when the phase began
	problem *explain.Error // why it is stuck
}

func (t *task) enters(p phase) { t.phase, t.since, t.problem = p, time.Now(), nil }

// ended notes what came of the work: this phase, or a problem.
func (t *task) ended(p phase, err error) (well bool) {
	if t.enters(p); err != nil {
		t.phase, t.problem = stuck, asProblem(err)
	}
	return err == nil
}

func (t *task) paste(string) action { return stay{} }
func (t *task) result(any) action   { return stay{} }

// work runs do in its turn, beside the program's own loop, which then takes what it came to.
func work[T any](w *world, s slot, do func(context.Context) (T, error), then func(T, error) action) action {
	return start{s, func(ctx context.Context) end {
		w.turn.Lock()
		defer w.turn.Unlock()
		v, err := do(ctx)
		return end{err, func() action { return then(v, err) }}
	}}
}

// read looks at something. The screen may be left meanwhile.
func read[T any](t *task, s slot, do func(context.Context) (T, error), came func(T)) action {
	t.enters(planning)
	return work(t.world, s, do, func(v T, err error) action {
		if t.ended(ready, err) {
			came(v)
		}
		return stay{}
	})
}

// write alters something at a service, until halt stops it: also when that comes before it begins. The screen is not
// left before that has ended.
func write[T any](t *task, do func(context.Context, *engine.Stop) (T, error), then func(v T, well bool) action) action {
	t.enters(applying)
	stop := engine.NewStop()
	t.stop, t.halting = stop, false
	return work(t.world, slotApply, func(ctx context.Context) (T, error) { return do(ctx, stop) }, func(v T, err error) action {
		return then(v, t.ended(done, err))
	})
}

func (t *task) applyKey(key string) action {
	if key == "esc" {
		return halt{}
	}
	return pass{}
}

func (t *task) applyHints(more ...string) []style.Hint {
	switch {
	case t.leaving:
		return style.Hints("ctrl+c quit now")
	case t.halting:
		return style.Hints(append([]string{"ctrl+c quit after it"}, more...)...)
	default:
		return style.Hints(append([]string{"esc stop after this call"}, more...)...)
	}
}

// haltLine is what work says that was asked to stop.
func (t *task) haltLine(width int) []string {
	text := "Stopping after the current API call. No further changes."
	switch {
	case t.leaving:
		text = "Quitting after the current API call. Press ctrl+c again to quit now."
	case !t.halting:
		return nil
	}
	return append([]string{""}, style.Wrap(text, width-1, "  ")...)
}

// stuckKey are the keys of every problem.
func (t *task) stuckKey(key string, again func() action, details func() string) action {
	switch {
	case key == "r" || key == "enter":
		return again()
	case key == "c":
		return copyText{what: "the details", text: details()}
	case key == "o" && t.problem.DocURL != "":
		return openURL{t.problem.DocURL}
	}
	return pass{}
}

func (t *task) stuckHints() []style.Hint {
	return style.Hints("r retry", "c copy details", tern(t.problem.DocURL != "", "o open the page", ""), "esc back")
}

// details is the problem as plain text, for a colleague or the vendor's support.
func (t *task) details(title string) string {
	var b strings.Builder
	line := func(name, text string) {
		if text != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, text)
		}
	}
	line("Section", title)
	line("Okta", t.ident.Okta)
	line("Genesys Cloud", t.ident.Genesys)
	line("Step", string(t.problem.Step))
	line("Problem", t.problem.Problem)
	line("Next step", t.problem.Fix)
	line("Request", t.problem.RequestID)
	line("See", t.problem.DocURL)
	for _, c := range t.session.Made() {
		line(string(c.Verb), strings.TrimSpace(string(c.Kind)+" "+c.Name+" "+c.ID))
	}
	return b.String()
}
