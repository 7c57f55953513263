package signintest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/steps/taskgroup"
)

// held is a token that the test was given.
type held struct {
	what, from string
	ends       string // when it ends by itself
	token      apiclient.Secret
	revoke     func(ctx context.Context, token apiclient.Secret) error
}

// revokeTokens revokes what the test was given, also when the run was stopped: it has its own time limit.
func (t *test) revokeTokens(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), t.pace.revoke)
	defer cancel()
	atOkta := func(ctx context.Context, token apiclient.Secret) error {
		return t.Discovery.Revoke(ctx, t.Document, t.ClientID, t.Secret, token)
	}
	all := slices.DeleteFunc([]held{
		{"JWT", "Genesys Cloud", "within 15 minutes", t.jwt, t.Messenger.Revoke},
		{"refresh token", "Okta", "as set in the access policy's rule", t.tokens.Refresh, atOkta},
		{"access token", "Okta", fmt.Sprintf("within %d minutes", max(int(t.tokens.Life.Minutes()), 1)), t.tokens.Access, atOkta},
	}, func(h held) bool { return h.token.Empty() })
	t.result.Left = t.unsure
	if len(all) == 0 {
		return
	}
	t.report(Line{State: Working, Text: revoked})
	began := time.Now()
	failed := make([]error, len(all))
	var revoking taskgroup.Group
	for i, h := range all {
		revoking.Go(func() { failed[i] = h.revoke(ctx, h.token) })
	}
	revoking.Wait()
	l := Line{State: Passed, Text: revoked, Took: time.Since(began)}
	var from, not []string
	for i, h := range all {
		if failed[i] == nil {
			from = append(from, h.from)
			continue
		}
		not = append(not, h.what)
		t.result.Left = append(t.result.Left, fmt.Sprintf("The %s of %s couldn't be revoked (%s). It expires %s.", h.what, h.from, said(failed[i]), h.ends))
	}
	l.Detail = strings.Join(slices.Compact(from), " · ")
	if len(not) > 0 {
		l.State, l.Detail = Failed, "not the "+strings.Join(not, ", not the ")
	}
	t.report(l)
}
