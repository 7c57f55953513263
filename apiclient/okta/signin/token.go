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

// tokenWire is the answer of the token end point (RFC 6749 5.1).
type tokenWire struct {
	Token   apiclient.Secret `json:"access_token"`
	Type    apiclient.Text   `json:"token_type"`
	Expires int64            `json:"expires_in"`
}

func (w tokenWire) value(now time.Time) (token, string) {
	t := token{text: w.Token, dpop: strings.EqualFold(string(w.Type), "DPoP")}
	switch {
	case t.text.Empty():
		return token{}, "access_token"
	case !t.dpop && !strings.EqualFold(string(w.Type), "Bearer"):
		return token{}, "a token_type that is Bearer or DPoP"
	}
	if life := time.Duration(w.Expires) * time.Second; life > 0 {
		t.ends = now.Add(max(life-early, life/2))
	}
	return t, ""
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
