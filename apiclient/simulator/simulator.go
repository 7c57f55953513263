// Package simulator is a loopback simulator of both services: one listener each, both of them plain HTTP
// on a loopback address, both gone when Close returns.
//
//	          Host check -> test's wrapper -> latency -> faults -> oktasim
//	Start ---<
//	          Host check -> test's wrapper -> latency -> faults -> genesyssim
//
// It never talks to the real services and never imports the clients that it is there to test.
package simulator

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// Options shape the simulated services.
type Options struct {
	OktaListen    string        // host:port; only loopback; empty: a free port of 127.0.0.1
	GenesysListen string        // the same for Genesys Cloud
	Latency       time.Duration // added to every answer
	Settle        time.Duration // how long Pending and ACTIVATING last
	Seed          uint64        // the same seed gives the same ids, names and credentials
	Deny          []string      // Genesys Cloud permissions that the client's role lacks
	Names         []string      // added to both services' own
	Demo          bool          // the orgs have presentable names; see Names
	Fault         string        // one of Failures by its name; empty: nothing goes wrong
	Okta          oktasim.Options
	Genesys       genesyssim.Options              // Deny is added to its own
	WrapOkta      func(http.Handler) http.Handler // sees every request to Okta first; nil: none
	WrapGenesys   func(http.Handler) http.Handler // the same for Genesys Cloud
}

// Server is both services, listening.
type Server struct {
	okta    *oktasim.Server
	genesys *genesyssim.Server
	doors   [2]*door // Okta, Genesys Cloud
	warming sync.WaitGroup
	fault   Fault
	orgURL  string            // what Okta calls itself; empty: the address at which it listens
	hosts   map[string]string // of a demo; nil: none
}

// Credentials open both services.
type Credentials struct{ OktaToken, GenesysClientID, GenesysClientSecret string }

// Start listens for both services. An address that is not loopback is refused, and so are options for Okta
// that make no org. The services end with Close, not with the context.
func Start(ctx context.Context, opts Options) (*Server, error) {
	wrong, err := fault(opts.Fault)
	if err != nil {
		return nil, err
	}
	if wrong.shape != nil {
		wrong.shape(&opts)
	}
	if err := opts.Okta.Check(); err != nil {
		return nil, err
	}
	settings := simkit.Settings{Settle: opts.Settle, Seed: opts.Seed, Now: time.Now}
	opts.Okta.Names, opts.Genesys.Names = slices.Concat(opts.Okta.Names, opts.Names), slices.Concat(opts.Genesys.Names, opts.Names)
	opts.Genesys.Deny = slices.Concat(opts.Genesys.Deny, opts.Deny)
	s := &Server{fault: wrong}
	if opts.Demo {
		s.name(&opts)
	}
	s.okta, s.genesys = oktasim.New(settings, opts.Okta), genesyssim.New(settings, opts.Genesys)
	if wrong.spoil != nil {
		wrong.spoil(s)
	}
	for i, want := range []struct {
		service, address string
		wrap             func(http.Handler) http.Handler
		handler          http.Handler
	}{
		{"Okta", opts.OktaListen, opts.WrapOkta, simkit.Named(s.orgURL, s.okta.Faults.Wrap(s.okta))},
		{"Genesys Cloud", opts.GenesysListen, opts.WrapGenesys, s.genesys.Faults.Wrap(s.genesys)},
	} {
		handler := simkit.Delay(func(*http.Request) time.Duration { return opts.Latency }, want.handler)
		if want.wrap != nil {
			handler = want.wrap(handler)
		}
		d, err := open(ctx, want.address, loopbackHost(handler))
		if err != nil {
			return nil, errors.Join(fmt.Errorf("simulated %s: %w", want.service, err), s.Close(ctx))
		}
		s.doors[i] = d
		s.listens(i)
	}
	s.warming.Go(s.okta.Warm)
	return s, nil
}

// Okta returns the simulated Okta org, for faults and counts.
func (s *Server) Okta() *oktasim.Server { return s.okta }

// Genesys returns the simulated Genesys Cloud organization, for faults and counts.
func (s *Server) Genesys() *genesyssim.Server { return s.genesys }

// OktaURL returns the org URL, without a slash at the end.
func (s *Server) OktaURL() string { return s.doors[0].url }

// GenesysURL returns the URL of Genesys Cloud's API and login, without a slash at the end.
func (s *Server) GenesysURL() string { return s.doors[1].url }

// Connections is how many connections the two services have. Without one, every call has been carried out, also those of
// a program that was killed.
func (s *Server) Connections() int { return s.doors[0].connections() + s.doors[1].connections() }

// OktaCustomURL returns the address of the org's custom domain, empty when it has none.
func (s *Server) OktaCustomURL() string { return s.okta.CustomURL(s.doors[0].url) }

// Answers are KEY=value lines that the failure in force takes to come about.
func (s *Server) Answers() []string { return s.fault.Answers }

// Credentials returns what opens the two services, unless a failure has others handed out.
func (s *Server) Credentials() Credentials {
	c := Credentials{
		OktaToken:           s.okta.Token(),
		GenesysClientID:     s.genesys.ClientID(),
		GenesysClientSecret: s.genesys.ClientSecret(),
	}
	if s.fault.give != nil {
		s.fault.give(&c)
	}
	return c
}

// Environment returns KEY=value lines under the names that the vendors' own tools read, and after them what the failure
// in force takes. The region is the simulator's URL.
func (s *Server) Environment() []string {
	c := s.Credentials()
	return append([]string{
		"OKTA_CLIENT_ORGURL=" + s.OktaURL(),
		"OKTA_CLIENT_TOKEN=" + c.OktaToken,
		"GENESYSCLOUD_REGION=" + s.GenesysURL(),
		"GENESYSCLOUD_OAUTHCLIENT_ID=" + c.GenesysClientID,
		"GENESYSCLOUD_OAUTHCLIENT_SECRET=" + c.GenesysClientSecret,
	}, s.fault.Answers...)
}

// Close lets the calls under way finish and stops listening. When ctx ends first they are cut off, and the
// error says so; nothing is left behind either way. A second Close does nothing.
func (s *Server) Close(ctx context.Context) error {
	s.warming.Wait()
	var failed []error
	for _, d := range s.doors {
		if d != nil {
			failed = append(failed, d.close(ctx))
		}
	}
	return errors.Join(failed...)
}

// What the orgs of a demo are called. There is no host below .example (RFC 2606), so the names lead nowhere else.
const (
	demoOkta         = "acme.okta.example"
	demoRegion       = "genesys.example"
	demoOrganization = "Acme (demo)"
	demoEnvironment  = "demo"
)

// demoHosts are the hosts of a demo by the door that they stand for (contract genesys.md 5).
var demoHosts = [2][]string{
	{demoOkta},
	{"api." + demoRegion, "login." + demoRegion, "apps." + demoRegion, "api-cdn." + demoRegion},
}

// name gives both orgs the names of a demo, by which Genesys Cloud also finds Okta. There, who was handed wrong credentials
// or those of an admin who may not set things up can type others.
func (s *Server) name(opts *Options) {
	s.hosts, s.orgURL = map[string]string{}, "https://"+demoOkta
	opts.Okta.OthersBut, opts.Genesys.OthersBut = wrongToken, wrongSecret
	opts.Genesys.Name, opts.Genesys.Environment, opts.Genesys.Providers = demoOrganization, demoEnvironment, s.hosts
}

// listens notes where the hosts of a door are.
func (s *Server) listens(door int) {
	if s.hosts == nil {
		return
	}
	for _, host := range demoHosts[door] {
		s.hosts[host] = strings.TrimPrefix(s.doors[door].url, "http://")
	}
}

// Names are what a demo's Okta org and region are called, and the addresses (host:port) that their hosts stand for.
func (s *Server) Names() (org, region string, hosts map[string]string) {
	return "https://" + demoOkta, demoRegion, s.hosts
}
