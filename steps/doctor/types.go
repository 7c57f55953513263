package doctor

import (
	"slices"

	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
)

// Config says what is examined.
type Config struct {
	Env        *setup.Session
	Deployment string // its id or name; empty: the answer to the guide's question, or the only one that signs visitors in
	Site       string // the address of the customer's page; empty: no page is checked
	User       string // the login of a user who should be able to sign in; empty: any
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

// String returns one word for the state.
func (s State) String() string { return stateNames[s] }

// MarshalText writes that word into documents.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// The places of the chain, in the order in which doctor follows it.
const (
	AreaSite          = "website"
	AreaDeployment    = "Messenger deployment"
	AreaConfiguration = "Messenger configuration"
	AreaIntegration   = "integration"
	AreaDocument      = "discovery document"
	AreaApp           = "Okta app integration"
	AreaAccess        = "Okta access"
	AreaVisits        = "visitors' sign-ins"
)

// Finding is what one check found.
type Finding struct {
	Check     string         `json:"check"` // the check's ID, such as pinned-version
	Area      string         `json:"place"` // where in the chain
	State     State          `json:"state"`
	What      string         `json:"what"`                 // what is so, with the values
	Why       string         `json:"why,omitempty"`        // why it matters, or why the check was skipped
	Fix       string         `json:"fix,omitempty"`        // the next step; empty: none is needed
	DocURL    string         `json:"doc_url,omitempty"`    // the vendor's page
	RequestID string         `json:"request_id,omitempty"` // the service's ID of a failed call
	AutoFix   signintest.Fix `json:"mend,omitempty"`       // what doctor --fix can do about it
}

// Chain is what was found on the way from the deployment to the Okta app; a member is empty where it is not known.
type Chain struct {
	Region          string   `json:"region"`       // as it was answered
	Organization    string   `json:"organization"` // its name in Genesys Cloud
	DeploymentID    string   `json:"deployment_id"`
	Deployment      string   `json:"deployment"`
	ConfigurationID string   `json:"configuration_id"`
	Configuration   string   `json:"configuration"`
	Pinned          string   `json:"configuration_version"` // the version that visitors get
	Newest          string   `json:"newest_version"`        // the newest published version
	IntegrationID   string   `json:"integration_id"`
	Integration     string   `json:"integration"`
	DiscoveryURI    string   `json:"discovery_uri"`
	Issuer          string   `json:"issuer"`
	Org             string   `json:"okta_org"` // its URL
	AppID           string   `json:"app_id"`
	App             string   `json:"app"` // its label
	ClientID        string   `json:"client_id"`
	RedirectURIs    []string `json:"redirect_uris"`
	Site            string   `json:"site"` // the page that was checked, after its redirects
}

// Report is what an examination found, in the order of the places.
type Report struct {
	Chain    Chain
	Findings []Finding

	seen *seen
}

// Failed reports whether a check failed.
func (r *Report) Failed() bool { return failed(r.Findings) }

func failed(findings []Finding) bool {
	return slices.ContainsFunc(findings, func(f Finding) bool { return f.State == Fail })
}
