package syslog

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
	"gotest.tools/v3/golden"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/testkit/cases"
)

const (
	client = "0oaclient1"
	app    = "0oaapp1"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func at(minutes int, e okta.LogEvent) okta.LogEvent {
	e.Published = noon.Add(time.Duration(minutes) * time.Minute)
	return e
}

// refused is an event of the authorize step as alice met it.
func refused(reason string, debug map[string]string) okta.LogEvent {
	return okta.LogEvent{
		Type: "app.oauth2.as.authorize", Result: "FAILURE", Reason: reason, Actor: "00ualice", ActorType: "User",
		ActorLogin: "alice@acme.test", IP: "192.0.2.7", Targets: []okta.LogTarget{{ID: client, Type: "PublicClientApp"}}, Debug: debug,
	}
}

// redeemed is an event of a request for tokens.
func redeemed(as, reason string) okta.LogEvent {
	return okta.LogEvent{Type: "app.oauth2.as.token.grant", Result: "FAILURE", Reason: reason, Actor: as, ActorType: clientActor, IP: "192.0.2.99"}
}

func TestEventSentences(t *testing.T) {
	t.Parallel()
	attempt := okta.LogEvent{
		Type: "app.generic.unauth_app_access_attempt", Result: "FAILURE", Actor: "00ualice", ActorType: "User", ActorLogin: "alice@acme.test",
		Targets: []okta.LogTarget{{ID: app, Type: "AppInstance"}},
	}
	events := map[string]okta.LogEvent{
		"redirect URI under its own name": refused("illegal_redirect_uri", map[string]string{"redirectUri": "http://localhost:8080"}),
		"redirect URI in the address that was asked for": refused("illegal_redirect_uri_enhanced", map[string]string{
			"requestUri": "/oauth2/default/v1/authorize", "url": "/oauth2/default/v1/authorize?client_id=x&redirect_uri=http%3A%2F%2Flocalhost%3A8080&state=s",
		}),
		"redirect URI in a map of text": refused("invalid_redirect_uri", map[string]string{"dtHash": `{scope=openid, redirect_uri=http%3A%2F%2Flocalhost%3A8080, state=s}`}),
		"redirect URI not told":         refused("illegal_redirect_uri", nil),
		"no policy":                     refused("no_matching_policy", nil),
		"not assigned":                  attempt,
		"not assigned, nobody named":    {Type: "app.oauth2.authorize", Result: "FAILURE", Reason: "user_not_assigned", Actor: client},
		"PKCE missing":                  refused("pkce_missing_challenge", nil),
		"a factor":                      {Type: "policy.evaluate_sign_on", Result: "CHALLENGE", ActorLogin: "alice@acme.test", Actor: client},
		"secret, by the reason":         redeemed(client, "invalid_client_secret"),
		"secret, by the type":           {Type: "app.oauth2.invalid_client_credentials", Result: "FAILURE", Reason: "Client credentials are wrong", Actor: client, ActorType: clientActor},
		"the code in the debug data":    {Type: "app.oauth2.as.authorize", Result: "FAILURE", Reason: "Denied by Okta", Actor: client, Debug: map[string]string{"errorCode": "no_scope_allowed"}},
		"unknown":                       refused("brand_new_code", nil),
	}
	var said strings.Builder
	for _, name := range slices.Sorted(maps.Keys(events)) {
		for _, s := range Explain([]okta.LogEvent{at(0, events[name])}, client, app) {
			fmt.Fprintf(&said, "%s\n\t%s\n\t%s\n\tcode %s, fix %q, page %q, stays at Okta %t\n", name, s.Problem, s.Fix, s.Code, s.AutoFix, s.DocURL, s.Silent)
		}
	}
	golden.Assert(t, said.String(), "events.golden")
}

func TestOnlyClientFailuresAreShown(t *testing.T) {
	t.Parallel()
	elsewhere := refused("scope_denied", nil)
	elsewhere.Targets[0].ID = "0oaother"
	inDebug := refused("no_matching_policy", map[string]string{"requestUri": "/authorize?client_id=" + client})
	inDebug.Targets = nil
	fine := refused("", nil)
	fine.Result = "SUCCESS"
	events := []okta.LogEvent{at(0, elsewhere), at(1, inDebug), at(2, fine), at(3, redeemed("0oaother", "invalid_authorization_code"))}
	got := Explain(events, client, app)
	assert.Check(t, is.Equal(len(got), 1), "sentences")
	assert.Check(t, is.DeepEqual(got[0].At, noon.Add(time.Minute)), "when")
	all := Explain(events, "", "")
	assert.Check(t, is.Equal(len(all), 3), "of everybody")
	assert.Check(t, is.Equal(all[0].Client, "0oaother"), "the client of a request for tokens")
	assert.Check(t, is.DeepEqual([2]bool{all[0].Token, all[0].Custom}, [2]bool{true, true}), "is one for tokens at a custom server")
}

// TestOtherEventsMeanNothing: after a sign-out, Genesys Cloud revokes a token twice, and the second time fails (contract
// okta.md 11). That is no failed sign-in, and neither is an admin's refused change, or a refresh token past its end.
func TestOtherEventsMeanNothing(t *testing.T) {
	t.Parallel()
	for kind, reason := range map[string]string{
		"app.oauth2.as.token.revoke":                  "invalid_token",
		"app.oauth2.token.revoke":                     "invalid_token",
		"app.oauth2.as.token.grant":                   renewalOver,
		"app.oauth2.client.read_client_secret":        "access_denied",
		"app.oauth2.credentials.lifecycle.deactivate": "",
		"application.user_membership.add":             "Forbidden",
	} {
		e := redeemed(client, reason)
		e.Type = kind
		assert.Check(t, is.Len(Explain([]okta.LogEvent{at(0, e)}, client, app), 0), kind)
	}
}

func TestNewestFirstWithoutRepeats(t *testing.T) {
	t.Parallel()
	got := Explain([]okta.LogEvent{
		at(1, refused("no_matching_policy", nil)), at(5, refused("user_not_assigned", nil)), at(3, refused("no_matching_policy", nil)),
	}, client, app)
	var lines []string
	for _, s := range got {
		lines = append(lines, s.At.Format("15:04 ")+s.Code)
	}
	assert.Check(t, is.DeepEqual(lines, []string{"12:05 user_not_assigned", "12:03 no_matching_policy"}), "sentences")
	assert.Check(t, is.Equal(got[1].Times, 2), "times")
}

func TestPassedFactorIsNoError(t *testing.T) {
	t.Parallel()
	asked := okta.LogEvent{Type: "policy.evaluate_sign_on", Result: "CHALLENGE", Actor: "00ualice", ActorType: "User", ActorLogin: "alice@acme.test", Targets: []okta.LogTarget{{ID: app}}}
	in := okta.LogEvent{Type: "user.authentication.sso", Result: "SUCCESS", Actor: "00ualice", ActorType: "User", ActorLogin: "alice@acme.test"}
	assert.Check(t, is.Equal(len(Explain([]okta.LogEvent{at(0, asked), at(1, in)}, client, app)), 0), "given")
	assert.Check(t, is.Equal(len(Explain([]okta.LogEvent{at(0, in), at(1, asked)}, client, app)), 1), "asked again later")
}

// The descriptions are Okta's (contract okta.md 11).
func TestOAuthErrorCodes(t *testing.T) {
	t.Parallel()
	cases.Check(t, "codes.txt", func(in ...string) string { return Code(in[0], in[1]) })
}

func TestEveryCodeOfARefusalHasASentence(t *testing.T) {
	t.Parallel()
	own := []string{
		"access_denied", "consent_required", "interaction_required", "invalid_scope", "login_required", "missing_redirect_uri",
		"server_error", "temporarily_unavailable", "unauthorized_client", "unsupported_response_type",
	}
	for _, code := range own {
		assert.Check(t, is.Equal(Code(code, ""), code))
	}
	codes := slices.AppendSeq(own, maps.Values(kinds))
	for _, r := range refusals {
		codes = append(codes, r.code)
	}
	for _, code := range codes {
		assert.Check(t, meanings[code].problem != "" && meanings[code].fix != "", "%s: no sentence or no next step", code)
	}
}
