package signin

import (
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
