package signing

import (
	"crypto"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
)

const (
	// ProofAge is how old a proof may be (contract okta.md 3.2).
	ProofAge = 5 * time.Minute
	// AssertionLife is how long an assertion may live at most (contract okta.md 3.2).
	AssertionLife = time.Hour
)

// algorithms are those of assertions and proofs (contract okta.md 1.7, 3.2).
var algorithms = []jose.SignatureAlgorithm{jose.RS256, jose.RS384, jose.RS512, jose.ES256, jose.ES384, jose.ES512}

// Algorithms returns the names of the algorithms of assertions and proofs, separated by blanks.
func Algorithms() string { return strings.Trim(fmt.Sprint(algorithms), "[]") }

// Claims are those of an assertion (RFC 7523) and of a proof (RFC 9449). Times are in seconds since 1970.
type Claims struct {
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

// claim is one that must be good.
type claim struct {
	name string
	good bool
}

// broken is a refusal of the first claim that is not good.
func broken(refused string, claims []claim) error {
	for _, c := range claims {
		if !c.good {
			return refusal.OAuth(refused, c.name)
		}
	}
	return nil
}

// within reports whether a time is in a range, both ends included.
func within(seconds *float64, from, to time.Time) bool {
	return seconds != nil && *seconds >= float64(from.Unix()) && *seconds <= float64(to.Unix())
}

// Assertion is a JWT by which a service app says who it is.
type Assertion struct {
	Claims
	token *jose.JSONWebSignature
}

// ReadAssertion reads an assertion before it is known whose it is.
func ReadAssertion(text string) (Assertion, error) {
	token, err := jose.ParseSignedCompact(text, algorithms)
	a := Assertion{token: token}
	if err != nil || json.Unmarshal(token.UnsafePayloadWithoutVerification(), &a.Claims) != nil {
		return a, refusal.OAuth("assertion_form")
	}
	return a, nil
}

// Check refuses an assertion that another key signed or that is not for this audience and time.
func (a Assertion) Check(k *Key, audience string, now time.Time) error {
	key, err := k.pair()
	if err != nil {
		return err
	}
	if _, err := a.token.Verify(&key.PublicKey); err != nil || a.token.Signatures[0].Protected.KeyID != k.ID {
		return refusal.OAuth("assertion_form")
	}
	return broken("assertion_claim", []claim{
		{"iss", a.Issuer == a.Subject},
		{"aud", a.Audience == audience},
		{"exp", within(a.Expires, now, now.Add(AssertionLife))},
		{"iat", a.Issued == nil || within(a.Issued, now.Add(-AssertionLife), now.Add(ProofAge))},
		{"jti", a.ID != ""},
	})
}

// Proof is a DPoP header that is in order: signed by the key that it shows, for one request.
type Proof struct {
	Claims
	Thumbprint string // of the key (RFC 7638)
}

// ReadProof checks all of a proof but what it is for: its nonce, or the token that it goes with. fresh reports
// whether an id of a proof is new.
func ReadProof(headers []string, method, address string, now time.Time, fresh func(id string) bool) (Proof, error) {
	var p Proof
	if len(headers) == 0 {
		return p, refusal.OAuth("dpop_missing")
	}
	unread := refusal.OAuth("invalid_dpop_proof")
	token, err := jose.ParseSignedCompact(headers[0], algorithms)
	if err != nil || len(headers) > 1 {
		return p, unread
	}
	header := token.Signatures[0].Protected
	if header.ExtraHeaders[jose.HeaderType] != "dpop+jwt" || header.JSONWebKey == nil || !header.JSONWebKey.Valid() {
		return p, unread
	}
	payload, err := token.Verify(header.JSONWebKey)
	if err != nil || json.Unmarshal(payload, &p.Claims) != nil {
		return p, unread
	}
	if p.Thumbprint, err = thumbprint(*header.JSONWebKey); err != nil {
		return p, unread
	}
	return p, broken("dpop_claim", []claim{
		{"htm", p.Method == method},
		{"htu", p.URL == address},
		{"iat", within(p.Issued, now.Add(-ProofAge), now.Add(ProofAge))},
		{"jti", p.ID != "" && fresh("proof "+p.Thumbprint+" "+p.ID)},
	})
}

// Covers refuses a proof that does not go with an access token.
func (p Proof) Covers(token, boundTo string) error {
	sum := sha256.Sum256([]byte(token))
	switch {
	case p.Hash != base64.RawURLEncoding.EncodeToString(sum[:]):
		return refusal.OAuth("dpop_claim", "ath")
	case p.Thumbprint != boundTo:
		return refusal.OAuth("invalid_dpop_proof")
	}
	return nil
}

// Differs refuses a proof whose key is that of the assertion.
func (p Proof) Differs(k *Key) error {
	set, err := k.Set()
	if err != nil {
		return err
	}
	if own, err := thumbprint(set.Keys[0]); err != nil || own == p.Thumbprint {
		return refusal.OAuth("invalid_dpop_proof")
	}
	return nil
}

func thumbprint(key jose.JSONWebKey) (string, error) {
	sum, err := key.Thumbprint(crypto.SHA256)
	return base64.RawURLEncoding.EncodeToString(sum), err
}
