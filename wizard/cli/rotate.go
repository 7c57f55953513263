package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/plain"
	"msgsso-wizard/wizard/report"
	"msgsso-wizard/wizard/verify"
)

// rotating is one run of the command rotate.
type rotating struct {
	want    plain.Rotation
	wrong   error // of the age: the document tells it
	old     *choice
	journal *journal.Journal
	done    report.Rotated
}

func (p *Program) rotateCommand() *cobra.Command {
	r := rotating{old: &choice{allowed: []string{plain.OldKeep, plain.OldDeactivate, plain.OldDelete}}}
	c := &readCommand{}
	cmd := p.reads(c, "rotate", "Replace the app's client secret while visitors keep signing in",
		"Creates a second client secret in Okta, stores it in Genesys Cloud, checks that\n"+
			"Okta accepts it, and then deactivates the old one. Visitors can sign in all the\n"+
			"time. An interrupted rotation resumes. Undo goes back until the old secret is\n"+
			"deleted.")
	c.registerRead(cmd, "URL of the page for the sign-in test, as registered in Okta", "Standard output: the result (text) or one document (json)")
	c.registerState(cmd)
	f := cmd.Flags()
	f.Func("max-age", "Do nothing while the client secret is younger than this `AGE`, such as 90d", func(text string) error {
		r.want.MaxAge, r.wrong = parseAge(text)
		return nil
	})
	f.Var(r.old, "old", "What becomes of the old client secret; by default deactivate, and a terminal asks whether to delete it")
	complete(cmd, "old", r.old.allowed)
	f.BoolVar(&r.want.DryRun, "dry-run", false, "Show planned changes without applying them")
	f.BoolVar(&r.want.Yes, "yes", false, "Don't ask")
	f.BoolVar(&c.noBrowser, "no-browser", false, "Don't open a browser for the sign-in test; the URL is printed either way")
	c.prepare, c.do = r.choose, r.do
	c.document = func(l *readRun, problem *setup.ResultError) any {
		return report.RotationOf(r.done, l.made(), l.calls(), problem)
	}
	return cmd
}

// parseAge reads an age in days, such as 90d, or as Go writes a duration.
func parseAge(text string) (time.Duration, error) {
	if count, found := strings.CutSuffix(text, "d"); found {
		if n, err := strconv.Atoi(count); err == nil && n > 0 && n < 100000 {
			return time.Duration(n) * 24 * time.Hour, nil
		}
	}
	if age, err := time.ParseDuration(text); err == nil && age > 0 {
		return age, nil
	}
	return 0, explain.New(explain.ClassUsage, "", "--max-age takes an age such as 90d or 12h.", "msgsso-wizard rotate --help lists the flags.")
}

// choose opens the run journal, and resumes an interrupted rotation.
func (r *rotating) choose(l *readRun, answers *guide.Answers) (idle bool, err error) {
	if r.wrong != nil {
		return false, r.wrong
	}
	if r.want.Old = r.old.word; !r.want.Yes && !r.want.DryRun && l.mode == unattended {
		return false, needsTerminal("Rotate asks before it changes anything")
	}
	folder, err := l.onlyRun(unkept)
	if err != nil {
		return false, err
	}
	r.journal = journal.New(folder, l.Version, answers).By(l.options.command)
	runs, _, err := folder.Runs()
	if err != nil {
		return false, noRuns(err)
	}
	if run, ok := interrupted(runs, answers); ok {
		before := answers.Clone()
		answers.FromRun(run.Answers)
		if again := answers.Granted(before); l.mode == unattended && len(again) > 0 {
			return false, explain.ResumedAnswers(again)
		}
		r.journal.Continue(run)
		fmt.Fprintf(l.Err, "Resuming the rotation from %s.\n", inUTC(run.Began))
	}
	r.want.Run = r.journal.RunID()
	return false, nil
}

// interrupted returns the last rotation that was interrupted in the orgs and for the deployment of the answers.
func interrupted(runs []journal.Run, answers *guide.Answers) (journal.Run, bool) {
	for _, run := range slices.Backward(runs) {
		if run.State == journal.Running && run.Rotates() && !runElsewhere(answers, run) && !otherDeployment(answers, run) {
			return run, true
		}
	}
	return journal.Run{}, false
}

// rotation begins the run of a rotation in the guide, or resumes one that was interrupted. The guide's own run is the setup:
// each is undone alone.
func (r *run) rotation() *verify.Rotation {
	answers := r.env.Answers.Only(append(slices.Clone(connection), guide.DeploymentName)...)
	r.rotated = r.journal.OtherRun(answers).By("msgsso-wizard rotate")
	if run, ok := interrupted(r.rotated.Others(), answers); ok {
		r.rotated.Continue(run)
	}
	env := r.env.OtherRun(r.rotated)
	kept := r.rotated
	return &verify.Rotation{Env: env, Undo: setup.NewUndo(env, journal.Undoing{Journal: kept}), End: func() error { return kept.End(journal.Done) }}
}

// secret returns when the last rotation in the guide created the client secret, and the ID of its run while undo can go back.
func (r *run) secret() (created time.Time, run string) {
	made, old := r.rotated.Run().Rotated()
	if made == nil {
		return created, ""
	}
	if old != nil && old.Verb != string(engine.Remove) {
		run = r.rotated.RunID()
	}
	return made.At, run
}

// otherDeployment reports whether a rotation was for another deployment than the one that was named.
func otherDeployment(a *guide.Answers, run journal.Run) bool {
	now, was := a.Get(guide.DeploymentName), run.Answers[string(guide.DeploymentName)]
	return now.From > guide.FromDefault && len(was) > 0 && was[0] != now.Value
}

func unkept(err error) error {
	return &explain.Error{
		Class: explain.ClassFault, Problem: explain.Sentence("The run journal can't be written: " + err.Error() + ". No changes were made"),
		Fix: "Free up disk space or fix the folder's permissions, or choose another folder (--state-dir).", Err: err,
	}
}

func (r *rotating) do(ctx context.Context, l *readRun) (err error) {
	l.env.Journal = r.journal
	l.session.Undo = setup.NewUndo(l.env, journal.Undoing{Journal: r.journal})
	r.done, err = l.session.Rotate(ctx, l.bench, r.want)
	if r.done.State == report.RotationDone && err == nil {
		err = r.journal.End(journal.Done)
	}
	if err != nil || l.options.output.word != "text" {
		return err
	}
	return report.Rotation(l.Out, l.marks(l.mode == lines), r.done)
}
