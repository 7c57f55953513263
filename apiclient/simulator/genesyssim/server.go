// Package genesyssim stands in for Genesys Cloud on loopback: one base address serves the login, API, apps
// and CDN hosts of a region. It keeps state, refuses what the service is documented to refuse, and takes
// from its seed what isn't known beforehand, such as the id of the Messenger's OpenID Connect type.
//
//	GET /oauth/authorize ──code──┐
//	POST /oauth/token <──────────┘──> bearer ──> token ─> rate limit ─> scope ─> permission ─> body ─> operation
//	                                                                                                      │
//	  integration ── config/current ── credential          (intended / reported state)
//	  configuration ── DRAFT ──publish──> "1", "2", …      (Pending for Settle, then Active)
//	  deployment ──uses──> configuration version ──> public config.json and domains.json
//
// Each kind of object is a resource: a row that says where it is, who may call it, and what is its own. List, get,
// create, update, and delete stand once, in resource.go, and so does the life of an object: when reads see it, when
// a change has settled, and what was public before. What the vendor's JSON looks like is data: the shapes of requests
// (requests.json), the catalog of types (catalog.json), two Messengers (messengers.json), and the errors
// (errors.txt).
//
//	a visitor's page ──> genesys.min.js (messenger.js) ─code──> exchange ──> deployment ─> integration ─> its provider
//	                                                 <──JWT──            <── ID token verified <── token end point (provider)
package genesyssim

import (
	"net/http"
	"sync"
	"time"

	"msgsso-wizard/apiclient/simulator/genesyssim/provider"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// Rows of identifiers; each has its own stream, so that reading more never changes what a create gets.
const (
	streamSeed = iota + 1
	streamObjects
	streamTokens
	streamCorrelation
	streamClients
	streamMany
	streamVisitors
	streamNames
)

// Calls counts the calls that came in, refused ones included; asking for a token is none of them. A visitor's
// sign-in changes nothing in the organization, and is none either.
type Calls struct{ Reads, Writes int }

// Counts says how many objects the organization holds; Versions are the published ones.
type Counts struct{ Integrations, Credentials, Configurations, Versions, Deployments int }

// Server is one Genesys Cloud organization. It is safe for concurrent use.
type Server struct {
	// Faults is for the caller to wrap the server with.
	Faults *simkit.Faults

	settings               simkit.Settings
	options                Options
	clientID, clientSecret string
	pkceID, accessToken    string
	messengerID            string                  // of the type
	clients                map[string]*oauthClient // by id
	user                   user
	deny                   map[string]bool
	emptyNotes             bool // empty notes read back as a literal (contract genesys.md 1.3)
	wildcards              bool // a role that allows all actions says "*"
	handler                http.Handler
	tokenIDs, correlations *simkit.IDs
	provider               provider.Client

	mu              sync.Mutex // guards all below
	calls           Calls
	ids             *simkit.IDs
	tokens          simkit.Timed[*token]
	codes           simkit.Timed[grant]
	organization    organization
	types           store[integrationType]
	credentialTypes store[object]
	flows           store[object]
	integrations    store[integration]
	credentials     store[credential]
	configurations  store[object] // the drafts, with their versions
	deployments     store[object]
	resolutions     map[string]object // by deployment
	visitors        visitors
}

// New returns an organization with its seeded objects.
func New(settings simkit.Settings, opts Options) *Server {
	s := &Server{
		Faults:       &simkit.Faults{},
		settings:     settings,
		options:      opts,
		deny:         map[string]bool{},
		resolutions:  map[string]object{},
		ids:          simkit.NewIDs(settings.Seed, streamObjects),
		tokenIDs:     simkit.NewIDs(settings.Seed, streamTokens),
		correlations: simkit.NewIDs(settings.Seed, streamCorrelation),
		provider:     provider.New(opts.Providers),
		visitors:     newVisitors(simkit.NewIDs(settings.Seed, streamVisitors)),
	}
	for _, permission := range opts.Deny {
		s.deny[permission] = true
	}
	s.plant(simkit.NewIDs(settings.Seed, streamSeed))
	s.plantClients(simkit.NewIDs(settings.Seed, streamClients))
	s.plantMany(simkit.NewIDs(settings.Seed, streamMany))
	s.plantNames(simkit.NewIDs(settings.Seed, streamNames))
	s.handler = simkit.Delay(opts.Delay, s.routes())
	return s
}

// ClientID returns the id of the organization's OAuth client (grant type: client credentials).
func (s *Server) ClientID() string { return s.clientID }

// ClientSecret returns the OAuth client's secret.
func (s *Server) ClientSecret() string { return s.clientSecret }

// PKCEClientID returns the id of the OAuth client that users sign in with (grant type: Code Authorization / PKCE).
// It has no secret.
func (s *Server) PKCEClientID() string { return s.pkceID }

// AccessToken returns a token that a user has already, good for 24 hours.
func (s *Server) AccessToken() string { return s.accessToken }

// Calls returns how many reads and writes came in.
func (s *Server) Calls() Calls {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls
}

// Counts returns how many objects exist now, the seeded ones included.
func (s *Server) Counts() Counts {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sweep(s.now())
	n := Counts{
		Integrations: len(s.integrations), Credentials: len(s.credentials),
		Configurations: len(s.configurations), Deployments: len(s.deployments),
	}
	for _, cfg := range s.configurations {
		n.Versions += len(cfg.versions)
	}
	return n
}

// count adds one call by its method.
func (s *Server) count(op operation, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case op.visitor:
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		s.calls.Reads++
	default:
		s.calls.Writes++
	}
}

// sweep lets go of what is gone.
func (s *Server) sweep(now time.Time) {
	s.integrations.sweep(now)
	s.credentials.sweep(now)
	s.configurations.sweep(now)
	s.deployments.sweep(now)
}

// ServeHTTP answers as the login, API, apps and CDN hosts do.
// Faults and latency are the caller's to put in front.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Date", s.now().UTC().Format(http.TimeFormat))
	s.handler.ServeHTTP(w, r)
}

func (s *Server) now() time.Time { return s.settings.Now().Add(s.options.ClockAhead) }

// Options shape the organization. The zero value is a small one in which everything is allowed.
type Options struct {
	Deny []string // permissions that the role of client and user lacks, as domain:entity:action

	ClientSecret string // of the OAuth client; empty: the seed's
	OthersBut    string // every secret but this one opens each client; empty: only its own does

	RedirectURIs   []string // registered on the PKCE client in addition to DefaultRedirectURI
	Scopes         []string // of the PKCE client; nil: all that setting up takes (contract genesys.md 6)
	AuthorizeError string   // what a sign-in ends with instead of a code, such as server_error
	UnknownClient  bool     // no OAuth client is known here, as in a wrong region

	CallsPerMinute int // of one token; 0: 300 (contract genesys.md 6)

	Lag                time.Duration // how long a write does not show in reads: 404 after a create, still there after a delete
	LagWrites          bool          // for as long, writes to what was created answer 404, too
	Activation         time.Duration // how long an integration is ACTIVATING; 0: as long as whatever has to settle
	EarlyActive        time.Duration // how long reads of a deployment say Pending after a write that said Active; 0: a write says what reads say
	ClockAhead         time.Duration // how far the organization's clock is ahead of this computer's
	ReadsDiscovery     bool          // an enabled Messenger integration is in ERROR where its Discovery URI isn't on this computer; contract genesys.md 1.3 leaves it open
	ActivationError    string        // message of the ERROR that an enabled Messenger integration ends in; empty: none
	VersionConflict400 bool          // a version conflict comes as 400 (contract genesys.md 1.3)

	Delay func(*http.Request) time.Duration // how long a call waits before it is carried out; nil: not at all

	MaxInstances       int    // of the Messenger type; 0: as the seed says
	MaxConfigurations  int    // of web deployments; 0: no limit
	MaxDeployments     int    // the same
	NoMessengerLicense bool   // the catalog lacks the Messenger type; the contract does not say what a real one shows
	LacksFeature       string // a member of configurations and deployments that the organization may not use

	Configurations int // further published ones
	Integrations   int // further active ones, of types that have nothing to do with Messenger
	Flows          int // further published message flows

	Name        string            // of the organization; empty: the seed's
	Environment string            // that snippets name; empty: simulator
	Providers   map[string]string // where providers listen that have a name; others are reached by their address

	Names []string // of one more flow, Messenger integration, configuration and deployment each; the first is also the organization's
}
