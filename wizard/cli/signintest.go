package cli

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"

	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/report"
)

func (p *Program) testCommand() *cobra.Command {
	var (
		c      = &readCommand{}
		result signintest.Result
		user   string
		fix    bool
		yes    bool
	)
	cmd := p.reads(c, "test", "Sign in with a browser and report which side fails",
		"Runs a sign-in test with a browser: you sign in at Okta, then through Genesys\n"+
			"Cloud, as Messenger does. The result shows which side fails. The test revokes\n"+
			"its tokens at the end. Without a terminal, it prints the URL to open and waits\n"+
			"10 minutes. With --fix, it fixes the cause if it can, and tests again.")
	c.registerRead(cmd, "URL where the browser returns, as registered in Okta; by default a registered one on this computer", "Standard output: the result (text) or one document (json)")
	cmd.Flags().BoolVar(&c.noBrowser, "no-browser", false, "Don't open a browser; the URL is printed either way")
	c.registerState(cmd)
	cmd.Flags().StringVar(&user, "user", "", "With --fix: Okta `LOGIN` of a user to assign; by default the one whom Okta refused")
	cmd.Flags().BoolVar(&fix, "fix", false, "Show the planned fix of a failed test, ask, apply it, and test again")
	cmd.Flags().BoolVar(&yes, "yes", false, "With --fix: don't ask")
	c.do = func(ctx context.Context, l *readRun) (err error) {
		if fix && !yes && l.mode == unattended {
			return needsTerminal("--fix asks before it changes anything")
		}
		if !fix && l.mode == lines && c.output.word == "text" {
			result, err = l.session.TestAndFix(ctx, l.bench, l.prose())
		} else {
			result, err = l.unattendedTest(ctx)
		}
		if fix && err == nil && result.AutoFix != "" {
			if yes {
				user = cmp.Or(user, result.User)
			}
			var done bool
			if done, err = l.session.FixCause(ctx, l.bench, result, user, yes); err == nil && done {
				result, err = l.unattendedTest(ctx)
			}
		}
		if err != nil {
			return err
		}
		l.written = true
		return report.TestError(result)
	}
	c.document = func(l *readRun, problem *setup.ResultError) any {
		return report.TestOf(result, l.calls(), problem)
	}
	return cmd
}

// unattendedTest runs a test without questions afterward.
func (l *readRun) unattendedTest(ctx context.Context) (signintest.Result, error) {
	result, err := l.session.Test(ctx, l.bench)
	switch {
	case err != nil || l.options.output.word == "json":
		report.Remains(l.Err, l.marks(false), result.Left)
	default:
		report.Outcome(l.prose(), l.marks(true), result)
	}
	if err == nil && l.options.output.word == "json" && result.Problem != nil {
		report.Problem(l.Err, l.marks(false), report.Explain(result.Problem), nil)
	}
	return result, err
}
