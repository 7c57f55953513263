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

// ask puts one question until its answer is one, and keeps that.
func (g *Session) ask(ctx context.Context, q guide.Question, number string) error {
	options, err := g.options(ctx, q, "")
	if ctx.Err() != nil {
		return err
	}
	fmt.Fprintf(g.Out, "\n%s  %s\n", number, q.Label)
	if err != nil {
		// A name can be given all the same.
		fmt.Fprintln(g.Out, g.Marks.Look+" "+report.Explain(err).Problem)
	}
	if g.Fill != nil && q.Kind == guide.Hidden {
		if err := g.Fill(q); err != nil {
			fmt.Fprintln(g.Out, g.Marks.Look+" "+explain.Sentence(err.Error()))
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
			fmt.Fprintf(g.Out, "%s %s needs an answer; ? explains.\n", g.Marks.Look, q.Label)
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
				fmt.Fprintf(g.Out, "%s %s.\n", g.Marks.Look, strings.TrimSuffix(err.Error(), "."))
				continue
			}
			if note := g.Env.Answers.Get(q.Key).Note; note != "" {
				fmt.Fprintln(g.Out, g.Marks.Look+" "+note)
			}
			return nil
		}
	}
}

func (g *Session) options(ctx context.Context, q guide.Question, filter string) ([]guide.Option, error) {
	if !q.Offers() {
		return nil, nil
	}
	defer g.Busy("the choices for " + q.Label)()
	return g.Env.Options(ctx, q, filter)
}

func (g *Session) list(options []guide.Option) {
	for i, o := range options {
		if i == maxShown {
			fmt.Fprintf(g.Out, "  and %d more; / and the beginning of a name lists those.\n", len(options)-maxShown)
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
	if a := g.Env.View().Get(q.Key); a.Given {
		fmt.Fprintf(g.Out, "[%s] ", given(q, a))
	}
	fmt.Fprint(g.Out, "> ")
	read := g.in.line
	if q.Kind == guide.Hidden {
		if err := g.freeInput(ctx); err != nil {
			return "", err
		}
		if g.in.terminal() {
			fmt.Fprint(g.Out, "(hidden as you type) ")
		}
		if read = g.in.hidden; q.Lines {
			read = g.in.block
		}
	}
	text, err := read(ctx)
	if !g.in.terminal() || q.Kind == guide.Hidden {
		// Nobody's Enter key ended the line on the screen.
		fmt.Fprintln(g.Out)
	}
	if errors.Is(err, io.EOF) {
		return "", noMoreInput(q)
	}
	return text, err
}

// freeInput has the user end a read that was left behind: a secret typed into it would show.
func (g *Session) freeInput(ctx context.Context) error {
	if !g.in.terminal() || !g.in.leftBehind() {
		return nil
	}
	fmt.Fprint(g.Out, "Press Enter first. ")
	_, err := g.in.line(ctx)
	return err
}

// given shows an answer and its source; of a secret only that there is one.
func given(q guide.Question, a guide.Answer) string {
	switch {
	case q.Kind == guide.Hidden:
		return "hidden (" + a.From.String() + ")"
	case len(a.Values) > 0:
		return q.Join(a.Values) + " (" + a.From.String() + ")"
	default:
		return cmp.Or(a.Value, "none") + " (" + a.From.String() + ")"
	}
}

// set keeps what was typed; a number, where options are listed, stands for the option.
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

// explanation is all that is known about a question, for "?".
func explanation(q guide.Question) string {
	parts := []string{q.Help}
	if ways := q.Ways(); ways != "" {
		parts = append(parts, "Without being asked: "+ways+".")
	}
	switch {
	case q.Kind == guide.List:
		parts = append(parts, "Several are separated by blanks.")
	case q.Several():
		parts = append(parts, "Several are separated by commas.")
	}
	if !q.Needed {
		parts = append(parts, "- goes back to the default.")
	}
	if q.Kind == guide.Pick || q.Kind == guide.PickMany {
		parts = append(parts, "/ and the beginning of a name lists those that fit.")
	}
	return strings.Join(parts, " ")
}

// noMoreInput says how to answer a question that the input did not reach. A default is not taken: who
// sends answers by a pipe counted on other questions.
func noMoreInput(q guide.Question) error {
	return &explain.Error{
		Class: explain.ClassUsage, Question: q.Key,
		Problem: fmt.Sprintf("The input ended at the question %q.", q.Label),
		Fix:     fmt.Sprintf("Answer it with %s, or run with --no-input, which takes the defaults.", q.Ways()),
		Err:     errEnded,
	}
}
