package journal

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
)

// Journal keeps one run as it goes on; it is a setup.Journal. The record begins with the first change: a run that
// changes nothing leaves nothing.
type Journal struct {
	folder  *Folder     // nil: kept in memory only, as in a demo
	memory  *[]*Journal // without a folder: all of the program's runs
	answers *guide.Answers
	now     func() time.Time
	refuses error // of every change

	mu  sync.Mutex
	run Run
}

// New returns the Journal of a run of this program's version. folder may be nil.
func New(folder *Folder, program string, answers *guide.Answers) *Journal {
	b := &Journal{folder: folder, memory: &[]*Journal{}, answers: answers, now: time.Now, run: NewRun(time.Now(), program)}
	*b.memory = append(*b.memory, b)
	return b
}

// OtherRun returns the Journal of another run of the same program, such as a rotation in the guide.
func (b *Journal) OtherRun(answers *guide.Answers) *Journal {
	if b.refuses != nil {
		return b
	}
	other := New(b.folder, b.run.Program, answers)
	*b.memory = append(*b.memory, other)
	other.memory = b.memory
	return other
}

// ForSite says of which site of an answers file the run is. It returns the Journal.
func (b *Journal) ForSite(name string) *Journal {
	b.run.Site = name
	return b
}

// By says which command the run is of. It returns the Journal.
func (b *Journal) By(command string) *Journal {
	b.run.Command = command
	return b
}

// Unwritable returns the Journal of a run that has no state folder: it refuses every change with err, so that what it knows
// is of no account.
func Unwritable(err error) *Journal {
	return &Journal{answers: guide.NewAnswers(), now: time.Now, refuses: err}
}

// ErrElsewhere is a run that would go on in another organization than it began in.
var ErrElsewhere = errors.New("this run is for another Genesys Cloud organization (--fresh starts a new run)")

// Continue resumes a run that was cut off.
func (b *Journal) Continue(r Run) {
	b.mu.Lock()
	defer b.mu.Unlock()
	r.State = Running
	b.run = r
}

// Run returns what is kept so far; of a nil Journal nothing.
func (b *Journal) Run() Run {
	if b == nil {
		return Run{}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	r := b.run
	r.Entries = slices.Clone(r.Entries)
	return r
}

// Path is the file in which the run is kept; empty where it is kept in memory only.
func (b *Journal) Path() string {
	if b.folder == nil {
		return ""
	}
	return filepath.Join(b.folder.path, b.Run().ID+".json")
}

// Enter keeps which Genesys Cloud organization the run is in. Its error keeps the run out of another one.
func (b *Journal) Enter(organization string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.run.Organization != "" && organization != b.run.Organization {
		return ErrElsewhere
	}
	b.run.Organization = organization
	return nil
}

// Intend keeps a change that is about to be sent. Its error keeps it from being sent.
func (b *Journal) Intend(c engine.Change) (int, error) {
	if b.refuses != nil {
		return 0, b.refuses
	}
	undo, err := json.Marshal(change{In: c.In, Fields: c.Fields})
	if err != nil {
		return 0, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.run.Format = Format
	b.run.Okta, b.run.Genesys = b.answers.Value(guide.OktaOrg), b.answers.Value(guide.GenesysRegion)
	b.run.Answers, b.run.State = b.answers.Given(), Running
	b.run.Entries = append(b.run.Entries, Entry{
		Step: c.Step, Verb: string(c.Verb), Kind: c.Kind, Name: c.Name, ID: c.ID, Stage: Intended, At: b.now(), Undo: undo,
	})
	if err := b.save(); err != nil {
		b.run.Entries = b.run.Entries[:len(b.run.Entries)-1]
		return 0, err
	}
	return len(b.run.Entries) - 1, nil
}

// Settle keeps what became of a change. What a service refused is not there; what got no answer may be.
func (b *Journal) Settle(entry int, id string, failed error) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	e := &b.run.Entries[entry]
	if id != "" {
		e.ID = id
	}
	switch {
	case failed == nil:
		e.Stage = Made
	case refused(failed):
		e.Stage = Refused
	default:
		return nil // as it was kept before
	}
	return b.save()
}

// refused reports whether a service answered that it does not do it.
func refused(err error) bool {
	e, ok := apiclient.AsError(err)
	return ok && !e.Maybe && e.Status >= 400 && e.Status < 500
}

// Found keeps that a change whose answer was lost was carried out: what it was to create is there, or what it was to
// change needs no change any more.
func (b *Journal) Found(c engine.Change) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i, e := range slices.Backward(b.run.Entries) {
		created, changed := e.ID == "" && e.Name == c.Name && c.OfRun, e.ID == c.ID && !c.Writes()
		if e.Kind == c.Kind && e.Stage == Intended && (created || changed) {
			b.run.Entries[i].ID, b.run.Entries[i].Stage = c.ID, Made
			return b.save()
		}
	}
	return nil
}

// Created returns what this run, or one in the same orgs that wrote less than the given time ago, created by that key,
// newest first.
func (b *Journal) Created(kind guide.ObjectKind, key engine.Key, recent time.Duration) []engine.Past {
	run := b.Run()
	past := created(run, kind, key, time.Time{})
	for _, other := range b.Others() {
		if other.Okta == b.answers.Value(guide.OktaOrg) && other.Genesys == b.answers.Value(guide.GenesysRegion) {
			past = append(past, created(other, kind, key, b.now().Add(-recent))...)
		}
	}
	slices.SortStableFunc(past, func(a, b engine.Past) int { return b.At.Compare(a.At) })
	return past
}

// created are a run's creates by that key since then.
func created(r Run, kind guide.ObjectKind, key engine.Key, since time.Time) []engine.Past {
	var out []engine.Past
	for _, e := range r.PastRun().Entries {
		in := len(key.In) == 0 || slices.Equal(key.In, e.Ref.In)
		if e.Kind == kind && e.Verb == engine.Create && (key.Name == "" || key.Name == e.Name) && in && e.At.After(since) {
			out = append(out, engine.Past{Ref: e.Ref, Name: e.Name, At: e.At})
		}
	}
	return out
}

// RunID names the run.
func (b *Journal) RunID() string { return b.Run().ID }

// Others are the other runs in the folder that were not undone; what cannot be read is left out.
func (b *Journal) Others() []Run {
	return slices.DeleteFunc(b.stored(), func(r Run) bool { return r.ID == b.RunID() || r.State == Undone })
}

// stored are the runs in the folder that can be read.
func (b *Journal) stored() (runs []Run) {
	switch {
	case b.folder != nil:
		runs, _, _ = b.folder.Runs()
	case b.memory != nil:
		for _, kept := range *b.memory {
			runs = append(runs, kept.Run())
		}
	}
	return runs
}

// Known reports whether a record in the folder tells of a change of the object, or of one whose answer was lost. The
// record of an undone run counts, too: the undo may have kept the object.
func (b *Journal) Known(kind guide.ObjectKind, name, id string) bool {
	return b.refuses != nil || slices.ContainsFunc(append(b.stored(), b.Run()), func(r Run) bool {
		return slices.ContainsFunc(r.Entries, func(e Entry) bool {
			return e.Kind == kind && (e.ID == id || e.ID == "" && e.Name == name && e.Stage == Intended)
		})
	})
}

// Did returns what the run did to objects of a kind and did not undo, oldest first.
func (b *Journal) Did(kind guide.ObjectKind) []engine.Entry {
	return slices.DeleteFunc(b.Run().PastRun().Entries, func(e engine.Entry) bool { return e.Kind != kind })
}

// End keeps how the run ended. A run that changed nothing is not kept.
func (b *Journal) End(s State) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.run.Entries) == 0 {
		return nil
	}
	b.run.State = s
	return b.save()
}

// save writes the run. The caller holds the lock.
func (b *Journal) save() error {
	b.run.Changed = b.now()
	if b.folder == nil {
		return nil
	}
	return b.folder.Save(b.run)
}
