package services

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/okta/signin"
	"msgsso-wizard/apiclient/site"
	"msgsso-wizard/apiclient/transcript"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// Network opens connections to the real services, or to a simulator at a loopback address, and counts what
// is sent. The same credentials get the same client again, so that its connections and its token are kept.
type Network struct {
	OnWait func(text string, d time.Duration) // nil: not watched; set it before the first call
	Ask    Prompter                           // how a user is asked; setup.Session.Ask is one
	Hosts  apiclient.Hosts                    // of a demo, which reaches this machine only; nil: every host is reached

	roots      *x509.CertPool     // nil: the usual ones
	record     apiclient.Recorder // nil: nothing is written down
	transcript *transcript.File   // what record writes to, until it is closed

	mu    sync.Mutex
	calls Calls
	open  map[key]client
}

// key is what is open: a service, where, and who signed in.
type key struct {
	service, region string
	login           any // an OktaLogin or a GenesysLogin; nil: none
}

// New returns a Network that has sent nothing yet.
func New() *Network { return &Network{open: map[key]client{}} }

// Trust adds the certificate authorities of a file to the system's. It is called before the first call.
func (s *Network) Trust(file string) (err error) {
	s.roots, err = apiclient.RootsWith(file)
	return explain.Explain("", err)
}

// Okta opens the org.
func (s *Network) Okta(org string, login guide.OktaLogin) (Okta, error) {
	base, err := url.Parse(org)
	if err != nil {
		return nil, err
	}
	return opened(s, key{"okta", org, login}, func() (*okta.Client, error) {
		method, err := s.oktaMethod(base, login)
		if err != nil {
			question := guide.OktaSignIn
			switch {
			case login.InFile: // no answer has it
			case errors.Is(err, signin.ErrNoKeyID):
				question = guide.OktaKeyID
			case login.Method == guide.OktaByKey:
				question = guide.OktaKey
			}
			return nil, explain.New(explain.ClassUsage, question, explain.Sentence(err.Error()), "").Of(err)
		}
		return okta.New(okta.Config{Org: base, SignIn: method, CallOptions: s.options()})
	})
}

func (s *Network) oktaMethod(org *url.URL, login guide.OktaLogin) (okta.SignIn, error) {
	switch login.Method {
	case guide.OktaByDevice:
		return signin.Device(signin.DeviceConfig{
			Org: org, ClientID: login.ClientID, Show: s.showCode, CallOptions: s.options(),
		})
	case guide.OktaByKey:
		return signin.ServiceApp(signin.ServiceAppConfig{
			Org: org, ClientID: login.ClientID, KeyID: login.KeyID, Key: login.Key, CallOptions: s.options(),
		})
	default:
		return okta.APIToken(login.Token), nil
	}
}

// Genesys opens the organization in the region.
func (s *Network) Genesys(region string, login guide.GenesysLogin) (Genesys, error) {
	r, _, err := genesys.ParseRegion(region)
	if err != nil {
		return nil, err
	}
	return opened(s, key{"genesys", region, login}, func() (*genesys.Client, error) {
		cfg := genesys.Config{Region: r, CallOptions: s.options()}
		switch login.Method {
		case guide.GenesysByBrowser:
			cfg.Browser = s.browser(login.ClientID, login.Port)
		case guide.GenesysByToken:
			cfg.AccessToken = login.Token
		default:
			cfg.ClientID, cfg.ClientSecret = login.ClientID, login.Secret
		}
		return genesys.New(cfg)
	})
}

// Discovery opens what the org publishes; calls to the org count as Okta's.
func (s *Network) Discovery(org string) Discovery {
	client, _ := opened(s, key{"discovery", org, nil}, func() (*oidc.Client, error) {
		base, _ := url.Parse(org) // nil: no org
		return oidc.New(oidc.Config{Org: base, CallOptions: s.options()}), nil
	})
	return client
}

// Messenger opens what visitors' browsers call in the region.
func (s *Network) Messenger(region string) (Messenger, error) {
	r, _, err := genesys.ParseRegion(region)
	if err != nil {
		return nil, err
	}
	return opened(s, key{"messenger", region, nil}, func() (*genesys.Messenger, error) {
		return genesys.NewMessenger(genesys.MessengerConfig{Region: r, CallOptions: s.options()})
	})
}

// Site opens the customer's website.
func (s *Network) Site() Site {
	pages, _ := opened(s, key{service: "site"}, func() (*site.Client, error) {
		return site.New(site.Config{CallOptions: s.options()}), nil
	})
	return pages
}

// Calls says how many calls were sent so far, repetitions included.
func (s *Network) Calls() Calls {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls
}

// Close ends the connections. No call may be under way.
func (s *Network) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.open {
		c.CloseIdle()
	}
}

// client is one of a service.
type client interface{ CloseIdle() }

// opened returns the client of a key, which is made once.
func opened[C client](s *Network, key key, open func() (C, error)) (C, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.open[key]; ok {
		return c.(C), nil
	}
	c, err := open()
	if err == nil {
		s.open[key] = c
	}
	return c, err
}

// options are what every client gets.
func (s *Network) options() apiclient.CallOptions {
	return apiclient.CallOptions{Observe: s.count, Record: s.record, OnWait: s.wait, Roots: s.roots, Hosts: s.Hosts}
}

func (s *Network) count(c apiclient.Call) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch c.Service {
	case apiclient.Okta:
		s.calls.Okta++
	case apiclient.GenesysCloud:
		s.calls.Genesys++
	}
	if c.Write {
		s.calls.Writes++
	}
}

func (s *Network) wait(w apiclient.Wait) {
	if s.OnWait != nil {
		s.OnWait(fmt.Sprintf("%s: %s, %s", w.Service, w.Reason, w.For.Round(time.Second)), w.For)
	}
}

// Transcribe writes every call from now on to a new file at path, without secrets. It is called before the
// first call; EndTranscript must follow.
func (s *Network) Transcribe(path, version string) error {
	file, err := transcript.Create(path, version)
	if err != nil {
		return explain.New(explain.ClassUsage, "", explain.Sentence(err.Error()),
			"Nothing was sent. Choose another file (--transcript), or move that one.").Of(err)
	}
	s.transcript, s.record = file, file
	return nil
}

// EndTranscript writes what the run found out to the end of the transcript and closes it. It does nothing
// where there is none. No call may be under way.
func (s *Network) EndTranscript(found map[string]string) error {
	if s.transcript == nil {
		return nil
	}
	err := s.transcript.Close(found)
	s.transcript = nil
	if err != nil {
		return explain.New(explain.ClassFault, "", explain.Sentence(err.Error()), "This doesn't affect what the run created.").Of(err)
	}
	return nil
}
