package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/plain"
	"msgsso-wizard/wizard/report"
)

// undoing is one run of the command undo.
type undoing struct {
	yes bool

	run       journal.Run
	elsewhere string // names a run in other orgs, if these have none
	kept      string // names the undone run that kept items, if nothing else is left to undo
	journal   *journal.Journal
	items     []engine.Item
}

func (p *Program) undoCommand() *cobra.Command {
	var u undoing
	c := &readCommand{anywhere: true, runs: "Undo the runs one by one."}
	cmd := p.reads(c, "undo [RUN]", "Delete what a run created and restore what it changed",
		"Deletes what the last run, or the run with that ID, created, and restores what\n"+
			"it changed. Keeps what others now use or have changed. Shows the list and asks\n"+
			"first. You can interrupt it and undo again.")
	c.registerOrgs(cmd, c.opening(), "Standard output: what was undone (text) or one document (json)", nil)
	c.registerState(cmd)
	cmd.Flags().BoolVar(&u.yes, "yes", false, "Don't ask")
	c.prepare, c.do = u.choose, u.do
	c.document = func(_ *readRun, problem *setup.ResultError) any {
		return report.UndoOf(u.run.ID, u.run.Site, u.items, problem)
	}
	return cmd
}

// choose finds the run, whose answers name the orgs. idle reports that nothing is left to undo.
func (u *undoing) choose(l *readRun, answers *guide.Answers) (idle bool, err error) {
	if !u.yes && l.mode == unattended {
		return false, needsTerminal("Undo asks before it deletes anything")
	}
	folder, err := l.onlyRun(noRuns)
	if err != nil {
		return false, err
	}
	u.run, err = u.find(folder, answers, l.named, l.options.onlySite)
	switch {
	case err != nil:
		return false, noRuns(err)
	case u.kept != "":
		fmt.Fprintln(l.Err, l.marks(l.mode == lines).Note+" "+u.kept+u.elsewhere)
		return true, nil
	case u.run.ID == "":
		fmt.Fprintln(l.Err, l.marks(l.mode == lines).Done+" Nothing left to undo in "+explain.OneLine(folder.Path())+
			". Runs on other computers or by other users have other folders (--state-dir)."+u.elsewhere)
		return true, nil
	}
	answers.FromRun(u.run.Answers)
	u.journal = journal.New(folder, l.Version, answers)
	u.journal.Continue(u.run)
	return false, nil
}

// find reads the named run, or the last one in these orgs with something left, of that site if one is named; zero: none.
// With a site, an undone run that kept items is taken too: the others may have released what they share.
func (u *undoing) find(folder *journal.Folder, answers *guide.Answers, named, site string) (journal.Run, error) {
	if named != "" {
		return folder.Run(named)
	}
	runs, _, err := folder.Runs()
	if err != nil {
		return journal.Run{}, err
	}
	runs = slices.DeleteFunc(runs, func(r journal.Run) bool { return len(r.Left()) == 0 || site != "" && r.Site != site })
	var undone journal.Run
	for _, run := range slices.Backward(runs) {
		switch {
		case runElsewhere(answers, run):
		case run.State != journal.Undone:
			return run, nil
		case undone.ID == "" && len(run.Kept()) > 0:
			undone = run
		}
	}
	switch {
	case undone.ID == "":
	case site != "":
		return undone, nil
	default:
		u.kept = keptBy(undone)
	}
	runs = slices.DeleteFunc(runs, func(r journal.Run) bool { return r.State == journal.Undone })
	if len(runs) > 0 {
		other := runs[len(runs)-1]
		u.elsewhere = fmt.Sprintf(" Run %s used %s and %s. To undo it, sign in there.", other.ID, other.Okta, other.Genesys)
	}
	return journal.Run{}, nil
}

// keptBy says how many items an undone run kept, and how to check again.
func keptBy(run journal.Run) string {
	return fmt.Sprintf("Run %s kept %s. Use `msgsso-wizard undo %[1]s` to check again.", run.ID, explain.Counted(len(run.Kept()), "item", "items"))
}

func noRuns(err error) error {
	return &explain.Error{
		Class: explain.ClassUsage, Problem: explain.Sentence("Run journals can't be read: " + err.Error()),
		Fix: "Choose the folder (--state-dir), or name the run by its file there, without .json.", Err: err,
	}
}

func (u *undoing) do(ctx context.Context, l *readRun) error {
	l.env.Journal = u.journal
	of := ""
	if u.run.Site != "" {
		of = fmt.Sprintf(", site %q", explain.OneLine(u.run.Site))
	}
	fmt.Fprintf(l.Err, "Run from %s%s:\n", inUTC(u.run.Began), of)
	var err error
	u.items, err = l.session.ConfirmUndo(ctx, setup.NewUndo(l.env, journal.Undoing{Journal: u.journal}), u.yes, func(i engine.Item) {
		if l.options.output.word == "text" {
			report.UndoneItem(l.Out, l.marks(l.mode == lines), i)
		}
	})
	if errors.Is(err, plain.ErrDeclined) {
		return nil
	}
	return err
}
