package oktasim

import (
	"encoding/json"
	"time"

	"github.com/go-jose/go-jose/v4"

	"msgsso-wizard/apiclient/simulator/simkit"
)

const (
	assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
	assertionLife = time.Hour // the longest (contract okta.md 3.2)
)

// proofForms are the algorithms of assertions and proofs (contract okta.md 1.7, 3.2).
var proofForms = []jose.SignatureAlgorithm{jose.RS256, jose.RS384, jose.RS512, jose.ES256, jose.ES384, jose.ES512}

func proofNames() []string {
	names := make([]string, len(proofForms))
	for i, f := range proofForms {
		names[i] = string(f)
	}
	return names
}

// claims are those of an assertion (RFC 7523) and of a proof (RFC 9449). Times are in seconds since 1970.
type claims struct {
	Issuer   string   `json:"iss"`
	Subject  string   `json:"sub"`
	Audience string   `json:"aud"`
	Expires  *float64 `json:"exp"`
	Issued   *float64 `json:"iat"`
	ID       string   `json:"jti"`
	Method   string   `json:"htm"`
	URL      string   `json:"htu"`
	Nonce    string   `json:"nonce"`
	Hash     string   `json:"ath"`
}

// assertedClient is the service app that a token request proves to come from. Any other way to say who one
// is, a secret above all, is refused (contract okta.md 3.2).
func (s *Server) assertedClient(c *call) (*app, error) {
	_, _, basic := c.r.BasicAuth()
	switch {
	case c.form.Has("client_assertion") && c.form.Get("client_assertion_type") == assertionType:
	case basic || c.form.Has("client_secret"):
		return nil, refuse("unsupported_auth_method_client_creds")
	default:
		return nil, refuse("invalid_client_id")
	}
	token, err := jose.ParseSignedCompact(c.form.Get("client_assertion"), proofForms)
	if err != nil {
		return nil, refuse("assertion_form")
	}
	var said claims
	if json.Unmarshal(token.UnsafePayloadWithoutVerification(), &said) != nil {
		return nil, refuse("assertion_form")
	}
	a := s.client(said.Subject)
	if a == nil || a.status != active || a.signer == nil {
		return nil, refuse("invalid_client_id")
	}
	key, err := a.signer.key()
	if err != nil {
		return nil, err
	}
	if _, err := token.Verify(&key.PublicKey); err != nil || token.Signatures[0].Protected.KeyID != a.signer.kid {
		return nil, refuse("assertion_form")
	}
	return a, s.checkAssertion(c, said)
}

func (s *Server) checkAssertion(c *call, said claims) error {
	now := s.now()
	for _, x := range []struct {
		claim string
		good  bool
	}{
		{"iss", said.Issuer == said.Subject},
		{"aud", said.Audience == simkit.Base(c.r)+c.r.URL.Path},
		{"exp", said.Expires != nil && within(*said.Expires, now, now.Add(assertionLife))},
		{"iat", said.Issued == nil || within(*said.Issued, now.Add(-assertionLife), now.Add(proofAge))},
		{"jti", said.ID != ""},
	} {
		if !x.good {
			return refuse("assertion_claim", x.claim)
		}
	}
	if !s.once("assertion "+said.Subject+" "+said.ID, now.Add(assertionLife)) {
		return refuse("client_assertion_already_used")
	}
	return nil
}

// within reports whether a time in seconds is in a range, both ends included.
func within(seconds float64, from, to time.Time) bool {
	return seconds >= float64(from.Unix()) && seconds <= float64(to.Unix())
}
