package oktasim

import (
	"encoding/json"

	"github.com/go-jose/go-jose/v4"
)

// sign makes a JWT that names the key. All of Okta's are signed by RS256 (contract okta.md 4).
func (k *signingKey) sign(claims object) (string, error) {
	key, err := k.key()
	if err != nil {
		return "", err
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: key, KeyID: k.kid}}, nil)
	if err != nil {
		return "", err
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		return "", err
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		return "", err
	}
	return signed.CompactSerialize()
}

// read returns the claims of a JWT that this key has signed, nil of any other text.
func (k *signingKey) read(token string) object {
	key, err := k.key()
	if err != nil {
		return nil
	}
	signed, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		return nil
	}
	payload, err := signed.Verify(&key.PublicKey)
	var claims object
	if err != nil || json.Unmarshal(payload, &claims) != nil {
		return nil
	}
	return claims
}
