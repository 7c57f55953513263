package genesyssim

import (
	"net/http"
	"time"
)

// Options shape the organization. The zero value is a small one in which everything is allowed.
type Options struct {
	Deny []string // permissions that the role of client and user lacks, as domain:entity:action

	ClientSecret string // of the OAuth client; empty: the seed's

	RedirectURIs   []string // registered on the PKCE client besides DefaultRedirectURI
	Scopes         []string // of the PKCE client; nil: all that setting up takes (contract genesys.md 6)
	AuthorizeError string   // what a sign-in ends with instead of a code, such as server_error
	UnknownClient  bool     // no OAuth client is known here, as in a wrong region

	CallsPerMinute int // of one token; 0: 300 (contract genesys.md 6)

	Lag                time.Duration // how long a write does not show in reads: 404 after a create, still there after a delete
	LagWrites          bool          // for as long, writes to what was created answer 404, too
	Activation         time.Duration // how long an integration is ACTIVATING; 0: as long as whatever has to settle
	EarlyActive        time.Duration // how long reads of a deployment say Pending after a write that said Active; 0: a write says what reads say
	ActivationError    string        // message of the ERROR that an enabled Messenger integration ends in; empty: none
	VersionConflict400 bool          // a version conflict comes as 400 (contract genesys.md 1.3)

	Delay func(*http.Request) time.Duration // how long a call waits before it is carried out; nil: not at all

	MaxInstances       int    // of the Messenger type; 0: as the seed says
	MaxConfigurations  int    // of web deployments; 0: no limit
	MaxDeployments     int    // the same
	NoMessengerLicence bool   // the catalogue lacks the Messenger type; the contract does not say what a real one shows
	LacksFeature       string // a member of configurations and deployments that the organization may not use

	Configurations int // further published ones
	Integrations   int // further active ones, of types that have nothing to do with Messenger
	Flows          int // further published message flows

	Names []string // of one more flow, Messenger integration, configuration and deployment each; the first is also the organization's
}
