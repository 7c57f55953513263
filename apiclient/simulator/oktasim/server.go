// Package oktasim stands in for one Okta org on loopback: real HTTP, real state, and the refusals of the real service. It
// is written from the contract alone and shares nothing with the client that it tests.
//
//	request -> delay -> rate limit -> errors of the path -> token, scope -> license, role -> body -> handler -> JSON
//	                                                                                                   `-> page, redirect
//
// What an admin manages is a table of resources (resource.go): a path, the fields that a body can set, how a list is
// searched, what can be done, and a few hooks for what is special about a kind. What visitors and tools sign in with is
// below it (authorize.go, session.go, token*.go, device.go). A visitor signs in as at Okta, but for the password: the page
// that an authorize endpoint shows posts the one field "login" to its own address, query included, and the answer leads
// back to the app. Everything is written down in the System Log (log.go).
//
// The packages below are of use to all of this and know nothing of an org: schema, refusal, signing, pages, eventlog.
package oktasim

import (
	"cmp"
	"net/http"
	"path"
	"sync"
	"time"

	"msgsso-wizard/apiclient/simulator/oktasim/eventlog"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/oktasim/signing"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// Server is one Okta org. Its methods may be called at any time from any goroutine.
type Server struct {
	Faults *simkit.Faults // faults that the front door puts before this org

	opts    Options
	profile profile
	now     func() time.Time
	ids     *simkit.IDs // of objects
	noise   *simkit.IDs // of requests and errors, so that a refused call moves no object's id
	routes  http.Handler
	orgKey  *signing.Key
	asKey   *signing.Key

	mu      sync.Mutex
	token   string
	revoked bool
	org     org
	admin   *user
	super   *user // who owns all other tokens; nil: none
	users   []*user
	apps    []*app
	groups  []*group
	origins []*entry
	servers []*authServer
	signOn  []*signOnPolicy
	windows map[string]*window
	calls   Calls

	service, bearer, native *app // the seeded tools

	issued   simkit.Timed[*accessToken]
	renewals simkit.Timed[ticket] // by the values of refresh tokens
	codes    simkit.Timed[*signIn]
	sessions simkit.Timed[*session] // by the value of the cookie
	devices  simkit.Timed[*device]
	used     simkit.Timed[bool] // ids of assertions and proofs that cannot come again
	nonces   simkit.Timed[bool] // values that the org wants to see in proofs
	events   []eventlog.Event   // of the System Log, oldest first

	office string // the network zone that this computer is in

	nonce       string // the newest
	nonceRenews time.Time
}

// Calls counts the requests that reached the org, refused ones included, but for those to the endpoints of visitors'
// browsers and of OAuth clients, which change nothing that an admin made.
type Calls struct{ Reads, Writes int }

// Counts says how many objects the org holds.
type Counts struct{ Apps, Secrets, GroupsAssigned, UsersAssigned, TrustedOrigins, Policies, Rules int }

const (
	idStream     = 0x6f6b7461
	noiseStream  = 0x6e6f6973
	moreStream   = 0x6d6f7265
	signOnStream = 0x7369676e
	claimStream  = 0x636c6169
)

// New makes an org with what every new one has, some groups and some app integrations.
func New(s simkit.Settings, opts Options) *Server {
	srv := &Server{
		Faults:  &simkit.Faults{},
		opts:    opts,
		profile: profiles[cmp.Or(opts.Profile, Integrator)],
		now:     func() time.Time { return s.Now().Add(opts.ClockAhead) },
		ids:     simkit.NewIDs(s.Seed, idStream),
		noise:   simkit.NewIDs(s.Seed, noiseStream),
		windows: map[string]*window{},
	}
	if srv.opts.Limits == nil {
		srv.opts.Limits = Limits(cmp.Or(opts.Profile, Integrator))
	}
	srv.seed()
	srv.seedMore(s.Seed)
	srv.seedSignOn(s.Seed)
	srv.seedClaims(s.Seed)
	srv.routes = simkit.Delay(opts.Delay, srv.router())
	return srv
}

// ServeHTTP answers as the org would. Faults are not applied here: see the package simulator.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Okta-Request-Id", "a"+s.noise.Text(26))
	// The reset time of a rate limit is read against this header, so both come from one clock.
	w.Header().Set("Date", s.now().UTC().Format(http.TimeFormat))
	if r.URL.Path != path.Clean(r.URL.Path) {
		s.dispatch(w, r, nil) // the router would redirect "//" and "/x/", which Okta does not
		return
	}
	s.routes.ServeHTTP(w, r)
}

// Token returns the API token of the seeded admin, the part after "SSWS ".
func (s *Server) Token() string { return s.token }

// Calls returns how often the org was read and written.
func (s *Server) Calls() Calls {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls
}

// Counts returns how many objects exist now, the seeded ones included.
func (s *Server) Counts() Counts {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := Counts{Apps: len(s.apps), TrustedOrigins: len(s.origins)}
	for _, a := range s.apps {
		n.Secrets += len(a.secrets)
		n.GroupsAssigned += len(a.groups)
		n.UsersAssigned += len(a.users)
	}
	for _, as := range s.servers {
		n.Policies += len(as.policies)
		for _, p := range as.policies {
			n.Rules += len(p.rules)
		}
	}
	return n
}

// id returns a new identifier: 20 characters, the first three of which say what it names.
func (s *Server) id(prefix string) string { return prefix + s.ids.Text(20-len(prefix)) }

// Warm makes the signing key that visitors' tokens have, so that the first who asks for it need not wait.
func (s *Server) Warm() {
	s.mu.Lock()
	key := s.orgKey
	if len(s.servers) > 0 {
		key = s.asKey
	}
	s.mu.Unlock()
	key.Warm()
}

// Refusal is a fault that answers with one of Okta's error codes; see [refusal.Fault].
func Refusal(code string, details ...any) simkit.Fault { return refusal.Fault(code, details...) }

// ServiceApp is what a tool needs to sign in as an API service app (contract okta.md 3.2).
type ServiceApp struct{ ClientID, KeyID, PrivateKeyPEM string } // PKCS #8

// ServiceApp returns the seeded service app whose tokens must be bound by DPoP. The first call makes its key.
func (s *Server) ServiceApp() (ServiceApp, error) { return s.service.credentials() }

// BearerApp returns the seeded service app that needs no DPoP.
func (s *Server) BearerApp() (ServiceApp, error) { return s.bearer.credentials() }

// DeviceApp returns the client id of the seeded native app, which may use the device grant (contract okta.md 3.3).
func (s *Server) DeviceApp() string { return s.native.clientID }

func (a *app) credentials() (ServiceApp, error) {
	key, err := a.signer.PEM()
	return ServiceApp{ClientID: a.clientID, KeyID: a.signer.ID, PrivateKeyPEM: key}, err
}
