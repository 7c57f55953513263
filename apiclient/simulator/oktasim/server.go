package oktasim

import (
	"net/http"
	"path"
	"sync"
	"time"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// Options choose what kind of org is simulated.
type Options struct {
	Profile               string         // one of Profiles; empty: Integrator
	NoAPIAccessManagement bool           // the licence is missing: no custom authorization server
	DefaultHasPolicy      bool           // the server "default" lets every client in; Integrator orgs lack that (contract okta.md 0.1)
	ReadOnly              bool           // those who manage the org may look and not touch
	Limits                map[string]int // requests a minute by the names of IntegratorLimits; nil: the profile's; absent or 0: not limited
	Window                time.Duration  // how long a count of Limits lasts; 0: a minute, as at Okta
	HalfForTokens         bool           // callers get half of Limits, as new tokens do (contract okta.md 6); otherwise somebody gave them all
	Groups, Apps          int            // how many more there are than an org is seeded with
	Names                 []string       // of one more group and app each; the first is also the org's and its admin's
	AutoApprove           bool           // a device is approved as soon as it asks
	WrongNonce            bool           // ID tokens carry another nonce than the page sent
	KeysDown              bool           // the keys end points answer with 500
	MFAEnrol              bool           // a sign-in ends at a page that asks for a second factor and leads nowhere (contract okta.md 9.3)
	Token                 string         // the API token; empty: the seed's
	LogDelay              time.Duration  // how late an event shows in the System Log, which is near real time only

	customDomain bool
}

// Server is one Okta org. Its methods may be called at any time from any goroutine.
type Server struct {
	Faults *simkit.Faults // faults that the front door puts before this org

	opts   Options
	now    func() time.Time
	ids    *simkit.IDs // of objects
	noise  *simkit.IDs // of requests and errors, so that a refused call moves no object's id
	mux    *http.ServeMux
	orgKey *signingKey
	asKey  *signingKey

	mu      sync.Mutex
	token   string
	revoked bool
	org     org
	admin   *user
	users   []*user
	apps    []*app
	groups  []*group
	origins []*origin
	servers []*authServer
	windows map[string]*window
	calls   Calls

	service, bearer, native *app // the seeded tools

	issued   map[string]*accessToken
	renewals map[string]*refreshToken
	codes    map[string]*authCode
	sessions map[string]*session // by the value of the cookie
	devices  map[string]*device
	events   []*event             // of the System Log, oldest first
	used     map[string]time.Time // ids of assertions and proofs that cannot come again, until when
	nonces   []nonce
}

// Calls counts the requests that reached the org, refused ones included. Visits are those to the end points of
// visitors' browsers and of OAuth clients, which change nothing that an admin made.
type Calls struct{ Reads, Writes, Visits int }

// Counts says how many objects the org holds.
type Counts struct{ Apps, Secrets, GroupsAssigned, UsersAssigned, TrustedOrigins, Policies, Rules int }

const (
	idStream    = 0x6f6b7461
	noiseStream = 0x6e6f6973
	moreStream  = 0x6d6f7265
)

// New makes an org with what every new one has, some groups and some app integrations.
func New(s simkit.Settings, opts Options) *Server {
	if s.Now == nil {
		s.Now = time.Now
	}
	srv := &Server{
		Faults:  &simkit.Faults{},
		opts:    opts.settled(),
		now:     s.Now,
		ids:     simkit.NewIDs(s.Seed, idStream),
		noise:   simkit.NewIDs(s.Seed, noiseStream),
		windows: map[string]*window{},
		issued:  map[string]*accessToken{},
		codes:   map[string]*authCode{},
		devices: map[string]*device{},
		used:    map[string]time.Time{},

		renewals: map[string]*refreshToken{},
		sessions: map[string]*session{},
	}
	srv.seed()
	srv.seedMore(s.Seed)
	srv.mux = srv.routes()
	return srv
}

// ServeHTTP answers as the org would. Faults are not applied here: see the package simulator.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Okta-Request-Id", "a"+s.noise.Text(26))
	// The reset time of a rate limit is read against this header, so both come from one clock.
	w.Header().Set("Date", s.now().UTC().Format(http.TimeFormat))
	if r.URL.Path != path.Clean(r.URL.Path) {
		s.write(w, fail("E0000008")) // the router would redirect "//" and "/x/", which Okta does not
		return
	}
	s.mux.ServeHTTP(w, r)
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

// stamp is the form of times in Okta's answers.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
