package signintest

import (
	"context"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// bin takes tokens back at both services.
type bin struct {
	services.Messenger // nil
	mu                 *sync.Mutex
	revoked            map[string]bool
	refuses            error
	hangs              bool // Genesys Cloud does not answer
}

func newBin() bin { return bin{mu: &sync.Mutex{}, revoked: map[string]bool{}} }

func (b bin) Revoke(ctx context.Context, jwt guide.Secret) error {
	if b.hangs {
		<-ctx.Done()
		return &apiclient.Error{Service: apiclient.GenesysCloud, Err: ctx.Err()}
	}
	return b.take(ctx, jwt)
}

func (b bin) take(ctx context.Context, token guide.Secret) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.revoked[token.Reveal()] = true
	return b.refuses
}

// oktaBin is Okta's half of a bin.
type oktaBin struct {
	services.Discovery // nil
	bin
}

func (b oktaBin) Revoke(ctx context.Context, _ oidc.Document, _ string, _, token guide.Secret) error {
	return b.take(ctx, token)
}

// given is a test that was given every token.
func given(b bin) *test {
	x, _ := aTest(Setup{Discovery: oktaBin{bin: b}, Messenger: b})
	x.jwt = guide.NewSecret("jwt-1")
	x.tokens = oidc.Tokens{Access: guide.NewSecret("access-1"), Refresh: guide.NewSecret("refresh-1"), Life: time.Hour}
	return x
}

func TestAllTokensAreRevokedAlsoWhenTheRunWasStopped(t *testing.T) {
	t.Parallel()
	b := newBin()
	x := given(b)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	x.revokeTokens(ctx)
	assert.Check(t, is.DeepEqual(b.revoked, map[string]bool{"jwt-1": true, "access-1": true, "refresh-1": true}), "revoked")
	assert.Check(t, is.DeepEqual(x.result.Left, []string(nil)), "left")
	assert.Check(t, is.Equal(x.result.Lines[0].Detail, "Genesys Cloud · Okta"), "detail")
}

func TestWhatCannotBeRevokedIsTold(t *testing.T) {
	t.Parallel()
	b := newBin()
	b.refuses = &apiclient.Error{Service: apiclient.Okta, Status: 401, Code: "invalid_client", RequestID: "req1"}
	x := given(b)
	x.revokeTokens(t.Context())
	assert.Check(t, is.DeepEqual(x.result.Left, []string{
		"The JWT of Genesys Cloud could not be revoked (401 invalid_client · request req1). It ends by itself within 15 minutes.",
		"The refresh token of Okta could not be revoked (401 invalid_client · request req1). It ends by itself when the access policy's rule says so.",
		"The access token of Okta could not be revoked (401 invalid_client · request req1). It ends by itself within 60 minutes.",
	}), "left")
	assert.Check(t, is.Equal(x.result.Lines[0].State, Failed), "state")
	for _, left := range x.result.Left {
		assert.Check(t, !strings.Contains(left, "-1 "), "a token is told: %q", left)
	}
}

func TestAServiceThatDoesNotAnswerHoldsUpNobody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBin()
		b.hangs = true
		x := given(b)
		start := time.Now()
		x.revokeTokens(t.Context())
		assert.Check(t, is.Equal(time.Since(start), 5*time.Second), "took")
		assert.Check(t, is.DeepEqual(b.revoked, map[string]bool{"access-1": true, "refresh-1": true}), "revoked")
		assert.Check(t, is.Equal(len(x.result.Left), 1), "left")
	})
}

func TestNothingIsRevokedWhereNothingWasGiven(t *testing.T) {
	t.Parallel()
	x, lines := aTest(Setup{Messenger: newBin()})
	x.revokeTokens(t.Context())
	assert.Check(t, is.DeepEqual(*lines, []Line{}), "lines")
}
