package signintest

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/services"
)

const (
	asGrant  = "app.oauth2.as.token.grant"
	orgGrant = "app.oauth2.token.grant"
)

// TestRefusedExchangeReasons is about what Genesys Cloud's request leaves in the System Log; without words it left
// nothing.
func TestRefusedExchangeReasons(t *testing.T) {
	t.Parallel()
	granted := okta.LogEvent{Type: asGrant + ".id_token", Result: "SUCCESS", Actor: clientID, ActorType: "PublicClientApp"}
	elses := granted
	elses.Targets = []okta.LogTarget{{ID: "00ubob", Type: "User"}}
	for name, row := range map[string]struct {
		events  []okta.LogEvent
		side    Side
		autoFix Fix
		says    string
	}{
		"secret":            {[]okta.LogEvent{refusedTo(clientID, "app.oauth2.invalid_client_credentials", "")}, SideBetween, FixCredential, "the integration likely has an outdated client secret"},
		"verifier":          {[]okta.LogEvent{refusedTo(clientID, asGrant, "pkce_verification_failed")}, SideBetween, "", "The PKCE verifier doesn't belong"},
		"at the org server": {[]okta.LogEvent{refusedTo(clientID, orgGrant, "pkce_verification_failed")}, SideBetween, FixDiscovery, "the integration's Discovery URI likely names another authorization server of this org"},
		"own tokens alone":  {[]okta.LogEvent{granted}, "", "", ""},
		"somebody else's":   {[]okta.LogEvent{granted, elses}, "", "", ""},
		"tokens given":      {[]okta.LogEvent{granted, granted}, SideGenesys, "", "Okta issued tokens to Genesys Cloud"},
	} {
		x, _ := aTest(Setup{})
		f, seen, found := x.redemption(row.events)
		assert.Check(t, found == (row.says != "") && found == (seen != ""), name)
		assert.Check(t, f.side == row.side && f.autoFix == row.autoFix && strings.HasPrefix(f.problem, row.says), "%s: %+v", name, f)
	}
}

// counter is a Genesys Cloud of which only what browsers read of versions is there.
type counter struct{ services.Messenger } // nil

func (counter) PublicConfig(context.Context, string) (genesys.PublicConfig, error) {
	return genesys.PublicConfig{Version: "1", AuthEnabled: true}, nil
}

func (counter) PublicDomains(context.Context, string) (genesys.PublicDomains, error) {
	return genesys.PublicDomains{AllowAll: true}, nil
}

func TestNewestSignInVersionIsNamed(t *testing.T) {
	t.Parallel()
	on := &genesys.AuthenticationSettings{Enabled: true}
	versions := []genesys.Configuration{{Version: "9", Auth: on}, {Version: "10", Auth: on}, {Version: "2", Auth: on}, {Version: "11"}}
	assert.Check(t, is.Equal(newestSignIn(versions), "10"))
}

func TestUnansweredExchangeBlamesNetwork(t *testing.T) {
	t.Parallel()
	x, _ := aTest(Setup{})
	err := &apiclient.Error{Service: apiclient.GenesysCloud, Host: "api.mypurecloud.de", Err: apiclient.ErrTimeout}
	v := x.fails(x.diagnose(t.Context(), err))
	assert.Check(t, is.Equal(v.Problem.Class, explain.ClassNetwork), "class")
	assert.Check(t, is.Equal(v.Problem.Problem, "Okta works. The error is at Genesys Cloud: api.mypurecloud.de didn't answer in time."), "problem")
}

func TestLateEventsAreFound(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		log := &journal{}
		x, lines := aTest(Setup{Messenger: counter{}, Okta: log})
		done := make(chan fault)
		refusal := &apiclient.Error{Service: apiclient.GenesysCloud, Status: 401, Code: "bad.credentials", RequestID: "77ab"}
		go func() { done <- x.diagnose(t.Context(), refusal) }()
		synctest.Wait()
		assert.Check(t, is.Equal(log.count(), 1), "reads at once")
		log.write(refusedTo(clientID, asGrant, "invalid_client_secret"))
		f := <-done
		assert.Check(t, f.problem == wrongSecret.problem && f.request == "77ab", "what is found later: %+v", f)
		assert.Check(t, is.Equal(log.count(), 2), "reads")
		assert.Check(t, is.Equal(len(*lines), 2), "lines")
		assert.Check(t, is.Contains((*lines)[1].Detail, `"invalid_client_secret" from 3.120.0.1 (Genesys Cloud)`))
	})
}
