package plain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/report"
	"msgsso-wizard/wizard/verify"
)

// offer lets the user prove what was made. What fails is told and the offer stands; the input's end takes it away.
func (g *Session) offer(ctx context.Context) error {
	if g.Verifier == nil {
		return nil
	}
	p := g.Verifier(g.Env.Result(0).Genesys.DeploymentID)
	prompt, words := "p page code, t test the sign-in, d doctor", []string{"go on", "page", "test", "doctor"}
	if g.Record != nil {
		prompt, words = prompt+", h hand-over record", append(words, "hand-over")
	}
	if g.undoable() {
		prompt, words = prompt+", u undo", append(words, "undo")
	}
	prompt += "; Enter goes on > "
	for {
		fmt.Fprintln(g.Out)
		word, err := g.choice(ctx, prompt, words...)
		switch {
		case errors.Is(err, errEnded), err == nil && word == "go on":
			return nil
		case err != nil:
			return err
		case word == "page":
			err = g.pageCode(ctx, p)
		case word == "test":
			_, err = g.TestAndFix(ctx, p, g.Out)
		case word == "hand-over":
			err = g.saveRecord(ctx)
		case word == "undo":
			var over bool
			if over, err = g.undo(ctx); over {
				return err
			}
		default:
			err = g.checkUp(ctx, p)
		}
		switch {
		case errors.Is(err, errEnded):
			return nil
		case ctx.Err() != nil:
			return err
		case err != nil:
			report.Problem(g.Out, g.Marks, report.Explain(err), nil)
		}
	}
}

func (g *Session) pageCode(ctx context.Context, p verify.Verifier) error {
	code, err := p.Code(ctx)
	if err != nil {
		return err
	}
	word, err := g.choice(ctx, "p the plugin to paste after the snippet, w a whole page > ", "plugin", "whole")
	if err != nil {
		return err
	}
	text := code.Plugin
	if word == "whole" {
		text = code.Complete
	}
	return g.save(ctx, report.PageCode, text, g.Code)
}

func (g *Session) saveRecord(ctx context.Context) error {
	return g.save(ctx, report.TheRecord, g.Record(g.Env.Result(0)), g.Out)
}

// save saves a piece in the file that the user names, or prints it to w.
func (g *Session) save(ctx context.Context, piece report.Piece, text string, w io.Writer) error {
	file, err := g.word(ctx, "File; Enter prints it here > ")
	switch {
	case err != nil:
		return err
	case file == "":
		return report.Print(w, piece, text)
	}
	if err := report.Save(file, piece, text); err != nil {
		return err
	}
	fmt.Fprintln(g.Out, g.Marks.Done+" Saved in "+file+".")
	return nil
}

// word reads one line, without the blanks around it.
func (g *Session) word(ctx context.Context, prompt string) (string, error) {
	fmt.Fprint(g.Out, prompt)
	text, err := g.in.line(ctx)
	if !g.in.terminal() {
		fmt.Fprintln(g.Out)
	}
	if errors.Is(err, io.EOF) {
		return "", errEnded
	}
	return strings.TrimSpace(text), err
}

// Test signs a person in, and tells it as it goes on. The error says that the test could not begin or did not end.
func (g *Session) Test(ctx context.Context, p verify.Verifier) (signintest.Result, error) {
	told := report.TestProgress{W: g.Out, Marks: g.Marks, Paste: g.in.terminal()}
	line, over := g.following(told.Line)
	defer over()
	front := signintest.Front{Line: line, Reject: told.Reject, Open: func(a signintest.Address) {
		told.Open(a)
		g.OpenPage(a.URL)
	}}
	if told.Paste {
		front.Paste = g.pasted
	}
	said := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		fmt.Fprintln(g.Out, "Ending the test: what it got is taken back.")
		close(said)
	})
	defer func() {
		if !stop() {
			<-said
		}
	}()
	return p.Test(ctx, front)
}

// following says now and then which check of a test is still awaited, until over is called.
func (g *Session) following(tell func(signintest.Line)) (line func(signintest.Line), over func()) {
	done := func() {}
	return func(l signintest.Line) {
		done()
		done = func() {}
		if l.State == signintest.Working {
			done = g.Busy(strconv.Quote(l.Text))
		}
		tell(l)
	}, func() { done() }
}

// OpenPage opens an address, if there is somebody's browser. The opener may take as long as the browser runs.
func (g *Session) OpenPage(address string) {
	if g.Open == nil {
		return
	}
	go func() {
		var err error
		if broken := explain.Recover(func() { err = g.Open(address) }); broken != nil || err != nil {
			fmt.Fprintln(g.Out, g.Marks.Look+" Your browser did not open. The address is above.")
		}
	}()
}

// pasted waits for an address. Without more input the browser may still come back by itself.
func (g *Session) pasted(ctx context.Context) (string, error) {
	for {
		text, err := g.in.line(ctx)
		switch {
		case errors.Is(err, io.EOF):
			<-ctx.Done()
			return "", context.Cause(ctx)
		case err != nil || strings.TrimSpace(text) != "":
			return strings.TrimSpace(text), err
		}
	}
}

// TestAndFix tests the sign-in, writes how it ended to w and, as long as the user wants it, fixes what is found and
// tests again. The result is the last one.
func (g *Session) TestAndFix(ctx context.Context, p verify.Verifier, w io.Writer) (signintest.Result, error) {
	for {
		result, err := g.Test(ctx, p)
		if err != nil {
			report.Remains(g.Out, g.Marks, result.Left)
			return result, err
		}
		report.Outcome(w, g.Marks, result)
		if result.AutoFix == "" {
			return result, nil
		}
		word, err := g.choice(ctx, "f mend it and test again, Enter goes on > ", "go on", "f")
		switch {
		case errors.Is(err, errEnded), err == nil && word != "f":
			return result, nil
		case err != nil:
			return result, err
		}
		if done, err := g.Fix(ctx, p, false, result.AutoFix); err != nil || !done {
			return result, err
		}
	}
}

// checkUp looks at everything and, as long as the user wants it, fixes what it can and looks again.
func (g *Session) checkUp(ctx context.Context, p verify.Verifier) error {
	for {
		found, err := p.Examine(ctx)
		if err != nil {
			return err
		}
		report.Findings(g.Out, g.Marks, found)
		if len(found.Fixes()) == 0 {
			return nil
		}
		if word, err := g.choice(ctx, "f mend what the wizard can, Enter goes on > ", "go on", "f"); err != nil || word != "f" {
			return err
		}
		if done, err := g.Fix(ctx, p, false); err != nil || !done {
			return err
		}
	}
}

// Fix plans fixes, all that were found if none is named, shows the plan and carries it out after a yes, or at
// once if that was given beforehand. done is false where the user, or what is there, leaves nothing to do.
func (g *Session) Fix(ctx context.Context, p verify.Verifier, yes bool, fixes ...signintest.Fix) (done bool, err error) {
	plan, err := p.PlanFix(ctx, fixes...)
	if err != nil {
		return false, err
	}
	if !plan.Writes() {
		fmt.Fprintln(g.Out, g.Marks.Look+" There is nothing that the wizard could change to mend it.")
		g.notices(plan.Attention())
		return false, nil
	}
	fmt.Fprintln(g.Out)
	report.Plan(g.Out, g.Marks, plan)
	g.notices(plan.Attention())
	if !yes {
		if agreed, err := g.Agree(ctx, "Do it? [Y/n] "); err != nil || !agreed {
			return false, err
		}
	}
	stop := engine.NewStop()
	defer g.Gently(stop.Stop)()
	return true, p.Fix(ctx, plan, stop)
}

// Agree asks a question whose answer is yes or no; Enter is yes.
func (g *Session) Agree(ctx context.Context, question string) (bool, error) {
	word, err := g.choice(ctx, question, "yes", "no")
	return word == "yes", err
}
