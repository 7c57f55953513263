package steps

import "time"

// Phase is how far a change has come.
type Phase int

// The phases, in the order in which a change passes them.
const (
	Working  Phase = iota // its call is under way
	Waiting               // the service needs time; Limit says how long is waited
	Finished              // done; Elapsed says how long it took
	Failed
	Paused // the whole run rests for Limit, because a service asked for it; there is no Change
)

// Event tells a front end how a run goes on. Events of one run may come from several goroutines.
type Event struct {
	Phase   Phase
	Change  Change
	Text    string        // what is awaited
	Elapsed time.Duration // since the change began
	Limit   time.Duration // when waiting ends
}
