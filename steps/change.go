package steps

// Verb says what becomes of an object.
type Verb string

// The verbs of a plan.
const (
	Create Verb = "create"
	Update Verb = "update"
	Reuse  Verb = "reuse"
	Wait   Verb = "wait"
)

// The kinds of object that the guide makes, in the vendors' words and the guide's order.
const (
	KindApp           = "app integration"
	KindAssignment    = "assignment"
	KindOrigin        = "trusted origin"
	KindPolicy        = "access policy"
	KindRule          = "policy rule"
	KindIntegration   = "integration"
	KindCredential    = "credential"
	KindSettings      = "settings"
	KindState         = "state"
	KindConfiguration = "configuration"
	KindVersion       = "published version"
	KindDeployment    = "deployment"
)

// Change is one thing that a step will do, or did.
type Change struct {
	Step string // the step's id
	Verb Verb
	Kind string // one of the kinds
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
