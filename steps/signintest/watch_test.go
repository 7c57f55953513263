package signintest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// watched runs the watch next to what happens, and returns why it ended the flow.
func watched(t *testing.T, x *test, happens func()) error {
	t.Helper()
	ctx, end := context.WithCancelCause(t.Context())
	x.end = end
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		x.watch(ctx)
	}()
	happens()
	synctest.Wait()
	err := context.Cause(ctx)
	end(nil)
	<-gone
	return err
}

// leave sends the browser away.
func leave(t *testing.T, x *test) {
	t.Helper()
	_, _, err := x.flow().RoundTrips[0].Begin(false)
	assert.NilError(t, err)
}

func TestSilenceReadsSystemLog(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		log := &journal{ahead: 3 * time.Minute}
		x, lines := aTest(Setup{Okta: log})
		err := watched(t, x, func() {
			time.Sleep(time.Minute)
			assert.Check(t, is.Equal(log.count(), 0), "reads while the browser hasn't started")
			leave(t, x)
			time.Sleep(10 * time.Second)
			log.write(refusedAtOkta("user_not_assigned", ""))
			time.Sleep(9 * time.Second)
			assert.Check(t, is.Equal(log.count(), 0), "reads before the silence is long")
			time.Sleep(2 * time.Second)
			assert.Check(t, is.Equal(log.count(), 1), "reads")
			time.Sleep(5 * time.Minute)
		})
		assert.Check(t, is.DeepEqual(err, error(nil)), "the flow goes on")
		n := log.count()
		assert.Check(t, n >= 4 && n <= 8, "%d reads in 5 minutes", n)
		assert.Check(t, is.Equal(len(*lines), 2), "lines")
		if l := (*lines)[1]; l.State != Note || !strings.Contains(l.Detail, `"user_not_assigned" from 192.0.2.7 · alice@acme.test isn't assigned`) {
			t.Errorf("%+v", l)
		}
		assert.Check(t, is.DeepEqual(log.reads[0].Since, x.begun.Add(log.ahead-slack)), "asked for since the beginning, by Okta's clock")
	})
}

func TestReturnedBrowserSkipsLog(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		log := &journal{}
		x, _ := aTest(Setup{Okta: log})
		_ = watched(t, x, func() {
			leave(t, x)
			time.Sleep(15 * time.Second)
			assert.Check(t, is.Equal(x.back(), 15*time.Second), "was away")
			time.Sleep(time.Minute)
		})
		assert.Check(t, is.Equal(log.count(), 0), "reads")
	})
}

func TestUnknownRedirectURIEndsWait(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		sent string
		ends bool
	}{"ours": {pageURI, true}, "not told": {"", true}, "a visitor's": {"https://www.acme.test/", false}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				log := &journal{}
				x, _ := aTest(Setup{Okta: log})
				err := watched(t, x, func() {
					leave(t, x)
					log.write(refusedAtOkta("illegal_redirect_uri", row.sent))
					time.Sleep(21 * time.Second)
				})
				assert.Check(t, is.Equal(err != nil, row.ends), "ended")
				if !row.ends {
					return
				}
				v := x.fails(x.unfinished(err))
				assert.Check(t, is.Equal(v.Side, SideOkta), "side")
				assert.Check(t, is.Equal(v.AutoFix, FixRedirect), "mend")
				want := "The error is at Okta. The redirect URI"
				assert.Check(t, strings.HasPrefix(v.Problem.Problem, want),
					"%q doesn't begin with %q", v.Problem.Problem, want)
			})
		})
	}
}

func TestUnreadableLogIsReportedOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		log := &journal{err: &apiclient.Error{Service: apiclient.Okta, Status: 403, Code: "E0000006"}}
		x, lines := aTest(Setup{Okta: log})
		_ = watched(t, x, func() {
			leave(t, x)
			time.Sleep(5 * time.Minute)
		})
		assert.Check(t, is.DeepEqual(*lines, []Line{{State: Working, Text: comesBack}, {State: Note, Text: inLog, Detail: "can't be read: 403 E0000006"}}), "lines")
	})
}

func TestEventsExplainTheEnd(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		err  error
		says string
	}{
		"nobody":  {errTimedOut, "The browser didn't return within 10 minutes. Okta's System Log says: alice@acme.test isn't assigned"},
		"stopped": {context.Canceled, "The test was stopped before it ended. Okta's System Log says: alice@acme.test isn't assigned"},
		"taken":   {errors.New("port 8080 is taken"), "The error is on this computer. Port 8080 is taken."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x, _ := aTest(Setup{})
			for _, s := range x.refusals([]okta.LogEvent{refusedAtOkta("user_not_assigned", "")}) {
				x.hear(s)
			}
			v := x.fails(x.unfinished(row.err))
			assert.Check(t, strings.HasPrefix(v.Problem.Problem, row.says),
				"%q doesn't begin with %q", v.Problem.Problem, row.says)
		})
	}
}

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
