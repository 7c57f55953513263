package signing

import (
	"crypto"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/simkit"
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

// check refuses the first claim that is not good.
func check(refused string, claims ...claim) error {
	for _, c := range claims {
		if !c.good {
			return refusal.OAuth(refused, c.name)
		}
	}
	return nil
}

type claim struct {
	name string
	good bool
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
	if _, err := a.token.Verify(k.public()); err != nil || a.token.Signatures[0].Protected.KeyID != k.ID {
		return refusal.OAuth("assertion_form")
	}
	return check("assertion_claim",
		claim{"iss", a.Issuer == a.Subject},
		claim{"aud", a.Audience == audience},
		claim{"exp", within(a.Expires, now, now.Add(AssertionLife))},
		claim{"iat", a.Issued == nil || within(a.Issued, now.Add(-AssertionLife), now.Add(ProofAge))},
		claim{"jti", a.ID != ""},
	)
}

// Proof is a DPoP header that is in order: signed by the key that it shows, for one request.
type Proof struct {
	Claims
	Thumbprint string // of the key (RFC 7638)
}

// ReadProof checks all of a proof but what it is for: its nonce, or the token that it goes with. fresh reports
// whether an id of a proof is new.
func ReadProof(headers []string, method, address string, now time.Time, fresh func(id string) bool) (Proof, error) {
	if len(headers) == 0 {
		return Proof{}, refusal.OAuth("dpop_missing")
	}
	p, ok := signedProof(headers[0])
	if !ok || len(headers) > 1 {
		return p, refusal.OAuth("invalid_dpop_proof")
	}
	return p, check("dpop_claim",
		claim{"htm", p.Method == method},
		claim{"htu", p.URL == address},
		claim{"iat", within(p.Issued, now.Add(-ProofAge), now.Add(ProofAge))},
		claim{"jti", p.ID != "" && fresh("proof "+p.Thumbprint+" "+p.ID)},
	)
}

// signedProof reads a JWT of the right type that is signed by the key in its header.
func signedProof(text string) (p Proof, ok bool) {
	token, err := jose.ParseSignedCompact(text, algorithms)
	if err != nil {
		return p, false
	}
	header := token.Signatures[0].Protected
	if header.ExtraHeaders[jose.HeaderType] != "dpop+jwt" || header.JSONWebKey == nil || !header.JSONWebKey.Valid() {
		return p, false
	}
	payload, err := token.Verify(header.JSONWebKey)
	p.Thumbprint = thumbprint(*header.JSONWebKey)
	return p, err == nil && json.Unmarshal(payload, &p.Claims) == nil
}

// Covers refuses a proof that does not go with an access token.
func (p Proof) Covers(token, boundTo string) error {
	switch {
	case p.Hash != simkit.S256(token):
		return refusal.OAuth("dpop_claim", "ath")
	case p.Thumbprint != boundTo:
		return refusal.OAuth("invalid_dpop_proof")
	}
	return nil
}

// Differs refuses a proof whose key is that of the assertion.
func (p Proof) Differs(k *Key) error {
	if p.Thumbprint == thumbprint(k.public()) {
		return refusal.OAuth("invalid_dpop_proof")
	}
	return nil
}

// thumbprint names a key that is known to be valid.
func thumbprint(key jose.JSONWebKey) string {
	sum, _ := key.Thumbprint(crypto.SHA256)
	return base64.RawURLEncoding.EncodeToString(sum)
}
