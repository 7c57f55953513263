package cli

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/setup"
)

// errNoFolder says that there is nowhere to keep what a run does.
var errNoFolder = errors.New("neither XDG_STATE_HOME nor HOME names a folder")

// stateFolder opens the folder that keeps what runs do. release lets other runs begin.
func (p *Program) stateFolder(o *options) (folder *journal.Folder, release func(), err error) {
	path := o.stateDir
	if path == "" {
		path = journal.DefaultPath(p.Lookup)
	}
	if path == "" {
		return nil, nil, errNoFolder
	}
	if folder, err = journal.Open(path); err != nil {
		return nil, nil, err
	}
	unlock, err := folder.Lock()
	if err != nil {
		return nil, nil, err
	}
	return folder, func() { _ = unlock() }, nil // the system lets go of it with the process
}

// keep has the run write down what it changes, and go on with one that was cut off. A run that cannot write it down
// may look and change nothing; while another run is under way there is none.
func (r *run) keep(answers *guide.Answers) (release func(), err error) {
	folder, release, err := r.stateFolder(r.options)
	switch {
	case errors.Is(err, journal.ErrLocked):
		return nil, alreadyRunning(err)
	case err != nil:
		r.journal = journal.Unwritable(err)
		return func() {}, nil
	}
	if user, _ := r.Lookup("SUDO_USER"); user != "" {
		fmt.Fprintf(r.Err, "%s Run by %s through sudo: what is made is written down in %s, as another user, and undo finds it through sudo only.\n",
			r.marks(false).Look, user, folder.Path())
	}
	r.book = journal.NewBook(folder, r.Version, answers)
	r.journal = r.book
	runs, unread, err := folder.Runs()
	for _, broken := range unread {
		fmt.Fprintf(r.Err, "%s A record of an earlier run is left as it is: %v.\n", r.marks(false).Look, broken)
	}
	if err == nil && !r.options.fresh {
		r.resume(runs, answers)
	}
	return release, nil
}

// resume goes on with the last run, if it was cut off in the same orgs.
func (r *run) resume(runs []journal.Run, answers *guide.Answers) {
	if len(runs) == 0 {
		return
	}
	last := runs[len(runs)-1]
	if last.State != journal.Running || runElsewhere(answers, last) {
		return
	}
	answers.FromRun(last.Answers)
	r.book.Continue(last)
	var made []string
	for _, e := range last.Left() {
		made = append(made, string(e.Kind)+" "+e.Name)
	}
	r.resumed = fmt.Sprintf("Going on with the run of %s, which was cut off after it made, or may have made, %s (--fresh starts over).",
		last.Began.Local().Format("2 January 15:04"), strings.Join(made, "; "))
}

// runElsewhere reports whether the answers name other orgs than the run was in.
func runElsewhere(a *guide.Answers, run journal.Run) bool {
	return elsewhere(a, guide.OktaOrg, run.Okta) || elsewhere(a, guide.GenesysRegion, run.Genesys)
}

// elsewhere reports whether an answer names another org than the run was in.
func elsewhere(a *guide.Answers, key guide.Key, was string) bool {
	now := a.Get(key)
	return now.Given && now.From > guide.FromDefault && now.Value != was
}

func alreadyRunning(err error) error {
	return &explain.Error{
		Class:   explain.ClassConflict,
		Problem: "Another run of msgsso-wizard is under way on this computer: " + strings.TrimPrefix(lockHolder(err), ": ") + ".",
		Fix:     "Finish it first; two at once would make things twice.", Err: err,
	}
}

// lockHolder is what the other run wrote about itself.
func lockHolder(err error) string {
	_, who, _ := strings.Cut(err.Error(), journal.ErrLocked.Error())
	return who
}

// begin opens the journal of a run that fixes something.
func (r *run) begin(answers *guide.Answers) (setup.Journal, func(), error) {
	folder, release, err := r.stateFolder(r.options)
	if err != nil {
		return nil, nil, err
	}
	book := journal.NewBook(folder, r.Version, answers)
	return book, func() {
		_ = book.End(journal.Done) // its changes are kept already
		release()
	}, nil
}

// later is a journal that begins with the first change: most commands that look change nothing, and keep no other
// run waiting.
type later struct {
	open func() (setup.Journal, func(), error)

	mu      sync.Mutex
	journal setup.Journal
	release func()
}

// Intend begins the journal where this is the first change.
func (l *later) Intend(c engine.Change) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.journal == nil {
		var err error
		if l.journal, l.release, err = l.open(); err != nil {
			return 0, err
		}
	}
	return l.journal.Intend(c)
}

// Settle passes on what became of a change.
func (l *later) Settle(entry int, id string, failed error) error {
	return l.journal.Settle(entry, id, failed)
}

// Enter has nothing to compare with: a fix is where doctor looked.
func (*later) Enter(string) error { return nil }

// Found has nothing to keep: the run begins anew.
func (*later) Found(engine.Change) error { return nil }

// Created has nothing to tell.
func (*later) Created(guide.ObjectKind, engine.Key, time.Duration) []engine.Past { return nil }

// RunID is of no account: a fix marks nothing.
func (*later) RunID() string { return "" }

// Known is of no account: what is fixed is there on purpose, whoever made it.
func (*later) Known(guide.ObjectKind, string, string) bool { return true }

func (l *later) end() {
	if l.release != nil {
		l.release()
	}
}
