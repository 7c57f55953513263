package screen

import (
	"context"
	"slices"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/tui/style"
)

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

// Take keeps what the run reports.
func (c *Changing) Take(ev engine.Event) {
	if ev.Phase == engine.Paused {
		c.Result(ev)
		return
	}
	if ev.Phase == engine.Finished && ev.Text != "" && !slices.Contains(c.Recovered, ev.Text) {
		c.Recovered = append(c.Recovered, ev.Text)
	}
	c.Rows.take(ev)
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
