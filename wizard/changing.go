package wizard

import (
	"context"
	"fmt"
	"time"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/tui/style"
)

// changing is a task whose plan is shown, and carried out change by change.
type changing struct {
	task
	plan    setup.Plan
	rows    progress
	pause   string // what a service asked a pause for
	resumes time.Time
}

// carryOut writes what is planned.
func carryOut[T any](c *changing, do func(context.Context, setup.Plan, *engine.Stop) (T, error), then func(T, bool) action) action {
	c.rows = newProgress(c.plan.Changes)
	plan := c.plan
	return write(&c.task, func(ctx context.Context, stop *engine.Stop) (T, error) { return do(ctx, plan, stop) }, then)
}

// take notes what the run tells.
func (c *changing) take(ev engine.Event) {
	if ev.Phase == engine.Paused {
		c.pause, c.resumes = ev.Text, time.Now().Add(ev.Limit)
		return
	}
	c.rows.take(ev)
}

// pauseLine says that a service asked for a pause, while it lasts.
func (c *changing) pauseLine(width int) []string {
	left := time.Until(c.resumes)
	if left <= 0 {
		return nil
	}
	return append([]string{""}, c.Notice("  ", false, fmt.Sprintf("%s; goes on in %s", c.pause, style.Seconds(left.Round(time.Second))), width)...)
}

// willLines are what the plan would change.
func (c *changing) willLines(width int) []string {
	return append([]string{c.Heading("Planned changes")}, c.ChangeRows(c.plan.Changes, width)...)
}

func (c *changing) noticeRows(width int) []string {
	var rows []string
	for _, n := range c.plan.Notices {
		rows = append(rows, c.Notice("  ", n.OK, n.Text, width)...)
	}
	return rows
}
