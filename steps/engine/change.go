package engine

import (
	"time"

	"msgsso-wizard/steps/guide"
)

// Verb says what becomes of an object.
type Verb string

// The verbs of a plan.
const (
	Create Verb = "create"
	Update Verb = "update"
	Reuse  Verb = "reuse"
	Remove Verb = "delete"
)

// Writes reports whether it alters an object at a service.
func (v Verb) Writes() bool { return v == Create || v == Update || v == Remove }

// Ref says where an object is at its service.
type Ref struct {
	ID string
	In []string // the IDs of the objects that contain it, outermost first
}

// Change is one row of a plan: what a run does to one object, or did.
type Change struct {
	Step guide.StepID
	Verb Verb
	Kind guide.ObjectKind
	Name string
	Why  string   // why it is made or reused, or what changes
	ID   string   // empty until it is known
	In   []string // see Ref
	Mark string   // the note, description, or name by which an object that was found says who made it

	By string // the run that does it first, where several share the object; empty: none

	Fields  []FieldChange // what changes in it; all of them are known once the change is about to be sent
	Unready bool          // made, and not ready when the run ended
	OfRun   bool          // its mark says that this run created it
}

// Writes reports whether the change alters an object at a service.
func (c Change) Writes() bool { return c.Verb.Writes() }

// Ref returns where the change's object is.
func (c Change) Ref() Ref { return Ref{ID: c.ID, In: c.In} }

// same reports whether two changes do the same to the same object.
func (c Change) same(other Change) bool {
	return c.Verb == other.Verb && c.Kind == other.Kind && c.Name == other.Name && c.ID == other.ID && c.Why == other.Why
}

// Notice is something that a plan found and the user should see: a check that passed, or one that needs attention.
type Notice struct {
	Section guide.SectionID
	OK      bool
	Text    string
}

// Phase says how far a change is.
type Phase int

// The phases, in the order in which a change passes them.
const (
	Working  Phase = iota // its call is under way
	Waiting               // the service needs time; Limit says how long the run waits
	Finished              // done; Elapsed says how long it took
	Failed
	Paused // the whole run rests for Limit, because a service asked for it; there is no Change
)

// Event tells a front end how a run proceeds. Events of one run may come from several goroutines.
type Event struct {
	Phase   Phase
	Change  Change
	Text    string        // what the run waits for; of a Finished change, what the run recovered from
	Elapsed time.Duration // since the change began
	Limit   time.Duration // when waiting ends
}
