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

// person tells what has to be done while a step is under way, one thing after the other, and waits until
// that is done or, where it asks for something, typed. It is the run's setup.Session.Prompt.
func (g *Session) person(ctx context.Context, p services.Prompt) (string, error) {
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
			// What is awaited may still come without being typed.
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
