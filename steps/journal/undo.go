package journal

import "msgsso-wizard/steps/engine"

// Undoing is a Book of a run that is undone; it is a setup.UndoJournal.
type Undoing struct{ *Book }

// Record returns what is left of the run to undo.
func (u Undoing) Record() engine.Record { return u.Run().Record() }

// Others returns what is left of the other runs in the folder.
func (u Undoing) Others() []engine.Record {
	var out []engine.Record
	for _, r := range u.Book.Others() {
		out = append(out, r.Record())
	}
	return out
}

// Where says in which orgs the run was.
func (u Undoing) Where() (okta, genesys, organization string) {
	run := u.Run()
	return run.Okta, run.Genesys, run.Organization
}

// EndUndone keeps that the run was undone. What it kept for a reason is not asked about again.
func (u Undoing) EndUndone() error { return u.End(Undone) }

// Gone keeps that a change was undone.
func (u Undoing) Gone(entry int) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.run.Entries[entry].Stage = Gone
	return u.save()
}
