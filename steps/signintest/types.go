package signintest

import (
	"context"
	"time"

	"msgsso-wizard/apiclient/callback"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/syslog"
)

// Setup is what is tested.
type Setup struct {
	Document    oidc.Document // of the authorization server that the integration's Discovery URI should name
	ClientID    string        // of the Okta app integration
	Secret      guide.Secret  // its client secret
	RedirectURI string        // a registered one
	Refresh     bool          // asks for offline_access, as a page does that wants refresh tokens

	AuthMethod string // how the app's client signs in at the token endpoint; empty: not known

	DeploymentID string
	Region       string // Genesys Cloud's, as the guide takes it
	AppID        string // the app integration's id, for Okta's System Log; empty: not known

	Discovery services.Discovery
	Messenger services.Messenger
	Okta      services.Okta    // nil: the System Log cannot be read
	Genesys   services.Genesys // nil: after a fault only what browsers see of Genesys Cloud is checked
}

// State is how a check stands.
type State int

// The states. Note is something to know that is neither good nor bad.
const (
	Working State = iota
	Passed
	Failed
	Note
)

// Line is one check of the test. Working lines are followed by one with the same Text that says how it ended.
type Line struct {
	State  State
	Text   string        // what was checked, as a row says it
	Detail string        // what came out; facts are separated by " · "
	Took   time.Duration // 0: not timed
}

// Address is where a browser starts.
type Address = callback.Address

// Front is how a user follows the test. Its functions may be called from several goroutines, one at a time.
type Front struct {
	Open   func(Address)                         // shows it; the caller opens the browser
	Paste  func(context.Context) (string, error) // the address that the browser was sent to; nil: no pasting
	Reject func(error)                           // says why a pasted text was not taken; nil: not reported
	Line   func(Line)                            // gets each check as it comes out
}

// Side is where a fault is.
type Side string

// The sides.
const (
	SideNone    Side = ""
	SideHere    Side = "this computer"
	SideOkta    Side = "Okta"
	SideGenesys Side = "Genesys Cloud"
	SideBetween Side = "between Okta and Genesys Cloud"
)

// Claim is one fact of the ID token, cleaned.
type Claim struct{ Name, Value string }

// Fix names a fix that the wizard can make, after asking.
type Fix = syslog.Fix

// Result is how the test ended.
type Result struct {
	OK      bool
	Side    Side // of the fault; empty where there is none, or where it isn't known
	Lines   []Line
	Claims  []Claim
	Problem *explain.Error // nil when OK
	AutoFix Fix            // what the wizard can do about it
	User    string         // the login of the user whom Okta refused; empty: not known
	Left    []string       // what could not be revoked, and what to do about it
}
