package cli

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"sync"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/setup"
)

// errNoFolder says that there is nowhere to keep what a run does.
var errNoFolder = errors.New("neither XDG_STATE_HOME nor HOME names a folder")

// openState opens the folder that keeps what runs do; empty is the usual one.
func (p *Program) openState(path string) (*journal.Folder, error) {
	if path = cmp.Or(path, journal.DefaultPath(p.Lookup)); path == "" {
		return nil, errNoFolder
	}
	return journal.Open(path)
}

// stateFolder opens it for a run. release lets other runs begin.
func (p *Program) stateFolder(o *options) (folder *journal.Folder, release func(), err error) {
	if folder, err = p.openState(o.stateDir); err != nil {
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
		r.env.Journal = journal.Unwritable(err)
		return func() {}, nil
	}
	if user, _ := r.Lookup("SUDO_USER"); user != "" {
		fmt.Fprintf(r.Err, "%s Run by %s through sudo: what is made is written down in %s, as another user, and undo finds it through sudo only.\n",
			r.marks(false).Look, user, folder.Path())
	}
	r.book = journal.NewBook(folder, r.Version, answers)
	r.env.Journal = r.book
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

func runElsewhere(a *guide.Answers, run journal.Run) bool {
	other := func(key guide.Key, was string) bool {
		now := a.Get(key)
		return now.Given && now.From > guide.FromDefault && now.Value != was
	}
	return other(guide.OktaOrg, run.Okta) || other(guide.GenesysRegion, run.Genesys)
}

// alreadyRunning says which other run holds the lock, as that wrote about itself.
func alreadyRunning(err error) error {
	_, who, _ := strings.Cut(err.Error(), journal.ErrLocked.Error())
	return &explain.Error{
		Class:   explain.ClassConflict,
		Problem: "Another run of msgsso-wizard is under way on this computer: " + strings.TrimPrefix(who, ": ") + ".",
		Fix:     "Finish it first; two at once would make things twice.", Err: err,
	}
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
// run waiting. What else a journal is asked, one that keeps nothing answers: a fix marks nothing, and what it fixes is
// there on purpose, whoever made it.
type later struct {
	setup.Journal
	open func() (setup.Journal, func(), error)

	mu      sync.Mutex
	begun   setup.Journal // nil: not yet
	release func()
}

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

// Settle passes on what became of a change.
func (l *later) Settle(entry int, id string, failed error) error {
	return l.begun.Settle(entry, id, failed)
}

func (l *later) end() {
	if l.release != nil {
		l.release()
	}
}
