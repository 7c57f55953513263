package screen

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/tui/style"
)

// Phase is how far a task has come.
type Phase int

// The phases, in their order.
const (
	Asking   Phase = iota // answers are missing
	Planning              // reading current settings
	Ready                 // what was read is shown; what would be written waits for the user
	Applying              // writing
	Done
	Failed // a problem is shown
)

// Task is what a screen runs: what it reads, what it writes if the user says so, and the problem that came of it. A
// screen has one, says what is to be run, and shows the result.
type Task struct {
	*World
	Phase   Phase
	Since   time.Time      // when the phase began
	Problem *explain.Error // why it is stuck
	Input   *Input         // what is typed now; nil: nothing
	pause   string         // what a service asked a pause for
	resumes time.Time
}

// Enters begins a phase.
func (t *Task) Enters(p Phase) { t.Phase, t.Since, t.Problem = p, time.Now(), nil }

// Ended notes what came of the work: this phase, or a problem.
func (t *Task) Ended(p Phase, err error) (well bool) {
	if t.Enters(p); err != nil {
		t.Phase, t.Problem = Failed, AsProblem(err)
	}
	return err == nil
}

// Counts reports whether a clock shows how long a service asks to wait before a retry.
func (t *Task) Counts() bool { return t.Phase == Failed && t.toRetry() > 0 }

func (t *Task) toRetry() time.Duration { return time.Until(t.Since.Add(t.Problem.Wait)) }

// retryIn is what an error says once of a wait that a clock shows.
var retryIn = regexp.MustCompile(`Retry in \d+ minutes?\. ?`)

// ProblemBlock is the World's, with a clock of how long a service asks to wait before a retry.
func (t *Task) ProblemBlock(problem *explain.Error, width int, more ...string) []string {
	if problem == t.Problem && problem.Wait > 0 {
		waits := *problem
		waits.Problem = retryIn.ReplaceAllString(problem.Problem, "")
		next := "Press r to retry."
		if left := t.toRetry(); left > time.Minute {
			next = "Press r in " + style.Clock(left) + "."
		} else if left > 0 {
			next = "Press r in " + style.Seconds(left) + "."
		}
		waits.Fix = strings.TrimSpace(next + " " + problem.Fix)
		problem = &waits
	}
	return t.World.ProblemBlock(problem, width, more...)
}

// Typing reports whether letters are typed.
func (t *Task) Typing() bool { return t.Input != nil }

// Paste takes pasted text where one is typed.
func (t *Task) Paste(text string) Action {
	if t.Input != nil {
		t.Input.Insert(text)
	}
	return Stay{}
}

// Result notes a pause that a service asks for, and ignores what else its work reports.
func (t *Task) Result(value any) Action {
	if ev, ok := value.(engine.Event); ok && ev.Phase == engine.Paused {
		t.pause, t.resumes = ev.Text, time.Now().Add(ev.Limit)
	}
	return Stay{}
}

// PauseLine says that a service asked for a pause, while it lasts.
func (t *Task) PauseLine(width int) []string {
	left := time.Until(t.resumes)
	if left <= 0 {
		return nil
	}
	return append([]string{""}, t.Notice("  ", false, fmt.Sprintf("%s; goes on in %s", t.pause, style.Seconds(left.Round(time.Second))), width)...)
}

// WaitLines say what is under way, and for what pause it waits.
func (t *Task) WaitLines(text string, width int) []string {
	return append([]string{t.WaitLine(text, t.Since, width)}, t.PauseLine(width)...)
}

// InTurn runs do in the background, one at a time. The program's loop then takes its result.
func InTurn[T any](w *World, s Slot, do func(context.Context) (T, error), then func(T, error) Action) Action {
	return Start{s, func(ctx context.Context) End {
		w.turn.Lock()
		defer w.turn.Unlock()
		v, err := do(ctx)
		return End{err, func() Action { return then(v, err) }}
	}}
}

// Read reads something. The user may leave the screen while it runs.
func Read[T any](t *Task, s Slot, do func(context.Context) (T, error), came func(T)) Action {
	t.Enters(Planning)
	return InTurn(t.World, s, do, func(v T, err error) Action {
		if t.Ended(Ready, err) {
			came(v)
		}
		return Stay{}
	})
}

// Write alters something at a service, until halt stops it: also when that comes before it begins. The screen is not
// left before that has ended.
func Write[T any](t *Task, do func(context.Context, *engine.Stop) (T, error), then func(v T, well bool) Action) Action {
	t.Enters(Applying)
	stop := engine.NewStop()
	t.Stop, t.Halting = stop, false
	return InTurn(t.World, SlotApply, func(ctx context.Context) (T, error) { return do(ctx, stop) }, func(v T, err error) Action {
		return then(v, t.Ended(Done, err))
	})
}

// ApplyKey are the keys while changes are applied.
func (t *Task) ApplyKey(key string) Action {
	if key == "esc" {
		return Halt{}
	}
	return Pass{}
}

// ApplyHints are the keys while changes are applied.
func (t *Task) ApplyHints(more ...string) []style.Hint {
	switch {
	case t.Leaving:
		return style.Hints("ctrl+c quit now")
	case t.Halting:
		return style.Hints(append([]string{"ctrl+c quit after it"}, more...)...)
	default:
		return style.Hints(append([]string{"esc stop after this call"}, more...)...)
	}
}

// HaltLine is what work says that was asked to stop.
func (t *Task) HaltLine(width int) []string {
	text := "Stopping after the current API call. No further changes."
	switch {
	case t.Leaving:
		text = "Quitting after the current API call. Press ctrl+c again to quit now."
	case !t.Halting:
		return nil
	}
	return append([]string{""}, style.Wrap(text, width-1, "  ")...)
}

// TaskKey handles the keys that a task has on every screen.
func (t *Task) TaskKey(key string, of Screen, title string, more ...string) Action {
	switch {
	case t.Phase == Applying:
		return t.ApplyKey(key)
	case key == "esc":
		return Back{}
	case t.Phase == Failed:
		return t.FailedKey(key, func() Action { return of.Enter(false) }, title, more...)
	}
	return Pass{}
}

// TaskHints are the hints of the keys that a task has on every screen.
func (t *Task) TaskHints() []style.Hint {
	switch t.Phase {
	case Applying:
		return t.ApplyHints()
	case Failed:
		return t.FailedHints()
	default:
		return style.Hints("esc back")
	}
}

// TaskLines are what a task shows while it reads, and of its problem; nil: it has read.
func (t *Task) TaskLines(reads string, width int) []string {
	switch t.Phase {
	case Planning:
		return t.WaitLines(reads, width)
	case Failed:
		return t.ProblemBlock(t.Problem, width)
	default:
		return nil
	}
}

// FailedKey are the keys of every problem.
func (t *Task) FailedKey(key string, again func() Action, title string, more ...string) Action {
	switch {
	case key == "r" || key == "enter":
		return again()
	case key == "c":
		return CopyText{What: "the details", Text: t.Details(title) + strings.Join(more, "")}
	case key == "o" && t.Problem.DocURL != "":
		return OpenURL{t.Problem.DocURL}
	}
	return Pass{}
}

// Again is what trying again is called: what the user stopped goes on.
func (t *Task) Again() string {
	return Tern(errors.Is(t.Problem.Err, engine.ErrStopped), "resume", "retry")
}

// FailedHints are the keys of a problem.
func (t *Task) FailedHints() []style.Hint {
	return style.Hints("enter "+t.Again(), "c copy details", Tern(t.Problem.DocURL != "", "o open the page", ""), "esc back", "r "+t.Again())
}

// Details is the problem as plain text, for a colleague or the vendor's support.
func (t *Task) Details(title string) string {
	var b strings.Builder
	line := func(name, text string) {
		if text != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, text)
		}
	}
	line("Section", title)
	line("Okta", t.Ident.Okta)
	line("Genesys Cloud", t.Ident.Genesys)
	line("Step", string(t.Problem.Step))
	line("Problem", t.Problem.Problem)
	line("Next step", t.Problem.Fix)
	line("Request", t.Problem.RequestID)
	line("See", t.Problem.DocURL)
	for _, c := range t.Session.Made() {
		line(string(c.Verb), strings.TrimSpace(string(c.Kind)+" "+c.Name+" "+c.ID))
	}
	return b.String()
}

// Changing is a task whose plan is shown, and carried out change by change.
type Changing struct {
	Task
	Plan setup.Plan
	Rows progress
}

// CarryOut writes what is planned.
func CarryOut[T any](c *Changing, do func(context.Context, setup.Plan, *engine.Stop) (T, error), then func(T, bool) Action) Action {
	c.Rows = NewProgress(c.Plan.Changes)
	plan := c.Plan
	return Write(&c.Task, func(ctx context.Context, stop *engine.Stop) (T, error) { return do(ctx, plan, stop) }, then)
}

// Result keeps what the run reports.
func (c *Changing) Result(value any) Action {
	ev, ok := value.(engine.Event)
	if !ok || ev.Phase == engine.Paused {
		return c.Task.Result(value)
	}
	if ev.Phase == engine.Finished && ev.Text != "" && !slices.Contains(c.Recovered, ev.Text) {
		c.Recovered = append(c.Recovered, ev.Text)
	}
	c.Rows.take(ev)
	return Stay{}
}

// WillLines are what the plan would change.
func (c *Changing) WillLines(width int) []string {
	head := "Planned changes"
	if n := style.Counted(c.Plan.Changes); n != "" {
		head += ": " + n
	}
	return append([]string{c.Heading(head)}, c.ChangeRows(c.Plan.Changes, width)...)
}

// NoticeRows are the notices of the plan.
func (c *Changing) NoticeRows(width int) []string {
	var rows []string
	for _, n := range c.Plan.Notices {
		rows = append(rows, c.Notice("  ", n.OK, n.Text, width)...)
	}
	return rows
}
