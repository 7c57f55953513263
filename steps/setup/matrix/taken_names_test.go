package matrix

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/setup"
)

// takes has a colleague make an object with the name that the guide gives its own by default.
type takes func(t *testing.T, c *computer, conn *setup.Connection)

// messengerType is the integration type of a sign-in for Messenger in this organization.
func messengerType(t *testing.T, c *computer) string {
	t.Helper()
	r := c.start(t, nil)
	kit.Must(r.session.Plan(t.Context()))(t)
	return r.session.Findings()["integration_type_id"]
}

var takenNames = map[string]struct {
	takes takes
	key   guide.Key
	kind  guide.ObjectKind
}{
	"app": {func(t *testing.T, _ *computer, conn *setup.Connection) {
		_, err := conn.Okta.CreateApp(t.Context(), okta.NewApp{
			Label: "Genesys Cloud Messenger", GrantTypes: []string{"authorization_code"}, RedirectURIs: []string{"https://other.example.com/"},
		})
		assert.NilError(t, err)
	}, guide.AppName, guide.KindApp},
	"integration": {func(t *testing.T, c *computer, conn *setup.Connection) {
		made := kit.Must(conn.Genesys.CreateIntegration(t.Context(), "Messenger SSO (Okta)", messengerType(t, c)))(t)
		config := kit.Must(conn.Genesys.IntegrationConfig(t.Context(), made.ID))(t)
		config.Notes, config.Properties = "Ours", map[string]any{"openIdDiscoveryUri": "https://other.example.com/.well-known/openid-configuration", "maxRefreshTokenLifetime": 900}
		kit.Must(conn.Genesys.UpdateIntegrationConfig(t.Context(), made.ID, config))(t)
	}, guide.IntegrationName, guide.KindIntegration},
	"configuration": {func(t *testing.T, c *computer, _ *setup.Connection) {
		simtest.Call(t, c.sim, "POST", c.sim.GenesysURL()+"/api/v2/webdeployments/configurations",
			`{"name":"Web SSO Messenger","languages":["en-us"],"defaultLanguage":"en-us"}`)
	}, guide.MessengerConfig, guide.KindConfiguration},
	"deployment": {func(t *testing.T, _ *computer, conn *setup.Connection) {
		all := kit.Must(conn.Genesys.Deployments(t.Context()))(t)
		_, err := conn.Genesys.CreateDeployment(t.Context(), genesys.Deployment{
			Name: "Web SSO", ConfigurationID: all[0].ConfigurationID, ConfigurationVersion: all[0].ConfigurationVersion, AllowedDomains: []string{"other.example.com"},
		})
		assert.NilError(t, err)
	}, guide.DeploymentName, guide.KindDeployment},
}

// TestTakenNames: a colleague's object of the name is known when the plan is made. The wizard neither takes it over nor
// makes a second one.
func TestTakenNames(t *testing.T) {
	t.Parallel()
	for name, tc := range takenNames {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newComputer(t, simulator.Options{}, lagPoll)
			conn := kit.Must(c.start(t, nil).session.Connect(t.Context()))(t)
			tc.takes(t, c, conn)
			before, wrote := c.counts(), c.writes()
			err := c.start(t, nil).do(t.Context())
			e := new(explain.Error)
			assert.Assert(t, errors.As(err, &e) && e.Class == explain.ClassConflict && e.Question == tc.key,
				"got %v", err)
			if !strings.Contains(e.Problem, "already has the "+string(tc.kind)) || !strings.Contains(e.Problem, "which this wizard did not make") {
				t.Errorf("got %q", e.Problem)
			}
			if c.counts() != before || c.writes() != wrote {
				t.Errorf("%d writes", c.writes()-wrote)
			}
			c.set(t, map[guide.Key][]string{tc.key: {"Another name"}})
		})
	}
}

// TestTakenPolicyName: names are unique on an authorization server. A run gives its policy another one.
func TestTakenPolicyName(t *testing.T) {
	t.Parallel()
	for _, taken := range []string{"Genesys Messenger", "genesys messenger"} {
		c := newComputer(t, simulator.Options{}, lagPoll)
		conn := kit.Must(c.start(t, nil).session.Connect(t.Context()))(t)
		servers := kit.Must(conn.Okta.AuthorizationServers(t.Context()))(t)
		kit.Must(conn.Okta.CreatePolicy(t.Context(), servers[0].ID, okta.Policy{Name: taken, Clients: []string{"0oa00000000000000000"}, Priority: 1}))(t)
		r := c.set(t, nil)
		planned := slices.IndexFunc(r.plan.Changes, func(ch engine.Change) bool { return ch.Kind == guide.KindPolicy })
		got := r.plan.Changes[planned]
		assert.Check(t, got.Verb == engine.Create && got.Name == "Genesys Messenger (2)", "the plan has %+v", got)
		policies := kit.Must(conn.Okta.Policies(t.Context(), servers[0].ID))(t)
		if !slices.ContainsFunc(policies, func(p okta.Policy) bool { return p.Name == "Genesys Messenger (2)" }) || len(policies) != 2 {
			t.Errorf("the server has %+v", policies)
		}
	}
}

// TestTakenCredentialName: names of credentials need not be unique. Another one of the name changes nothing.
func TestTakenCredentialName(t *testing.T) {
	t.Parallel()
	c := newComputer(t, simulator.Options{}, lagPoll)
	made := c.set(t, nil).result
	conn := kit.Must(c.start(t, nil).session.Connect(t.Context()))(t)
	credentials := kit.Must(conn.Genesys.Credentials(t.Context()))(t)
	own := slices.IndexFunc(credentials, func(s genesys.Credential) bool { return s.Name == "Integration-"+made.Genesys.IntegrationID })
	theirs, err := conn.Genesys.CreateCredential(t.Context(), genesys.NewCredential{
		Name: credentials[own].Name, Type: credentials[own].Type, Fields: map[string]guide.Secret{"client_id": guide.NewSecret("x"), "client_secret": guide.NewSecret("y")},
	})
	assert.NilError(t, err)
	wrote := c.writes()
	c.set(t, nil)
	if c.writes() != wrote {
		t.Errorf("a rerun wrote %d times", c.writes()-wrote)
	}
	config := kit.Must(conn.Genesys.IntegrationConfig(t.Context(), made.Genesys.IntegrationID))(t)
	for _, id := range config.Credentials {
		assert.Check(t, id == credentials[own].ID && id != theirs.ID, "the integration uses %s", id)
	}
}
