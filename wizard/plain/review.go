package plain

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"msgsso-wizard/steps/guide"
)

// errAgain is what consent answers when the user changed an answer, so that the plan is another one.
var errAgain = errors.New("again")

// answers are the questions that arise, with what answers them.
func (g *Session) answers() []guide.Question {
	var out []guide.Question
	for _, s := range g.way {
		if g.asks(s.question) {
			out = append(out, s.question)
		}
	}
	return out
}

func (g *Session) review() {
	view := g.Env.View()
	fmt.Fprintln(g.Out, "Your answers:")
	for i, q := range g.answers() {
		text := "none"
		if a := view.Get(q.Key); a.Given {
			text = given(q, a)
		} else if q.Else != "" {
			text = q.Else
		}
		fmt.Fprintf(g.Out, "  %d  %s: %s\n", i+1, q.Label, text)
	}
}

// change asks for one of the answers again. Its error is errAgain once one may have changed.
func (g *Session) change(ctx context.Context) error {
	list := g.answers()
	for {
		text, err := g.word(ctx, "Which answer? Its number > ")
		if err != nil || text == "" {
			return err
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > len(list) {
			fmt.Fprintf(g.Out, "%s Answer a number from 1 to %d; Enter alone changes nothing.\n", g.Marks.Look, len(list))
			continue
		}
		if err := g.ask(ctx, list[n-1], "Again"); err != nil && !errors.Is(err, errBack) {
			return err
		}
		return errAgain
	}
}
