package plain

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/report"
	"msgsso-wizard/wizard/verify"
)

// offer lets the user verify the result. It repeats after errors and ends with the input.
func (g *Session) offer(ctx context.Context) error {
	if g.Verifier == nil {
		return nil
	}
	prompt, words := "p page code, t sign-in test, d doctor", []string{"continue", "page", "test", "doctor"}
	if g.Handover != nil {
		prompt, words = prompt+", h handover record", append(words, "handover")
	}
	if g.undoable() {
		prompt, words = prompt+", u undo", append(words, "undo")
	}
	for {
		fmt.Fprintln(g.Out)
		p := g.Verifier(g.Env.Result(0).Genesys.DeploymentID) // going live shows another one
		step, label := g.rolloutStep()
		word, err := g.choice(ctx, prompt+label+"; Enter continues > ", append(words, step...)...)
		switch {
		case errors.Is(err, errEnded), err == nil && word == "continue":
			return nil
		case err != nil:
			return err
		case word == "page":
			err = g.pageCode(ctx, p)
		case word == "test":
			_, err = g.TestAndFix(ctx, p, g.Out)
		case word == "live" || word == "back":
			err = g.rollOut(ctx)
		case word == "handover":
			err = g.save(ctx, report.TheHandover, g.Handover(g.Env.Result(0)), g.Out)
		case word == "undo":
			var over bool
			if over, err = g.undo(ctx); over {
				return err
			}
		default:
			err = g.runDoctor(ctx, p)
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
	word, err := g.choice(ctx, "p page code to paste after the snippet, w whole page > ", "plugin", "whole")
	if err != nil {
		return err
	}
	text := code.Plugin
	if word == "whole" {
		text = code.Complete
	}
	return g.save(ctx, report.PageCode, text, g.Code)
}

// save saves a piece to the file that the user names, or prints it to w.
func (g *Session) save(ctx context.Context, piece report.Piece, text string, w io.Writer) error {
	file, err := g.word(ctx, "File name, or Enter to print it here > ")
	switch {
	case err != nil:
		return err
	case file == "":
		return report.Print(w, piece, text)
	}
	if file, err = guide.FilePath(file); err != nil {
		return err
	}
	if err := report.Save(file, piece, text); err != nil {
		return err
	}
	fmt.Fprintln(g.Out, g.Marks.Done+" Saved in "+file+".")
	return nil
}

// word reads one line and trims it.
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

// Test runs a sign-in test and shows its progress. The error means that the test couldn't start or finish.
func (g *Session) Test(ctx context.Context, p verify.Verifier) (signintest.Result, error) {
	progress := report.TestProgress{W: g.Out, Marks: g.Marks, Paste: g.in.terminal()}
	line, over := g.following(progress.Line)
	defer over()
	front := signintest.Front{Line: line, Reject: progress.Reject, Open: func(a signintest.Address) {
		progress.Open(a)
		g.OpenPage(a.URL)
	}}
	if progress.Paste {
		front.Paste = g.pasted
	}
	said := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		fmt.Fprintln(g.Out, "Stopping the test and revoking its tokens.")
		close(said)
	})
	defer func() {
		if !stop() {
			<-said
		}
	}()
	return p.Test(ctx, front)
}

// following reports long waits for a check of the test until over is called.
func (g *Session) following(show func(signintest.Line)) (line func(signintest.Line), over func()) {
	done := func() {}
	return func(l signintest.Line) {
		done()
		done = func() {}
		if l.State == signintest.Working {
			done = g.Busy(strconv.Quote(l.Text))
		}
		show(l)
	}, func() { done() }
}

// OpenPage opens a URL if there is a browser. It doesn't wait for the opener.
func (g *Session) OpenPage(address string) {
	if g.Open == nil {
		return
	}
	go func() {
		var err error
		if broken := explain.Recover(func() { err = g.Open(address) }); broken != nil || err != nil {
			fmt.Fprintln(g.Out, g.Marks.Note+" The browser didn't open. Use the URL above.")
		}
	}()
}

// pasted waits for a pasted URL. After the end of the input, the browser can still return on its own.
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

// TestAndFix tests the sign-in and writes the result to w. While the user agrees, it fixes and retests. It returns the
// last result.
func (g *Session) TestAndFix(ctx context.Context, p verify.Verifier, w io.Writer) (signintest.Result, error) {
	for {
		result, err := g.Test(ctx, p)
		if err != nil {
			report.Remains(g.Out, g.Marks, result.Left)
			return result, err
		}
		report.Outcome(w, g.Marks, result)
		if !doctor.Fixable(result.AutoFix) {
			return result, nil
		}
		word, err := g.choice(ctx, "f fix and retest, Enter continues > ", "continue", "f")
		switch {
		case errors.Is(err, errEnded), err == nil && word != "f":
			return result, nil
		case err != nil:
			return result, err
		}
		if done, err := g.FixCause(ctx, p, result, "", false); err != nil || !done {
			return result, err
		}
	}
}

// FixCause fixes the cause of a failed test, as Fix does. A fix that assigns a user to the app asks for the user unless one is named.
func (g *Session) FixCause(ctx context.Context, p verify.Verifier, result signintest.Result, user string, yes bool) (done bool, err error) {
	ask := result.AutoFix == signintest.FixAssignUser && user == ""
	if ask {
		user = result.User
	}
	return g.Fix(ctx, p, ask, user, yes, result.AutoFix)
}

// runDoctor runs doctor, on a page too if the user names one. While the user agrees, it fixes what it can and checks
// again.
func (g *Session) runDoctor(ctx context.Context, p verify.Verifier) error {
	site, err := g.word(ctx, "Page URL to check as well, or Enter to skip it > ")
	if err != nil {
		return err
	}
	for {
		found, err := p.Examine(ctx, site)
		if err != nil {
			return err
		}
		report.Findings(g.Out, g.Marks, found)
		if len(found.Fixes()) == 0 {
			return nil
		}
		if word, err := g.choice(ctx, "f fix what the wizard can, Enter continues > ", "continue", "f"); err != nil || word != "f" {
			return err
		}
		if done, err := g.Fix(ctx, p, found.AssignsUser(), "", false); err != nil || !done {
			return err
		}
	}
}

// Fix plans the fixes, by default all, shows the plan, and applies it once the user confirms, or at once with yes. A fix
// that assigns the app assigns it to the user with that login; with ask, Enter stands for that login, and it asks until
// Okta has the user. done reports whether it applied the plan.
func (g *Session) Fix(ctx context.Context, p verify.Verifier, ask bool, user string, yes bool, fixes ...signintest.Fix) (done bool, err error) {
	prompt := "Okta login of the user to assign, or Enter to cancel > "
	if user != "" {
		prompt = "Okta login of the user to assign [" + user + "] > "
	}
	for {
		login := user
		if ask {
			login, err = g.word(ctx, prompt)
			if login = cmp.Or(login, user); err != nil || login == "" {
				return false, err
			}
		}
		plan, err := p.PlanFix(ctx, login, fixes...)
		var problem *explain.Error
		switch {
		case ask && errors.As(err, &problem) && problem.Step == guide.StepAssignUser:
			fmt.Fprintln(g.Out, g.Marks.Note+" "+problem.Problem)
		case err != nil:
			return false, err
		default:
			return g.applyFix(ctx, p.Fix, plan, yes)
		}
	}
}

// applyFix shows the plan of a fix, and applies it as Fix says.
func (g *Session) applyFix(ctx context.Context, apply func(context.Context, setup.Plan, *engine.Stop) error, plan setup.Plan, yes bool) (done bool, err error) {
	if !plan.Writes() {
		fmt.Fprintln(g.Out, g.Marks.Note+" The wizard can't fix this for you.")
		g.notices(plan.Attention())
		return false, nil
	}
	fmt.Fprintln(g.Out)
	report.Plan(g.Out, g.Marks, plan)
	g.notices(plan.Attention())
	if !yes {
		if agreed, err := g.agree(ctx); err != nil || !agreed {
			return false, err
		}
	}
	return true, g.apply(ctx, apply, plan)
}

// confirm asks a question whose answer is no unless the user types yes.
func (g *Session) confirm(ctx context.Context, question string) (bool, error) {
	word, err := g.choice(ctx, question+" [y/N] ", "no", "yes")
	return word == "yes", err
}
