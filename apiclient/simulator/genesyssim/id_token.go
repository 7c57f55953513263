package genesyssim

import (
	"cmp"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// skew is how far the clocks of service and provider may be apart.
const skew = 2 * time.Minute

// person is who signed in, as the provider says.
type person struct{ subject, name, email string }

// expected is what an ID token has to say.
type expected struct {
	issuer, clientID, nonce string
	maxAge                  *time.Duration
	now                     time.Time
}

// verifyIDToken checks signature, issuer, audience, times and nonce (OpenID Connect Core 1.0, 3.1.3.7).
func verifyIDToken(text string, keys jose.JSONWebKeySet, want expected) (person, error) {
	token, err := jwt.ParseSigned(text, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		return person{}, errProvider
	}
	var said jwt.Claims
	var more struct {
		Nonce    string           `json:"nonce"`
		SignedIn *jwt.NumericDate `json:"auth_time"`
		Name     string           `json:"name"`
		Username string           `json:"preferred_username"`
		Email    string           `json:"email"`
	}
	if err := token.Claims(keys, &said, &more); err != nil {
		return person{}, errProvider
	}
	expectation := jwt.Expected{Issuer: want.issuer, AnyAudience: jwt.Audience{want.clientID}, Time: want.now}
	switch {
	case said.ValidateWithLeeway(expectation, skew) != nil:
	case said.Expiry == nil || said.IssuedAt == nil || said.Subject == "" || want.issuer == "": // not looked at above
	case more.Nonce != want.nonce:
	case want.maxAge != nil && (more.SignedIn == nil || want.now.Sub(more.SignedIn.Time()) > *want.maxAge+skew):
	default:
		return person{said.Subject, cmp.Or(more.Name, more.Username), more.Email}, nil
	}
	return person{}, errProvider
}
