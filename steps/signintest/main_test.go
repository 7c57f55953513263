package signintest

import (
	"context"
	"sync"
	"testing"
	"time"

	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/services"
)

func TestMain(m *testing.M) { kit.Main(m) }

const (
	clientID = "0oaclient1"
	pageURI  = "http://localhost:8080/"
	issuer   = "https://acme.okta.com/oauth2/default"
)

// aTest is a test as it stands in the middle, with what it told so far.
func aTest(s Setup) (*test, *[]Line) {
	s.ClientID, s.RedirectURI, s.DeploymentID = clientID, pageURI, "d1"
	s.Document = oidc.Document{
		URI: issuer + "/.well-known/openid-configuration", Issuer: issuer, JWKSURI: issuer + "/v1/keys",
		AuthorizationEndpoint: issuer + "/v1/authorize", TokenEndpoint: issuer + "/v1/token", RevocationEndpoint: issuer + "/v1/revoke",
	}
	lines := &[]Line{}
	t := &test{Setup: s, pace: usual, begun: time.Now(), front: Front{Line: func(l Line) { *lines = append(*lines, l) }}}
	t.end = func(error) {}
	return t, lines
}

// journal is an Okta org of which only the System Log is there.
type journal struct {
	services.Okta // nil
	ahead         time.Duration
	err           error

	mu     sync.Mutex
	events []okta.LogEvent
	reads  []okta.LogQuery
}

func (b *journal) Skew() (time.Duration, bool) { return b.ahead, true }

func (b *journal) Logs(_ context.Context, q okta.LogQuery) ([]okta.LogEvent, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.reads = append(b.reads, q)
	return append([]okta.LogEvent{}, b.events...), b.err
}

// write adds an event that happens now, by Okta's clock.
func (b *journal) write(e okta.LogEvent) {
	b.mu.Lock()
	defer b.mu.Unlock()
	e.Published = time.Now().Add(b.ahead)
	b.events = append(b.events, e)
}

func (b *journal) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.reads)
}

// refusedAtOkta is the event of a browser that Okta refused.
func refusedAtOkta(reason, sent string) okta.LogEvent {
	return okta.LogEvent{
		Type: "app.oauth2.as.authorize", Result: "FAILURE", Reason: reason, Actor: clientID, ActorType: "PublicClientApp", IP: "192.0.2.7",
		Targets: []okta.LogTarget{{ID: "00ualice", Type: "User", Login: "alice@acme.test"}}, Debug: map[string]string{"redirectUri": sent},
	}
}

// refusedTo is the event of a request for tokens.
func refusedTo(client, kind, reason string) okta.LogEvent {
	return okta.LogEvent{Type: kind, Result: "FAILURE", Reason: reason, Actor: client, ActorType: "PublicClientApp", IP: "3.120.0.1"}
}
