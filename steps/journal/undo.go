package journal

import "msgsso-wizard/steps/engine"

// Undoing is the Journal of a run that is undone; it is a setup.UndoJournal.
type Undoing struct{ *Journal }

// PastRun returns what is left of the run to undo.
func (u Undoing) PastRun() engine.PastRun { return u.Run().PastRun() }

// Others returns what is left of the other runs in the folder.
func (u Undoing) Others() []engine.PastRun {
	var out []engine.PastRun
	for _, r := range u.Journal.Others() {
		out = append(out, r.PastRun())
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
