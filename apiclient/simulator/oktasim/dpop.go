package oktasim

import (
	"slices"
	"time"

	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/oktasim/signing"
	"msgsso-wizard/apiclient/simulator/simkit"
)

const (
	assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

	proofHeader = "DPoP"
	nonceHeader = "DPoP-Nonce"

	nonceRenews = 24 * time.Hour     // contract okta.md 3.2
	nonceLives  = 3 * 24 * time.Hour // from the time that it was new
)

// nonce is a value that the org wants to see in proofs.
type nonce struct {
	value string
	since time.Time
}

// assertedClient is the service app that a token request proves to come from. Any other way to say who one is, a secret
// above all, is refused (contract okta.md 3.2).
func (s *Server) assertedClient(c *call) (*app, error) {
	_, _, basic := c.r.BasicAuth()
	switch {
	case c.form.Has("client_assertion") && c.form.Get("client_assertion_type") == assertionType:
	case basic || c.form.Has("client_secret"):
		return nil, refusal.OAuth("unsupported_auth_method_client_creds")
	default:
		return nil, refusal.OAuth("invalid_client_id")
	}
	said, err := signing.ReadAssertion(c.form.Get("client_assertion"))
	if err != nil {
		return nil, err
	}
	a := s.client(said.Subject)
	if a == nil || !a.active() || a.signer == nil {
		return nil, refusal.OAuth("invalid_client_id")
	}
	if err := said.Check(a.signer, simkit.Base(c.r)+c.r.URL.Path, s.now()); err != nil {
		return nil, err
	}
	if !s.once("assertion "+said.Subject+" "+said.ID, signing.AssertionLife) {
		return nil, refusal.OAuth("client_assertion_already_used")
	}
	return a, nil
}

// readProof checks all of a proof but what it is for: its nonce, or the token that it goes with.
func (s *Server) readProof(c *call) (signing.Proof, error) {
	return signing.ReadProof(c.r.Header.Values(proofHeader), c.r.Method, simkit.Base(c.r)+c.r.URL.Path, s.now(), func(id string) bool {
		return s.once(id, 2*signing.ProofAge)
	})
}

// keyToBind is the key that a new token of a is bound to: none if the app does not require one and no proof came. A
// proof needs the org's nonce, and another key than that of the assertion.
func (s *Server) keyToBind(c *call, a *app) (string, error) {
	if !a.flag(oauthSettings+".dpop_bound_access_tokens") && c.r.Header.Get(proofHeader) == "" {
		return "", nil
	}
	p, err := s.readProof(c)
	if err != nil {
		return "", err
	}
	if err := p.Differs(a.signer); err != nil {
		return "", err
	}
	newest := s.newestNonce()
	if !slices.ContainsFunc(s.nonces, func(n nonce) bool { return n.value == p.Nonce }) {
		c.header.Set(nonceHeader, newest)
		return "", refusal.OAuth("use_dpop_nonce")
	}
	return p.Thumbprint, nil
}

// newestNonce renews the nonce when its time has come and forgets those that are too old.
func (s *Server) newestNonce() string {
	now := s.now()
	s.nonces = slices.DeleteFunc(s.nonces, func(n nonce) bool { return now.Sub(n.since) >= nonceLives })
	if n := len(s.nonces); n == 0 || now.Sub(s.nonces[n-1].since) >= nonceRenews {
		s.nonces = append(s.nonces, nonce{s.noise.Text(32), now})
	}
	return s.nonces[len(s.nonces)-1].value
}
