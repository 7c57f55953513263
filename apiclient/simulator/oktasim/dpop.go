package oktasim

import (
	"crypto"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"
	"time"

	"github.com/go-jose/go-jose/v4"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// Proof of possession, RFC 9449, with Okta's terms (contract okta.md 3.2).
const (
	proofHeader = "DPoP"
	nonceHeader = "DPoP-Nonce"

	proofAge    = 5 * time.Minute
	nonceRenews = 24 * time.Hour
	nonceLives  = 3 * 24 * time.Hour // from the time that it was new
)

// proof is a DPoP header that is in order: signed by the key that it shows, for this very request.
type proof struct {
	claims
	key string // thumbprint (RFC 7638)
}

// nonce is a value that the org wants to see in proofs.
type nonce struct {
	value string
	since time.Time
}

// readProof checks all of a proof but what it is for: its nonce, or the token that it goes with.
func (s *Server) readProof(c *call) (proof, error) {
	given := c.r.Header.Values(proofHeader)
	if len(given) == 0 {
		return proof{}, refuse("dpop_missing")
	}
	token, err := jose.ParseSignedCompact(given[0], proofForms)
	if err != nil || len(given) > 1 {
		return proof{}, refuse("invalid_dpop_proof")
	}
	header := token.Signatures[0].Protected
	if header.ExtraHeaders[jose.HeaderType] != "dpop+jwt" || header.JSONWebKey == nil || !header.JSONWebKey.Valid() {
		return proof{}, refuse("invalid_dpop_proof")
	}
	var p proof
	payload, err := token.Verify(header.JSONWebKey)
	if err != nil || json.Unmarshal(payload, &p.claims) != nil {
		return proof{}, refuse("invalid_dpop_proof")
	}
	if p.key, err = thumbprint(header.JSONWebKey); err != nil {
		return proof{}, refuse("invalid_dpop_proof")
	}
	now := s.now()
	for _, x := range []struct {
		claim string
		good  bool
	}{
		{"htm", p.Method == c.r.Method},
		{"htu", p.URL == simkit.Base(c.r)+c.r.URL.Path},
		{"iat", p.Issued != nil && within(*p.Issued, now.Add(-proofAge), now.Add(proofAge))},
		{"jti", s.once("proof "+p.key+" "+p.ID, now.Add(2*proofAge)) && p.ID != ""},
	} {
		if !x.good {
			return proof{}, refuse("dpop_claim", x.claim)
		}
	}
	return p, nil
}

// covers checks that a proof goes with an access token.
func (p proof) covers(token, boundTo string) error {
	sum := sha256.Sum256([]byte(token))
	switch {
	case p.Hash != base64.RawURLEncoding.EncodeToString(sum[:]):
		return refuse("dpop_claim", "ath")
	case p.key != boundTo:
		return refuse("invalid_dpop_proof")
	}
	return nil
}

// keyToBind is the key that a new token of a is bound to: none if the app does not require one and no proof
// came. A proof needs the org's nonce, and another key than that of the assertion.
func (s *Server) keyToBind(c *call, a *app) (string, error) {
	if !flagAt(a.tree, oauthSettings+".dpop_bound_access_tokens") && c.r.Header.Get(proofHeader) == "" {
		return "", nil
	}
	p, err := s.readProof(c)
	if err != nil {
		return "", err
	}
	signer, err := a.signer.key()
	if err != nil {
		return "", err
	}
	own, err := thumbprint(&jose.JSONWebKey{Key: &signer.PublicKey})
	if err != nil || own == p.key {
		return "", refuse("invalid_dpop_proof")
	}
	newest := s.newestNonce()
	if !slices.ContainsFunc(s.nonces, func(n nonce) bool { return n.value == p.Nonce }) {
		c.header.Set(nonceHeader, newest)
		return "", refuse("use_dpop_nonce")
	}
	return p.key, nil
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

func thumbprint(key *jose.JSONWebKey) (string, error) {
	sum, err := key.Thumbprint(crypto.SHA256)
	return base64.RawURLEncoding.EncodeToString(sum), err
}
