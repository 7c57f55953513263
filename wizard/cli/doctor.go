package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/report"
)

// spared is what doctor does without: what it cannot look at then is said.
var spared = []guide.Key{
	guide.OktaOrg, guide.OktaToken, guide.OktaClientID, guide.OktaKey, guide.ManualClientID, guide.ManualClientSecret,
	guide.GenesysProfile, guide.GenesysClientID, guide.GenesysClientSecret, guide.GenesysAccessToken,
}

func (p *Program) doctorCommand() *cobra.Command {
	var (
		c          = look{options: newOptions(), spare: spared}
		site, user string
		fix, yes   bool
		found      *doctor.Report
	)
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Look at everything that a sign-in needs, and say what is wrong",
		Long: "Follows a sign-in backwards, from the deployment to the Okta app, and says what is wrong and how to mend it.\n" +
			"It changes nothing unless --fix is given. Without the credentials of one side it looks at the other, and says what it did not see.",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.look(cmd.Context(), c) },
	}
	c.registerLook(cmd, "A page where Messenger runs, which must be registered in Okta to the letter; again for more", "Standard output is the report (text) or one document (json)")
	c.registerState(cmd)
	f := cmd.Flags()
	f.StringVar(&site, "site", "", "The address (`URL`) of the page with Messenger, which is looked at too")
	f.StringVar(&user, "user", "", "The Okta `LOGIN` of somebody who should be able to sign in")
	f.BoolVar(&fix, "fix", false, "Show what would mend it, ask, mend it and look again")
	f.BoolVar(&yes, "yes", false, "With --fix: do not ask")
	c.do = func(ctx context.Context, l *looking) (err error) {
		if fix && !yes && l.mode == unattended {
			return nobodyAnswers("--fix asks before it changes anything")
		}
		l.bench.Site, l.bench.User = site, user
		if found, err = l.examine(ctx); err != nil {
			return err
		}
		if fix && found.Failed() && len(found.Fixes()) == 0 {
			fmt.Fprintln(l.session.Out, l.session.Marks.Look+" The wizard can't fix any of this. Nothing was changed.")
		}
		if fix && len(found.Fixes()) > 0 {
			done, err := l.session.Fix(ctx, l.bench, yes)
			if err != nil {
				return err
			}
			if done {
				if found, err = l.examine(ctx); err != nil {
					return err
				}
			}
		}
		return report.Failed(found)
	}
	c.document = func(l *looking, problem *setup.ResultError) any {
		var mended setup.Result
		if l.env != nil {
			mended = l.env.Result(0)
		}
		return report.DoctorOf(found, mended, l.calls(), problem)
	}
	return cmd
}

func (l *looking) examine(ctx context.Context) (*doctor.Report, error) {
	found, err := l.bench.Examine(ctx)
	if err == nil && l.options.output.word == "text" {
		report.Findings(l.prose(), l.marks(true), found)
	}
	return found, err
}
