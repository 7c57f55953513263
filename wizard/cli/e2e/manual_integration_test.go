//go:build linux

package e2e

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"

	genesyssteps "msgsso-wizard/steps/genesys"
)

const consoleSignIn = "Console sign-in"

// itsRow is the integration's row in the list, with the cursor.
var itsRow = regexp.MustCompile(`› \([ •]\) ` + consoleSignIn)

// integrationInConsole is an active integration that an admin set up in the console.
func integrationInConsole(t *testing.T, api services.Genesys, discoveryURI string) (id string) {
	t.Helper()
	types, err := api.IntegrationTypes(t.Context())
	assert.NilError(t, err)
	for _, kind := range types {
		if kind.Category != "WebDeployments" || kind.NonInstallable {
			continue
		}
		keys, err := genesyssteps.ReadType(t.Context(), api, kind.ID, guide.NewAnswers())
		assert.NilError(t, err)
		made, err := api.CreateIntegration(t.Context(), consoleSignIn, kind.ID)
		assert.NilError(t, err)
		credential, err := api.CreateCredential(t.Context(), genesys.NewCredential{Name: consoleSignIn, Type: keys.CredentialType, Fields: map[string]guide.Secret{
			keys.ClientIDField: guide.NewSecret("0oa1"), keys.SecretField: guide.NewSecret("s"),
		}})
		assert.NilError(t, err)
		config, err := api.IntegrationConfig(t.Context(), made.ID)
		assert.NilError(t, err)
		config.Properties = map[string]any{keys.DiscoveryKey: discoveryURI}
		for key := range keys.Properties {
			config.Properties[key] = 86400
		}
		config.Credentials = map[string]string{keys.CredentialKey: credential.ID}
		_, err = api.UpdateIntegrationConfig(t.Context(), made.ID, config)
		assert.NilError(t, err)
		_, err = api.EnableIntegration(t.Context(), made.ID)
		assert.NilError(t, err)
		id = made.ID
	}
	return id
}

// TestManualIntegrationByKeys meets a problem in the section Integration: before the first write, on the review, or while
// the section is carried out. The user sets the integration up in the console, chooses it, and comes to the snippet.
func TestManualIntegrationByKeys(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]simkit.Fault{
		"on the review":  {Method: http.MethodGet, Path: regexp.MustCompile(`^/api/v2/integrations/credentials/types$`), Status: 200, Body: `{"entities":[]}`},
		"in the section": {Method: http.MethodPost, Path: regexp.MustCompile(`^/api/v2/integrations$`), Status: 400, Body: `{"code":"max.integrations.reached","message":"No more.","status":400}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := simtest.Start(t, simulator.Options{Seed: 1})
			id := integrationInConsole(t, genesysAPI(t, sim), sim.OktaURL()+"/oauth2/default/.well-known/openid-configuration")
			fault.Times, fault.Header = 1<<20, http.Header{"Content-Type": {"application/json"}}
			sim.Genesys().Faults.Add(fault)
			tt := onTerminalOf(t, 100, 50, append(sim.Environment(), "XDG_STATE_HOME="+t.TempDir()))
			chose := 0
			tt.play(func(shown string) string {
				switch {
				case strings.Contains(shown, "i choose it"):
					chose++
					return "i"
				case isForm(shown) && (chose == 0 || askedFor(shown) != "Integration"): // an Enter for the screen before opened it
					return escape
				case itsRow.MatchString(shown):
					return enter
				case strings.Contains(shown, ": "+consoleSignIn+"  "): // as a new name; the list has it below, or is on its way
					return "\x1b[B"
				case isForm(shown):
					return instead(consoleSignIn)
				case strings.Contains(shown, "What to do") && strings.Contains(shown, "m manual setup"):
					return "m"
				}
				return onward(shown)
			})
			assert.Check(t, is.Contains(tt.ends(0), "</script>"))
			assert.Check(t, chose > 0, "no manual setup was shown")
			all, err := genesysAPI(t, sim).Configurations(t.Context())
			assert.NilError(t, err)
			used := false
			for _, c := range all {
				used = used || c.Auth != nil && c.Auth.IntegrationID == id
			}
			assert.Check(t, used, "no configuration signs visitors in with the chosen integration")
		})
	}
}
