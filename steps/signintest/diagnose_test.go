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

// counter is a Genesys Cloud of which only what browsers and admins read is there.
type counter struct {
	services.Messenger // nil
	services.Genesys   // nil
	off                bool
	state, discovery   string
	versions           []genesys.Configuration
}

func (c counter) PublicConfig(context.Context, string) (genesys.PublicConfig, error) {
	return genesys.PublicConfig{Version: "1", AuthEnabled: !c.off}, nil
}

func (c counter) Deployment(_ context.Context, id string) (genesys.Deployment, error) {
	return genesys.Deployment{ID: id, ConfigurationID: "c1", ConfigurationVersion: "1"}, nil
}

func (c counter) ConfigurationVersion(context.Context, string, string) (genesys.Configuration, error) {
	return genesys.Configuration{ID: "c1", Version: "1", Auth: &genesys.AuthenticationSettings{Enabled: !c.off, IntegrationID: "i1"}}, nil
}

func (c counter) ConfigurationVersions(context.Context, string) ([]genesys.Configuration, error) {
	return c.versions, nil
}

func (c counter) Integration(_ context.Context, id string) (genesys.Integration, error) {
	if c.state == "" {
		return genesys.Integration{}, &apiclient.Error{Service: apiclient.GenesysCloud, Status: 404, Code: "not.found"}
	}
	return genesys.Integration{ID: id, Name: "Messenger SSO", State: c.state}, nil
}

func (c counter) IntegrationConfig(context.Context, string) (genesys.IntegrationConfig, error) {
	return genesys.IntegrationConfig{Properties: apiclient.Object{"key": c.discovery}}, nil
}

const (
	asGrant  = "app.oauth2.as.token.grant"
	orgGrant = "app.oauth2.token.grant"
	right    = issuer + "/.well-known/openid-configuration"
)

func TestTheReasonOfARefusedExchange(t *testing.T) {
	t.Parallel()
	refusal := &apiclient.Error{Service: apiclient.GenesysCloud, Status: 401, Code: "bad.credentials", RequestID: "77ab"}
	fine := counter{state: "ACTIVE", discovery: right}
	granted := okta.LogEvent{Type: asGrant + ".id_token", Result: "SUCCESS", Actor: clientID, ActorType: "PublicClientApp"}
	elses := granted
	elses.Targets = []okta.LogTarget{{ID: "00ubob", Type: "User"}}
	for name, row := range map[string]struct {
		err     *apiclient.Error
		at      counter
		admin   bool // may look at Genesys Cloud
		blind   bool // may not read the System Log
		events  []okta.LogEvent
		side    Side
		autoFix Fix
		says    string
	}{
		"secret, nobody looks at Genesys Cloud": {at: fine, events: []okta.LogEvent{refusedTo(clientID, "app.oauth2.invalid_client_credentials", "")}, side: SideBetween, autoFix: FixCredential, says: "most likely the client secret"},
		"verifier":                              {at: fine, events: []okta.LogEvent{refusedTo(clientID, asGrant, "pkce_verification_failed")}, side: SideBetween, says: "The PKCE verifier does not belong"},
		"refused by the org's own server":       {at: fine, events: []okta.LogEvent{refusedTo(clientID, orgGrant, "pkce_verification_failed")}, side: SideBetween, autoFix: FixDiscovery, says: "most likely the integration's Discovery URI names another authorization server of this org"},
		"own tokens alone":                      {at: fine, events: []okta.LogEvent{granted}, side: SideBetween, autoFix: FixDiscovery, says: "Okta's System Log shows no request"},
		"somebody else's":                       {at: fine, events: []okta.LogEvent{granted, elses}, side: SideBetween, autoFix: FixDiscovery, says: "Okta's System Log shows no request"},
		"tokens given":                          {at: fine, events: []okta.LogEvent{granted, granted}, side: SideGenesys, says: "Okta gave Genesys Cloud the tokens"},
		"the old version is pinned":             {at: counter{off: true, versions: []genesys.Configuration{{Version: "9"}, {Version: "10", Auth: &genesys.AuthenticationSettings{Enabled: true}}, {Version: "2", Auth: &genesys.AuthenticationSettings{Enabled: true}}}}, admin: true, side: SideGenesys, autoFix: FixPublish, says: "the deployment uses version 1 of the configuration, in which authentication is off. It is on in version 10"},
		"integration gone":                      {at: counter{}, admin: true, side: SideGenesys, autoFix: FixPublish, says: "the configuration names the integration i1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				log := &logBook{}
				s := Setup{Messenger: row.at, Okta: log}
				if row.blind {
					s.Okta = nil
				}
				if row.admin {
					s.Genesys = row.at
				}
				for _, e := range row.events {
					log.write(e)
				}
				if row.err == nil {
					row.err = refusal
				}
				x, _ := aTest(s)
				v := x.fails(x.diagnose(t.Context(), row.err))
				assert.Check(t, is.Equal(v.Side, row.side), "side")
				assert.Check(t, is.Equal(v.AutoFix, row.autoFix), "mend")
				assert.Check(t, is.Equal(v.Problem.Class, explain.ClassTest), "class")
				assert.Check(t, is.Equal(v.Problem.RequestID, row.err.RequestID), "request")
				want := leads[row.side] + row.says
				assert.Check(t, strings.HasPrefix(v.Problem.Problem, want),
					"%q does not begin with %q", v.Problem.Problem, want)
				assert.Check(t, v.Problem.Fix != "", "no next step")
			})
		})
	}
}

func TestAnExchangeWithoutAnAnswerIsTheNetworks(t *testing.T) {
	t.Parallel()
	x, _ := aTest(Setup{})
	err := &apiclient.Error{Service: apiclient.GenesysCloud, Host: "api.mypurecloud.de", Err: apiclient.ErrTimeout}
	v := x.fails(x.diagnose(t.Context(), err))
	assert.Check(t, is.Equal(v.Problem.Class, explain.ClassNetwork), "class")
	assert.Check(t, is.Equal(v.Problem.Problem, "Okta is fine. The fault is at Genesys Cloud: api.mypurecloud.de did not answer in time."), "problem")
}

func TestTheLogIsAskedAsLongAsEventsComeLate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		log := &logBook{}
		x, lines := aTest(Setup{Messenger: counter{state: "ACTIVE"}, Okta: log})
		done := make(chan fault)
		go func() { done <- x.atOkta(t.Context(), nil) }()
		synctest.Wait()
		assert.Check(t, is.Equal(log.count(), 1), "reads at once")
		log.write(refusedTo(clientID, asGrant, "invalid_client_secret"))
		assert.Check(t, is.Equal((<-done).problem, wrongSecret.problem), "what is found later")
		assert.Check(t, is.Equal(log.count(), 2), "reads")
		assert.Check(t, is.Equal(len(*lines), 2), "lines")
		l := (*lines)[1]
		assert.Check(t, strings.HasSuffix(l.Detail, `"invalid_client_secret" from 3.120.0.1 (Genesys Cloud)`),
			"%q", l.Detail)
	})
}
