package cli

import (
	"context"

	"github.com/spf13/cobra"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/report"
)

func (p *Program) testCommand() *cobra.Command {
	var (
		c      = look{options: newOptions()}
		result signintest.Result
	)
	cmd := &cobra.Command{
		Use:   "test",
		Short: "Sign in with a browser, at Okta and through Genesys Cloud, and say which side is at fault",
		Long: "Signs somebody in for real, with a browser: once at Okta, and once through Genesys Cloud, as Messenger does.\n" +
			"It says what was proven, or which side is at fault. Its tokens are revoked at the end. Without a terminal it\n" +
			"prints the address to open and waits for 10 minutes.",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.look(cmd.Context(), c) },
	}
	c.registerLook(cmd, "Where the browser comes back to, as registered in Okta; otherwise a registered address on this computer", "Standard output is the verdict (text) or one document (json)")
	cmd.Flags().BoolVar(&c.noBrowser, "no-browser", false, "Open no browser: the address is printed in any case")
	c.do = func(ctx context.Context, l *looking) (err error) {
		if named := l.env.Answers.Get(guide.RedirectURIs); named.From != guide.FromDefault {
			l.bench.RedirectURI = named.Value
		}
		if l.mode == lines && c.output.word == "text" {
			result, err = l.session.TestAndFix(ctx, l.bench, l.prose())
		} else {
			result, err = l.unattendedTest(ctx)
		}
		if err != nil {
			return err
		}
		l.told = true
		return report.TestError(result)
	}
	c.document = func(l *looking, problem *setup.ResultError) any {
		return report.TestOf(result, l.calls(), problem)
	}
	return cmd
}

// unattendedTest is a test after which nobody is asked anything.
func (l *looking) unattendedTest(ctx context.Context) (signintest.Result, error) {
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
