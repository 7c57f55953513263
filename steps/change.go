package steps

import "msgsso-wizard/steps/guide"

// Verb says what becomes of an object.
type Verb string

// The verbs of a plan.
const (
	Create Verb = "create"
	Update Verb = "update"
	Reuse  Verb = "reuse"
	Wait   Verb = "wait"
)

// Change is one thing that a step will do, or did.
type Change struct {
	Step string // the step's id
	Verb Verb
	Kind guide.ObjectKind
	Name string
	Why  string // what it follows from, or what changes: "Disabled → Active"
	ID   string // the object's id where it is known
	Mark string // the note, description or name by which an object that was found says who made it

	Organization string // the id of the Genesys Cloud organization that the run is in; empty: not known yet

	Unready bool // made, and not yet ready when the run ended
	Back    Back // known once the change is about to be sent
}

// Writes reports whether the change sends anything that alters an org.
func (c Change) Writes() bool { return c.Verb == Create || c.Verb == Update }
