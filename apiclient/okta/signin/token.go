package signin

import (
	"context"
	"strings"
	"time"

	"msgsso-wizard/apiclient"
)

// early is how long before its end a token is replaced, so that it does not end on its way.
const early = time.Minute

// token is an access token; the zero one is none.
type token struct {
	text apiclient.Secret
	dpop bool      // bound to the prover's key
	ends time.Time // zero: the answer did not say
}

func (t token) good() bool { return !t.text.Empty() && (t.ends.IsZero() || time.Now().Before(t.ends)) }

// FillFrom reads the answer of the token end point (RFC 6749 5.1).
func (t *token) FillFrom(whole apiclient.Object) error {
	var answer struct {
		Token   apiclient.Secret `api:"access_token,required"`
		Type    string           `api:"token_type"`
		Expires int64            `api:"expires_in"`
	}
	if err := apiclient.FillFields(&answer, whole); err != nil {
		return err
	}
	t.text, t.dpop = answer.Token, strings.EqualFold(answer.Type, "DPoP")
	if !t.dpop && !strings.EqualFold(answer.Type, "Bearer") {
		return apiclient.MissingError("a token_type that is Bearer or DPoP")
	}
	if life := time.Duration(answer.Expires) * time.Second; life > 0 {
		t.ends = time.Now().Add(max(life-early, life/2))
	}
	return nil
}

// tokens keeps one token for all calls, and asks once for all that wait.
type tokens struct {
	ask func(context.Context) (token, error)

	cache apiclient.TokenCache[token]
}

// get returns the token that is held, or asks for one.
func (t *tokens) get(ctx context.Context) (token, error) { return t.cache.Get(ctx, token.good, t.ask) }

// drop forgets a token that was refused, unless a newer one has taken its place.
func (t *tokens) drop(refused apiclient.Secret) {
	t.cache.Drop(func(held token) bool { return held.text == refused })
}
