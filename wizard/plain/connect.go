package plain

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/steps/guide"
)

// Connect asks for what is missing to reach the orgs: the questions of these keys. Those in spare may be left out, and
// with the first of a section the others of it are.
func (g *Session) Connect(ctx context.Context, keys, spare []guide.Key) error {
	var asked []guide.Question
	leftOut := map[guide.SectionID]bool{}
	for i := 0; i < len(keys); i++ {
		q, _ := guide.QuestionFor(keys[i])
		if !q.Needed || !q.Asked(g.Env.Answers) || g.Env.Answers.Get(q.Key).Given || leftOut[q.Section] {
			continue
		}
		if slices.Contains(spare, q.Key) {
			q.Needed, q.Help = false, q.Help+" Enter alone leaves it out: that side is not looked at then."
		}
		switch err := g.ask(ctx, q, "Missing"); {
		case errors.Is(err, errBack) && len(asked) == 0:
			fmt.Fprintln(g.Out, "There is no question before this one.")
			i--
		case errors.Is(err, errBack):
			last := asked[len(asked)-1]
			asked = asked[:len(asked)-1]
			if err := g.Env.Answers.Set(last.Key, guide.FromUser); err != nil {
				return err
			}
			clear(leftOut)
			i = slices.Index(keys, last.Key) - 1
		case err != nil:
			return err
		default:
			asked = append(asked, q)
			leftOut[q.Section] = !g.Env.Answers.Get(q.Key).Given
		}
	}
	return nil
}

// Pick has the user choose one of several; standard is what Enter takes, if it is among them.
func (g *Session) Pick(ctx context.Context, label string, options []guide.Option, standard string) (string, error) {
	if len(options) == 1 {
		return options[0].Value, nil
	}
	fmt.Fprintln(g.Out, "\n"+label)
	g.list(options)
	prompt := "> "
	i := slices.IndexFunc(options, func(o guide.Option) bool { return o.Label == standard || o.Value == standard })
	if i >= 0 {
		prompt = "[" + options[i].Label + "] > "
	}
	for {
		text, err := g.word(ctx, prompt)
		switch {
		case err != nil:
			return "", err
		case text == "" && i >= 0:
			return options[i].Value, nil
		case text == "":
			fmt.Fprintf(g.Out, "%s %s needs an answer: a number, a name or an id.\n", g.Marks.Look, label)
		case strings.HasPrefix(text, "/"):
			g.list(slices.DeleteFunc(slices.Clone(options), func(o guide.Option) bool {
				return !strings.Contains(strings.ToLower(o.Label), strings.ToLower(text[1:]))
			}))
		default:
			return chosen(text, options), nil
		}
	}
}
