package journal

import (
	"slices"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
)

// Undoing is the Journal of a run that is undone; it is a setup.UndoJournal.
type Undoing struct{ *Journal }

// elsewhere is an entry in the journal of another run.
type elsewhere struct {
	run Run
	at  int
}

func (e elsewhere) entry() Entry { return e.run.Entries[e.at] }

// stranded are the credentials that other runs, such as rotations, stored for the integrations that this run created: they
// go with these.
func (u Undoing) stranded() (out []elsewhere) {
	own := u.Run()
	for _, other := range u.stored() {
		for i, e := range other.Entries {
			in := e.Change(i).Ref.In
			if other.ID != own.ID && e.Kind == guide.KindCredential && e.Verb == string(engine.Create) && len(in) > 0 && own.created(guide.KindIntegration, in[0]) {
				out = append(out, elsewhere{other, i})
			}
		}
	}
	return out
}

// created reports whether the run created an object.
func (r Run) created(kind guide.ObjectKind, id string) bool {
	return slices.ContainsFunc(r.Entries, func(e Entry) bool {
		return e.Kind == kind && e.Verb == string(engine.Create) && e.ID == id
	})
}

// PastRun returns what is left of the run to undo. What is stranded comes after the run's own entries.
func (u Undoing) PastRun() engine.PastRun {
	own := u.Run()
	past := own.PastRun()
	for i, e := range u.stranded() {
		if own.State != Undone && e.entry().left() {
			change := e.entry().Change(len(own.Entries) + i)
			change.Run = e.run.ID
			past.Entries = append(past.Entries, change)
		}
	}
	return past
}

// Others returns what is left of the other runs in the folder, without what is stranded.
func (u Undoing) Others() []engine.PastRun {
	var out []engine.PastRun
	stranded := u.stranded()
	for _, r := range u.Journal.Others() {
		past := r.PastRun()
		past.Entries = slices.DeleteFunc(past.Entries, func(e engine.Entry) bool {
			return slices.ContainsFunc(stranded, func(s elsewhere) bool { return s.run.ID == r.ID && s.at == e.Index })
		})
		out = append(out, past)
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
	if own := len(u.Run().Entries); entry >= own {
		return u.goneElsewhere(u.stranded()[entry-own])
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.run.Entries[entry].Stage = Gone
	return u.save()
}

func (u Undoing) goneElsewhere(e elsewhere) error {
	e.run.Entries[e.at].Stage = Gone
	if u.folder != nil {
		return u.folder.Save(e.run)
	}
	for _, kept := range *u.memory {
		if kept.RunID() == e.run.ID {
			kept.mu.Lock()
			defer kept.mu.Unlock()
			kept.run.Entries[e.at].Stage = Gone
		}
	}
	return nil
}
