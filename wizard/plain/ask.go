package plain

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/report"
)

// maxShown is how many options are listed at once; a filter finds the others.
const maxShown = 20

// ask asks one question until it gets a valid answer, and stores it.
func (g *Session) ask(ctx context.Context, q guide.Question, number string) error {
	options, err := g.options(ctx, q, "")
	if ctx.Err() != nil {
		return err
	}
	fmt.Fprintf(g.Out, "\n%s  %s\n", number, q.Label)
	if err != nil {
		// The user can still type a name.
		fmt.Fprintln(g.Out, g.Marks.Note+" "+report.Explain(err).Problem)
	}
	if g.Fill != nil && q.Kind == guide.Hidden {
		if err := g.Fill(q); err != nil {
			fmt.Fprintln(g.Out, g.Marks.Note+" "+explain.Sentence(err.Error()))
		}
	}
	g.list(options)
	for {
		text, err := g.prompt(ctx, q)
		if err != nil {
			return err
		}
		switch word := strings.TrimSpace(text); {
		case word == "" && g.Env.View().Get(q.Key).Given, word == "" && !q.Needed:
			return nil
		case word == "":
			fmt.Fprintf(g.Out, "%s %s is required. Type ? for help.\n", g.Marks.Note, q.Label)
		case word == "?":
			fmt.Fprintln(g.Out, explanation(q))
			g.list(options)
		case strings.EqualFold(word, "back"):
			return errBack
		case word == "-" && !q.Needed:
			return g.Env.Answers.Set(q.Key, guide.FromUser)
		case strings.HasPrefix(word, "/") && q.Offers():
			if options, err = g.options(ctx, q, strings.TrimSpace(word[1:])); err != nil {
				return err
			}
			g.list(options)
		default:
			if err := g.set(q, text, options); err != nil {
				fmt.Fprintln(g.Out, g.Marks.Note+" "+explain.Sentence(err.Error()))
				continue
			}
			if note := g.Env.Answers.Get(q.Key).Note; note != "" {
				fmt.Fprintln(g.Out, g.Marks.Note+" "+note)
			}
			return nil
		}
	}
}

func (g *Session) options(ctx context.Context, q guide.Question, filter string) ([]guide.Option, error) {
	if !q.Offers() {
		return nil, nil
	}
	defer g.Busy("the options for " + q.Label)()
	return g.Env.Options(ctx, q, filter)
}

func (g *Session) list(options []guide.Option) {
	for i, o := range options {
		if i == maxShown {
			fmt.Fprintf(g.Out, "  and %d more. Type / and the beginning of a name to filter.\n", len(options)-maxShown)
			return
		}
		text := fmt.Sprintf("  %d  %s", i+1, o.Label)
		if o.Note != "" {
			text += ", " + o.Note
		}
		fmt.Fprintln(g.Out, text)
	}
}

// prompt shows the answer that Enter takes, with its source, and reads a line.
func (g *Session) prompt(ctx context.Context, q guide.Question) (string, error) {
	switch a := g.Env.View().Get(q.Key); {
	case a.Given:
		fmt.Fprintf(g.Out, "[%s] ", given(q, a))
	case q.Optional():
		fmt.Fprintf(g.Out, "[%s] ", unanswered(q))
	}
	fmt.Fprint(g.Out, "> ")
	read := g.in.line
	if q.Kind == guide.Hidden {
		if err := g.freeInput(ctx); err != nil {
			return "", err
		}
		if g.in.terminal() {
			fmt.Fprint(g.Out, "(input is hidden) ")
		}
		if read = g.in.hidden; q.Lines {
			read = g.in.block
		}
	}
	text, err := read(ctx)
	if !g.in.terminal() || q.Kind == guide.Hidden {
		// No Enter key ended the line on the screen.
		fmt.Fprintln(g.Out)
	}
	if errors.Is(err, io.EOF) {
		return "", noMoreInput(q)
	}
	return text, err
}

// freeInput lets the user end an abandoned read: a secret typed into it would show.
func (g *Session) freeInput(ctx context.Context) error {
	if !g.in.terminal() || !g.in.leftBehind() {
		return nil
	}
	fmt.Fprint(g.Out, "Press Enter first. ")
	_, err := g.in.line(ctx)
	return err
}

// given returns an answer and its source; for a secret only that it is set.
func given(q guide.Question, a guide.Answer) string {
	switch {
	case q.Kind == guide.Hidden:
		return "hidden (" + a.From.String() + ")"
	case len(a.Values) > 0:
		return q.Join(q.Spelled(a.Values)) + " (" + a.From.String() + ")"
	default:
		return cmp.Or(a.Value, "none") + " (" + a.From.String() + ")"
	}
}

// unanswered says what stands in for an answer.
func unanswered(q guide.Question) string {
	o := q.Unanswered()
	if o.Note == "" {
		return o.Label
	}
	return o.Label + ", " + o.Note
}

// set stores the typed answer. Where options are listed, a number selects one.
func (g *Session) set(q guide.Question, text string, options []guide.Option) error {
	values := []string{text}
	if q.Several() {
		values = q.Split(text)
	}
	if len(options) > 0 {
		for i, v := range values {
			values[i] = chosen(strings.TrimSpace(v), options)
		}
	}
	return g.Env.Answers.Set(q.Key, guide.FromUser, values...)
}

func chosen(text string, options []guide.Option) string {
	if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= min(len(options), maxShown) {
		return options[n-1].Value
	}
	for _, o := range options {
		if strings.EqualFold(o.Label, text) {
			return o.Value
		}
	}
	return text
}

// explanation returns the help of a question, for "?".
func explanation(q guide.Question) string {
	parts := []string{q.Help}
	if sources := q.OtherSources(); sources != "" {
		parts = append(parts, "To set it without a prompt: "+sources+".")
	}
	switch {
	case q.Kind == guide.List:
		parts = append(parts, "Separate several values with spaces.")
	case q.Several():
		parts = append(parts, "Separate several values with commas.")
	}
	if !q.Needed {
		parts = append(parts, "Type - to restore the default.")
	}
	if q.Kind == guide.Pick || q.Kind == guide.PickMany {
		parts = append(parts, "Type / and the beginning of a name to filter.")
	}
	return strings.Join(parts, " ")
}

// noMoreInput returns the error for a question after the end of the input. It takes no default: the piped answers were
// meant for other questions.
func noMoreInput(q guide.Question) error {
	return &explain.Error{
		Class: explain.ClassUsage, Question: q.Key,
		Problem: fmt.Sprintf("The input ended at the question %q.", q.Label),
		Fix:     fmt.Sprintf("Set it with %s, or run with --no-input to use the defaults.", q.OtherSources()),
		Err:     errEnded,
	}
}
