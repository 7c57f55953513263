package signintest

import (
	"context"
	"slices"
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
	refuses            error
	hangs              bool // Genesys Cloud does not answer

	mu      sync.Mutex
	revoked []string
}

func (b *bin) Revoke(ctx context.Context, jwt guide.Secret) error {
	if b.hangs {
		<-ctx.Done()
		return &apiclient.Error{Service: apiclient.GenesysCloud, Err: ctx.Err()}
	}
	return b.take(ctx, jwt)
}

func (b *bin) take(ctx context.Context, token guide.Secret) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.revoked = append(b.revoked, token.Reveal())
	return b.refuses
}

// oktaBin is Okta's half of a bin.
type oktaBin struct {
	services.Discovery // nil
	bin                *bin
}

func (b oktaBin) Revoke(ctx context.Context, _ oidc.Document, _ string, _, token guide.Secret) error {
	return b.bin.take(ctx, token)
}

// TestTokensAreRevoked also when the run was stopped. What can't be revoked is reported, and delays nothing.
func TestTokensAreRevoked(t *testing.T) {
	t.Parallel()
	all := []string{"access-1", "jwt-1", "refresh-1"}
	refusal := &apiclient.Error{Service: apiclient.Okta, Status: 401, Code: "invalid_client", RequestID: "req1"}
	for name, row := range map[string]struct {
		bin     *bin
		revoked []string
		left    []string
		state   State
		detail  string
		took    time.Duration
	}{
		"all": {bin: &bin{}, revoked: all, state: Passed, detail: "Genesys Cloud · Okta"},
		"refused": {&bin{refuses: refusal}, all, []string{
			"The JWT of Genesys Cloud couldn't be revoked (401 invalid_client · request req1). It expires within 15 minutes.",
			"The refresh token of Okta couldn't be revoked (401 invalid_client · request req1). It expires as set in the access policy's rule.",
			"The access token of Okta couldn't be revoked (401 invalid_client · request req1). It expires within 60 minutes.",
		}, Failed, "not the JWT, not the refresh token, not the access token", 0},
		"no answer": {&bin{hangs: true}, []string{"access-1", "refresh-1"}, []string{
			"The JWT of Genesys Cloud couldn't be revoked (context deadline exceeded). It expires within 15 minutes.",
		}, Failed, "not the JWT", 5 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				x, _ := aTest(Setup{Discovery: oktaBin{bin: row.bin}, Messenger: row.bin})
				x.jwt = guide.NewSecret("jwt-1")
				x.tokens = oidc.Tokens{Access: guide.NewSecret("access-1"), Refresh: guide.NewSecret("refresh-1"), Life: time.Hour}
				stopped, cancel := context.WithCancel(t.Context())
				cancel()
				x.revokeTokens(stopped)
				assert.Check(t, is.DeepEqual(slices.Sorted(slices.Values(row.bin.revoked)), row.revoked), "revoked")
				assert.Check(t, is.DeepEqual(x.result.Left, row.left), "left")
				assert.Check(t, is.DeepEqual(x.result.Lines, []Line{{State: row.state, Text: revoked, Detail: row.detail, Took: row.took}}))
			})
		})
	}
	x, lines := aTest(Setup{Messenger: &bin{}})
	x.revokeTokens(t.Context())
	assert.Check(t, is.Len(*lines, 0), "nothing was given")
}
