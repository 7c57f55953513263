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
	"msgsso-wizard/wizard/report"
)

// undoing is one run of the command undo.
type undoing struct {
	named string // the run's id; empty: the last one that left something
	yes   bool

	run       journal.Run
	elsewhere string // names a run in other orgs, if there is none in these
	kept      string // says which undone run in these orgs kept things, if there is nothing else to undo
	book      *journal.Book
	items     []engine.Item
	close     func()
}

func (p *Program) undoCommand() *cobra.Command {
	var u undoing
	c := look{options: newOptions(), anywhere: true}
	cmd := &cobra.Command{
		Use:   "undo [RUN]",
		Short: "Take back what a run made, and leave alone what others changed or use since",
		Long: "Deletes what the last run made, or the run of that id, and puts back the fields that it changed in things which\n" +
			"were there before. It shows what would go and asks. It may be interrupted and repeated.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			u.named = slices.Concat(args, []string{""})[0]
			u.close = func() {}
			defer func() { u.close() }()
			return p.look(cmd.Context(), c)
		},
	}
	c.registerOrgs(cmd, "Standard output is what went (text) or one document (json)", nil)
	c.registerState(cmd)
	cmd.Flags().BoolVar(&u.yes, "yes", false, "Do not ask")
	c.prepare, c.do = u.choose, u.do
	c.document = func(_ *looking, problem *setup.ResultError) any { return report.UndoOf(u.run.ID, u.items, problem) }
	return cmd
}

// choose finds the run, whose answers say which orgs it was in; idle: none left anything.
func (u *undoing) choose(l *looking, answers *guide.Answers) (idle bool, err error) {
	if !u.yes && l.mode == unattended {
		return false, nobodyAnswers("Undo asks before it deletes anything")
	}
	folder, release, err := l.stateFolder(l.options)
	switch {
	case errors.Is(err, journal.ErrLocked):
		return false, alreadyRunning(err)
	case err != nil:
		return false, noRecords(err)
	}
	u.close = release
	u.run, err = u.find(folder, answers)
	switch {
	case err != nil:
		return false, noRecords(err)
	case u.kept != "":
		fmt.Fprintln(l.Err, l.marks(l.mode == lines).Look+" "+u.kept+u.elsewhere)
		return true, nil
	case u.run.ID == "":
		fmt.Fprintln(l.Err, l.marks(l.mode == lines).Done+" Nothing is left to take back in "+folder.Path()+
			". Runs on another computer, or of another user, are kept there (--state-dir)."+u.elsewhere)
		return true, nil
	}
	answers.FromRun(u.run.Answers)
	u.book = journal.NewBook(folder, l.Version, answers)
	u.book.Continue(u.run)
	return false, nil
}

// find reads the run that was named, or the last one in the orgs of the answers that left something; zero: none did.
func (u *undoing) find(folder *journal.Folder, answers *guide.Answers) (journal.Run, error) {
	if u.named != "" {
		return folder.Run(u.named)
	}
	runs, _, err := folder.Runs()
	if err != nil {
		return journal.Run{}, err
	}
	runs = slices.DeleteFunc(runs, func(r journal.Run) bool { return len(r.Left()) == 0 })
	for _, run := range slices.Backward(runs) {
		switch {
		case runElsewhere(answers, run):
		case run.State != journal.Undone:
			u.kept = ""
			return run, nil
		case u.kept == "":
			u.kept = keptBy(run)
		}
	}
	runs = slices.DeleteFunc(runs, func(r journal.Run) bool { return r.State == journal.Undone })
	if len(runs) > 0 {
		other := runs[len(runs)-1]
		u.elsewhere = fmt.Sprintf(" Run %s was in %s and %s: to undo it, sign in there.", other.ID, other.Okta, other.Genesys)
	}
	return journal.Run{}, nil
}

// keptBy says what an undone run kept, and how to look at it again.
func keptBy(run journal.Run) string {
	things, them := "1 thing", "it"
	if n := len(run.Left()); n > 1 {
		things, them = fmt.Sprintf("%d things", n), "them"
	}
	return fmt.Sprintf("Run %s kept %s; `msgsso-wizard undo %[1]s` looks at %[3]s again.", run.ID, things, them)
}

func noRecords(err error) error {
	return &explain.Error{
		Class: explain.ClassUsage, Problem: explain.Sentence("What runs made cannot be read: " + err.Error()),
		Fix: "Name the folder (--state-dir), or the run as its file is called there, without .json.", Err: err,
	}
}

func (u *undoing) do(ctx context.Context, l *looking) error {
	l.env.Journal = u.book
	fmt.Fprintf(l.Err, "The run of %s:\n", u.run.Began.Local().Format("2 January 15:04"))
	var err error
	u.items, err = l.session.ConfirmUndo(ctx, setup.NewUndo(l.env, journal.Undoing{Book: u.book}), u.yes, func(i engine.Item) {
		if l.options.output.word == "text" {
			report.UndoneItem(l.Out, l.marks(l.mode == lines), i)
		}
	})
	return err
}
