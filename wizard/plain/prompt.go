package plain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"msgsso-wizard/steps/services"
	"msgsso-wizard/wizard/report"
)

// userTask shows a task for the user while a step runs, one at a time. It waits until the task is done or the answer is
// typed. It is the run's setup.Session.Prompt.
func (g *Session) userTask(ctx context.Context, p services.Prompt) (string, error) {
	if p.Limit > 0 {
		limited, cancel := context.WithTimeout(ctx, p.Limit)
		defer cancel()
		ctx = limited
	}
	select {
	case g.one <- struct{}{}:
		defer func() { <-g.one }()
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
	report.Prompt(g.Out, p)
	for p.Ask != "" {
		fmt.Fprint(g.Out, p.Ask+" > ")
		text, err := g.in.line(ctx)
		if err != nil || !g.in.terminal() {
			fmt.Fprintln(g.Out)
		}
		switch {
		case errors.Is(err, io.EOF):
			// The result can still arrive without typing.
			p.Ask = ""
		case err != nil:
			return "", err
		case strings.TrimSpace(text) != "":
			return strings.TrimSpace(text), nil
		}
	}
	<-ctx.Done()
	return "", context.Cause(ctx)
}
