package steps

import (
	"slices"

	"msgsso-wizard/steps/guide"
)

// TakenBack notes that what a change made is gone, or as it was before. Not to be called while a run is under way.
func (e *Env) TakenBack(c Change) {
	e.Forget(c.Kind, c.ID)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.undone = append(e.undone, c)
}

// Forget has the run count nothing that is known of an object as made any more.
func (e *Env) Forget(kind guide.ObjectKind, id string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.made = slices.DeleteFunc(e.made, func(c Change) bool { return c.Kind == kind && c.ID == id })
}

// StartOver forgets what plans found of the objects of the guide, for who changed them besides it. The connections
// stay. Not to be called while a run is under way.
func (e *Env) StartOver() {
	f := &e.facts
	f.begin(nil)
	f.app, f.policy, f.integration, f.configuration, f.deployment = nil, nil, nil, nil, nil
	f.appSecret, f.credential = guide.Secret{}, ""
	f.version, f.live, f.pinned, f.older = "", false, false, ""
	f.snippet, f.warnings = "", nil
}
