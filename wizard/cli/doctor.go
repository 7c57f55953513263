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

// spared are the answers that doctor can do without. It reports the checks that it skips.
var spared = []guide.Key{
	guide.OktaOrg, guide.OktaToken, guide.OktaClientID, guide.OktaKey, guide.ManualClientID, guide.ManualClientSecret,
	guide.GenesysProfile, guide.GenesysClientID, guide.GenesysClientSecret, guide.GenesysAccessToken,
}

func (p *Program) doctorCommand() *cobra.Command {
	var (
		c          = &readCommand{spare: spared}
		site, user string
		fix, yes   bool
		found      *doctor.Report
	)
	cmd := p.reads(c, "doctor", "Check every part of the sign-in chain and explain what to fix",
		"Checks each part of a sign-in, from the deployment to the Okta app, and explains\n"+
			"what to fix. Changes nothing without --fix. With the credentials of one side\n"+
			"only, it checks that side and lists what it skipped.")
	c.registerRead(cmd, "URL of a page where Messenger runs, exactly as registered in Okta; repeatable", "Standard output: the report (text) or one document (json)")
	c.registerState(cmd)
	f := cmd.Flags()
	f.StringVar(&site, "site", "", "`URL` of a page with Messenger to check as well")
	f.StringVar(&user, "user", "", "Okta `LOGIN` of a user who should be able to sign in")
	f.BoolVar(&fix, "fix", false, "Show the planned fixes, ask, apply them, and check again")
	f.BoolVar(&yes, "yes", false, "With --fix: don't ask")
	c.do = func(ctx context.Context, l *readRun) (err error) {
		if fix && !yes && l.mode == unattended {
			return needsTerminal("--fix asks before it changes anything")
		}
		l.bench.User = user
		if found, err = l.examine(ctx, site); err != nil {
			return err
		}
		if fix && found.Failed() && len(found.Fixes()) == 0 {
			fmt.Fprintln(l.session.Out, l.session.Marks.Note+" The wizard can't fix any of this. No changes were made.")
		}
		if fix && len(found.Fixes()) > 0 {
			done, err := l.session.Fix(ctx, l.bench, user == "" && !yes && found.AssignsUser(), "", yes)
			if err != nil {
				return err
			}
			if done {
				if found, err = l.examine(ctx, site); err != nil {
					return err
				}
			}
		}
		return report.Failed(found)
	}
	c.document = func(l *readRun, problem *setup.ResultError) any {
		return report.DoctorOf(found, l.made(), l.calls(), problem)
	}
	return cmd
}

func (l *readRun) examine(ctx context.Context, site string) (*doctor.Report, error) {
	found, err := l.bench.Examine(ctx, site)
	if err == nil && l.options.output.word == "text" {
		report.Findings(l.prose(), l.marks(true), found)
	}
	return found, err
}
