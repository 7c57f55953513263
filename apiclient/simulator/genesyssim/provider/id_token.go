package provider

import (
	"cmp"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// skew is how far the clocks of service and provider may be apart.
const skew = 2 * time.Minute

// Person is who signed in, as the provider says.
type Person struct{ Subject, Name, Email string }

// verify checks an ID token's signature, issuer, audience, times, and nonce (OpenID Connect Core 1.0, 3.1.3.7), takes
// over whom it names, and returns when it ends.
func (p *Person) verify(text string, keys jose.JSONWebKeySet, issuer string, wish Wish, now time.Time) (time.Time, error) {
	token, err := jwt.ParseSigned(text, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		return now, ErrRefused
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
		return now, ErrRefused
	}
	expected := jwt.Expected{Issuer: issuer, AnyAudience: jwt.Audience{wish.ClientID}, Time: now}
	switch {
	case said.ValidateWithLeeway(expected, skew) != nil:
	case said.Expiry == nil || said.IssuedAt == nil || said.Subject == "" || issuer == "": // not looked at above
	case more.Nonce != wish.Nonce:
	case wish.MaxAge != nil && (more.SignedIn == nil || now.Sub(more.SignedIn.Time()) > *wish.MaxAge+skew):
	default:
		*p = Person{said.Subject, cmp.Or(more.Name, more.Username), more.Email}
		return said.Expiry.Time(), nil
	}
	return now, ErrRefused
}
