package signin

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"msgsso-wizard/apiclient"
)

// prover proves that the sender of a request holds a key that was made for this run (RFC 9449).
type prover struct{ signer jose.Signer }

func newProver() (prover, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return prover{}, err
	}
	signer, err := jose.NewSigner(
		jose.SigningKey{Algorithm: jose.ES256, Key: key},
		(&jose.SignerOptions{EmbedJWK: true}).WithType("dpop+jwt"),
	)
	return prover{signer}, err
}

// proof is what the DPoP header of one try carries (RFC 9449 4.2).
type proof struct {
	ID        string `json:"jti"`
	Method    string `json:"htm"`
	URL       string `json:"htu"` // without query and fragment
	IssuedAt  int64  `json:"iat"`
	Nonce     string `json:"nonce,omitempty"`
	TokenHash string `json:"ath,omitempty"`
}

// sign makes the proof for a request; token is empty when the request is for one.
func (p prover) sign(method string, target *url.URL, now time.Time, nonce string, token apiclient.Secret) (string, error) {
	claims := proof{
		ID: rand.Text(), Method: method, IssuedAt: now.Unix(), Nonce: nonce,
		URL: (&url.URL{Scheme: target.Scheme, Host: target.Host, Path: target.Path, RawPath: target.RawPath}).String(),
	}
	if !token.Empty() {
		claims.TokenHash = tokenHash(token)
	}
	return jwt.Signed(p.signer).Claims(claims).Serialize()
}

// tokenHash is the claim ath.
func tokenHash(token apiclient.Secret) string {
	sum := sha256.Sum256([]byte(token.Reveal()))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
