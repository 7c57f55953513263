package plain

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/steps/guide"
)

// Connect asks for the missing answers that the orgs need: the questions of these keys. The user can skip those in
// spare. Skipping the first of a section skips the others.
func (g *Session) Connect(ctx context.Context, keys, spare []guide.Key) error {
	var asked []guide.Question
	leftOut := map[guide.SectionID]bool{}
	for i := 0; i < len(keys); i++ {
		q, _ := guide.QuestionFor(keys[i])
		if !q.Needed || !q.Asked(g.Env.Answers) || g.Env.Answers.Get(q.Key).Given || leftOut[q.Section] {
			continue
		}
		if slices.Contains(spare, q.Key) {
			q.Needed, q.Help = false, q.Help+" Press Enter to skip this side."
		}
		switch err := g.ask(ctx, q, "Missing"); {
		case errors.Is(err, errBack) && len(asked) == 0:
			fmt.Fprintln(g.Out, "This is the first question.")
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

// Pick lets the user choose an option. Enter takes standard, if it is one of them.
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
			fmt.Fprintf(g.Out, "%s %s is required: a number, name, or ID.\n", g.Marks.Note, label)
		case strings.HasPrefix(text, "/"):
			g.list(slices.DeleteFunc(slices.Clone(options), func(o guide.Option) bool {
				return !strings.Contains(strings.ToLower(o.Label), strings.ToLower(text[1:]))
			}))
		default:
			return chosen(text, options), nil
		}
	}
}
