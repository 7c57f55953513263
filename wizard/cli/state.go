package cli

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/setup"
)

// errNoFolder means that there is no folder for the run journal.
var errNoFolder = errors.New("neither XDG_STATE_HOME nor HOME names a folder")

// openState opens the folder of the run journals; empty is the default one.
func (p *Program) openState(path string) (*journal.Folder, error) {
	if path = cmp.Or(path, journal.DefaultPath(p.Lookup)); path == "" {
		return nil, errNoFolder
	}
	return journal.Open(path)
}

// stateFolder opens and locks it for a run. release unlocks it.
func (p *Program) stateFolder(o *options) (folder *journal.Folder, release func(), err error) {
	if folder, err = p.openState(o.stateDir); err != nil {
		return nil, nil, err
	}
	unlock, err := folder.Lock()
	if err != nil {
		return nil, nil, err
	}
	return folder, func() { _ = unlock() }, nil // the system releases it with the process
}

// onlyRun opens and locks it until the end of a command that can't do without it. failed says what a folder that can't be
// opened means.
func (l *readRun) onlyRun(failed func(error) error) (folder *journal.Folder, err error) {
	folder, l.release, err = l.stateFolder(l.options)
	if errors.Is(err, journal.ErrLocked) {
		failed = alreadyRunning
	}
	if err != nil {
		return nil, failed(err)
	}
	return folder, nil
}

// keep opens the run journal and resumes an interrupted run. Without a journal the run changes nothing. A second run at
// the same time is refused.
func (r *run) keep(answers *guide.Answers) (release func(), err error) {
	folder, runs, release, err := r.state()
	switch {
	case errors.Is(err, journal.ErrLocked):
		return nil, alreadyRunning(err)
	case err != nil:
		r.env.Journal = journal.Unwritable(err)
		return func() {}, nil
	}
	if r.journal, r.resumed, err = r.journalOf(folder, runs, answers, r.options.onlySite); err != nil {
		release()
		return nil, err
	}
	r.env.Journal, r.env.Earlier = r.journal, earlier(runs)
	return release, nil
}

// state opens and locks the folder of the run journals, and reads those to resume.
func (r *run) state() (folder *journal.Folder, runs []journal.Run, release func(), err error) {
	if folder, release, err = r.stateFolder(r.options); err != nil {
		return nil, nil, nil, err
	}
	if user, _ := r.Lookup("SUDO_USER"); user != "" {
		fmt.Fprintf(r.Err, "%s %s started this run with sudo. The run journal is in %s and belongs to another user. To undo this run, use sudo.\n",
			r.marks(false).Note, explain.OneLine(user), explain.OneLine(folder.Path()))
	}
	runs, unread, _ := folder.Runs() // those that can't be read stay as they are
	for _, broken := range unread {
		fmt.Fprintf(r.Err, "%s The journal of an earlier run can't be read, so it stays as it is: %v.\n", r.marks(false).Note, broken)
	}
	if r.options.fresh {
		runs = nil
	}
	return folder, runs, release, nil
}

// earlier finds the answers of these runs in an organization; nil: there are no runs.
func earlier(runs []journal.Run) func(organization string) *guide.Answers {
	if runs == nil {
		return nil
	}
	return func(organization string) *guide.Answers {
		answers := guide.NewAnswers()
		for _, run := range slices.Backward(runs) { // the latest of each
			if run.Organization == organization {
				answers.FromRun(run.Answers)
			}
		}
		return answers
	}
}

// journalOf returns the journal of a run for a site; empty: for none. It continues the last run of that site if it was
// interrupted in the same orgs, and says so. A user sees its answers before they are used; without one, those that grant
// access have to be given again.
func (r *run) journalOf(folder *journal.Folder, runs []journal.Run, answers *guide.Answers, site string) (kept *journal.Journal, resumed string, err error) {
	kept = journal.New(folder, r.Version, answers).By(r.options.command).ForSite(site)
	runs = slices.DeleteFunc(slices.Clone(runs), func(run journal.Run) bool { return run.Site != site || run.Rotates() })
	if len(runs) == 0 {
		return kept, "", nil
	}
	last := runs[len(runs)-1]
	if last.State != journal.Running || runElsewhere(answers, last) {
		return kept, "", nil
	}
	before := answers.Clone()
	answers.FromRun(last.Answers)
	if again := answers.Granted(before); r.mode == unattended && len(again) > 0 {
		return kept, "", explain.ResumedAnswers(again)
	}
	kept.Continue(last)
	var made []string
	for _, e := range last.Left() {
		made = append(made, string(e.Kind)+" "+e.Kind.Shown(e.Name))
	}
	return kept, fmt.Sprintf("Resuming the run from %s. It had created, or may have created: %s.", inUTC(last.Began), strings.Join(made, ", ")), nil
}

func inUTC(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

func runElsewhere(a *guide.Answers, run journal.Run) bool {
	other := func(key guide.Key, was string) bool {
		now := a.Get(key)
		return now.Given && now.From > guide.FromDefault && was != "" && now.Value != was
	}
	return other(guide.OktaOrg, run.Okta) || other(guide.GenesysRegion, run.Genesys)
}

// alreadyRunning names the run that holds the lock.
func alreadyRunning(err error) error {
	_, who, _ := strings.Cut(err.Error(), journal.ErrLocked.Error())
	return &explain.Error{
		Class:   explain.ClassConflict,
		Problem: "Another msgsso-wizard run is in progress on this computer: " + strings.TrimPrefix(who, ": ") + ".",
		Fix:     "Wait until it ends. Parallel runs could create duplicates.", Err: err,
	}
}

// begin opens the journal of a run that fixes something. It keeps where the run was, and not what was fixed: a guide that
// resumes it has its own answers.
func (r *run) begin(answers *guide.Answers) (setup.Journal, func(), error) {
	folder, release, err := r.stateFolder(r.options)
	if err != nil {
		return nil, nil, err
	}
	runJournal := journal.New(folder, r.Version, answers.Only(connection...)).By(r.options.command)
	return runJournal, func() {
		if made, old := runJournal.Run().Rotated(); made == nil || old != nil { // else a rotation resumes it
			_ = runJournal.End(journal.Done) // its changes are already in the journal
		}
		release()
	}, nil
}

// existing opens the folder of the run journals if there is one.
func (r *run) existing() (*journal.Folder, error) {
	path := cmp.Or(r.options.stateDir, journal.DefaultPath(r.Lookup))
	if path == "" {
		return nil, errNoFolder
	}
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	return r.openState(path)
}

// known is a journal that knows the runs on this computer.
func (r *run) known(answers *guide.Answers) setup.Journal {
	folder, err := r.existing()
	if err != nil {
		return journal.Unwritable(nil)
	}
	return journal.New(folder, r.Version, answers)
}

// later is a journal that begins with the first change: most of these commands change nothing and must not block another
// run. What it knows of earlier runs, the journal in it says.
type later struct {
	setup.Journal
	open func() (setup.Journal, func(), error)

	mu      sync.Mutex
	begun   setup.Journal // nil: not yet
	release func()
}

// RunID is empty: a fix marks no objects.
func (l *later) RunID() string { return "" }

// Intend begins the journal where this is the first change.
func (l *later) Intend(c engine.Change) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.begun == nil {
		var err error
		if l.begun, l.release, err = l.open(); err != nil {
			return 0, err
		}
	}
	return l.begun.Intend(c)
}

// Settle passes on the outcome of a change.
func (l *later) Settle(entry int, id string, failed error) error {
	return l.begun.Settle(entry, id, failed)
}

func (l *later) end() {
	if l.release != nil {
		l.release()
	}
}
