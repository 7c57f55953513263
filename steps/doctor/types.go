package doctor

import (
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
)

// Config says what is examined.
type Config struct {
	Env        *setup.Session
	Deployment string // its id or name; empty: the answer to the guide's question, or the only one that signs visitors in
	Site       string // the address of the customer's page; empty: no page is looked at
	User       string // a login of somebody who should be able to sign in; empty: nobody in particular
}

// State is how a check came out.
type State int

// The states. A check is Skipped where something is not known that it needs; its Why then says what.
const (
	OK State = iota
	Fail
	Warn
	Skipped
)

var stateNames = map[State]string{OK: "ok", Fail: "fail", Warn: "warning", Skipped: "skipped"}

// String returns one word for the state, as documents have it.
func (s State) String() string { return stateNames[s] }

// The places of the chain, in the order in which doctor follows it.
const (
	PlaceSite          = "website"
	PlaceDeployment    = "Messenger deployment"
	PlaceConfiguration = "Messenger configuration"
	PlaceIntegration   = "integration"
	PlaceDocument      = "discovery document"
	PlaceApp           = "Okta app integration"
	PlaceAccess        = "Okta access"
	PlaceVisits        = "visitors' sign-ins"
)

// Finding is what one check found.
type Finding struct {
	Check     string // the check's id, such as pinned-version
	Place     string // one of the places
	State     State
	What      string // what is so, with the values
	Why       string // why it matters, or why the check was skipped
	Fix       string // the one next step; empty where nothing is to do
	DocURL    string
	RequestID string
	AutoFix   signintest.Fix // what PlanFix can do about it
}

// Chain is what was found on the way from the deployment to the Okta app; a member is empty where it is not known.
type Chain struct {
	Region       string // as it was answered
	Organization string // Genesys Cloud's name for it

	DeploymentID, Deployment       string // id and name
	DeploymentStatus               string
	Domains                        []string // allowed ones
	AllDomains                     bool
	Snippet                        string
	ConfigurationID, Configuration string // id and name
	Pinned, Newest                 string // versions: what visitors get, and the newest published one
	SignIn, StepUp                 bool   // authentication is on in the pinned version; sessions may begin anonymously
	IntegrationID, Integration     string // id and name
	IntegrationState               string // as reported: ACTIVE, …
	DiscoveryURI, Issuer           string
	Org                            string // the Okta org's address
	AppID, App, ClientID           string // id, label, client id
	RedirectURIs                   []string
	Server                         string // name of the authorization server
	Policy, Rule                   string // that let the app in; empty at the org's own server
	AccessMinutes                  int    // life of an access token; 0: not known
	Site                           string // the page that was looked at, after its redirects
}

// Report is what an examination found, in the order of the places.
type Report struct {
	Chain    Chain
	Findings []Finding

	seen *seen
}

// Failed reports whether a check failed.
func (r *Report) Failed() bool {
	for _, f := range r.Findings {
		if f.State == Fail {
			return true
		}
	}
	return false
}
