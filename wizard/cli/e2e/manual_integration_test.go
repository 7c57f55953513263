//go:build linux

package e2e

import (
	"cmp"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/apiclient/testkit/repeat"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"

	genesyssteps "msgsso-wizard/steps/genesys"
)

const consoleSignIn = "Console sign-in"

// itsRow is the integration's row in the list, with the cursor.
var itsRow = regexp.MustCompile(`› \([ •]\) ` + consoleSignIn)

// integrationInConsole is an active integration that an admin set up in the console.
func integrationInConsole(t *testing.T, api services.Genesys, discoveryURI string) (id, typeID string) {
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
		id, typeID = made.ID, kind.ID
	}
	return id, typeID
}

// ending is an organization whose section Integration ends with an error, and what an admin does about it.
type ending struct {
	opts    simulator.Options
	arrange func(consoleOrg) // prepares the orgs; nil: nothing
	env     []string
	says    string           // on the problem's screen
	key     string           // pressed there: m sets up the integration in the console and chooses it
	picks   string           // from the list there
	types   string           // in the form that the key opens
	fix     func(consoleOrg) // what the admin does in the console before that; nil: nothing
}

// consoleOrg is what an admin of both orgs works with.
type consoleOrg struct {
	t    *testing.T
	sim  *simulator.Server
	api  services.Genesys
	id   string // of the integration that was set up in the console
	kind string // its type
}

// answers has Genesys Cloud answer calls of that kind with a body.
func (o consoleOrg) answers(method, path string, status int, body string) {
	o.sim.Genesys().Faults.Add(simkit.Fault{
		Method: method, Path: regexp.MustCompile(path), Status: status, Body: body, Header: http.Header{"Content-Type": {"application/json"}},
	})
}

// installs an integration of the type, as another admin does.
func (o consoleOrg) installs(name, notes string) {
	o.t.Helper()
	made, err := o.api.CreateIntegration(o.t.Context(), name, o.kind)
	assert.NilError(o.t, err)
	config, err := o.api.IntegrationConfig(o.t.Context(), made.ID)
	assert.NilError(o.t, err)
	config.Notes = notes
	current, err := o.api.IntegrationConfig(o.t.Context(), o.id)
	assert.NilError(o.t, err)
	config.Properties = current.Properties
	_, err = o.api.UpdateIntegrationConfig(o.t.Context(), made.ID, config)
	assert.NilError(o.t, err)
}

// sets the status of the integration of the console.
func (o consoleOrg) sets(status string) {
	o.t.Helper()
	simtest.Call(o.t, o.sim, http.MethodPatch, o.sim.GenesysURL()+"/api/v2/integrations/"+o.id, status)
}

// setsUp runs the wizard before, on another computer.
func (o consoleOrg) setsUp() {
	o.t.Helper()
	first := run(o.t, append(o.sim.Environment(), "XDG_STATE_HOME="+o.t.TempDir()), "", "--no-input")
	assert.Equal(o.t, first.code, 0, first.said)
}

const theirs = "Messenger SSO (Okta)" // the name that the wizard would give

var endings = map[string]ending{
	"no type": {
		arrange: func(o consoleOrg) { o.answers(http.MethodGet, `^/api/v2/integrations/types$`, 200, `{"entities":[]}`) },
		says:    "doesn't offer the integration type", key: "m",
	},
	"no property that can be a Discovery URI": {
		arrange: func(o consoleOrg) {
			o.answers(http.MethodGet, `/configschemas/properties$`, 200, `{"type":"object","properties":{"seats":{"type":"integer"}}}`)
		},
		says: "None of its properties can be a Discovery URI.", key: "m",
	},
	"a type without a credential": {
		arrange: func(o consoleOrg) {
			body := fmt.Sprintf(`{"id":%q,"name":%q}`, o.kind, guide.IntegrationTypeName)
			o.answers(http.MethodGet, `^/api/v2/integrations/types$`, 200, `{"entities":[`+body+`]}`)
			o.answers(http.MethodGet, `^/api/v2/integrations/types/[^/]+$`, 200, body)
		},
		says: "it has no credential", key: "m",
	},
	"a credential of an unknown type": {
		arrange: func(o consoleOrg) {
			o.answers(http.MethodGet, `^/api/v2/integrations/credentials/types$`, 200, `{"entities":[]}`)
		},
		says: "isn't listed", key: "m",
	},
	"a type of another kind is answered": {
		env: []string{"MSGSSO_INTEGRATION_TYPE=embedded-client-app"}, says: "integration type", key: "m",
	},
	"a property that the type lacks": {
		env: []string{"MSGSSO_INTEGRATION_PROPERTY=nothing=1"}, says: `has no property "nothing"`, key: "m",
	},
	"the limit, known": {
		opts: simulator.Options{Genesys: genesyssim.Options{MaxInstances: 1}}, says: "allows no more integrations", key: "m",
	},
	"the limit, told by the refusal": {
		arrange: func(o consoleOrg) {
			o.answers(http.MethodPost, `^/api/v2/integrations$`, 400, `{"code":"max.integrations.reached","message":"No more.","status":400}`)
		},
		says: "No more.", key: "m",
	},
	"no credential can be stored": {
		arrange: func(o consoleOrg) {
			o.answers(http.MethodPost, `^/api/v2/integrations/credentials$`, 400, `{"code":"bad.request","message":"The fields are wrong.","status":400}`)
		},
		says: "refused to store the client credentials", key: "m",
	},
	"another admin's integration of the name": {
		arrange: func(o consoleOrg) { o.installs(theirs, "Do not touch") },
		says:    "not created by this wizard", key: "e", types: "Third sign-in",
	},
	"two of the name": {
		arrange: func(o consoleOrg) { o.installs(theirs, "a"); o.installs(theirs, "b") },
		says:    "several objects of the kind integration", key: "e", types: "Third sign-in",
	},
	"settings that someone changes all the time": {
		arrange: func(o consoleOrg) {
			o.answers(http.MethodPut, `/config/current$`, 409, `{"code":"integrations.version.conflict","message":"Conflict.","status":409}`)
		},
		says: "Conflict", key: "m",
	},
	"an activation that is refused": {
		arrange: func(o consoleOrg) {
			o.answers(http.MethodPatch, `^/api/v2/integrations/[^/]+$`, 400, `{"code":"bad.request","message":"It can't be activated.","status":400}`)
		},
		says: "refused to activate the integration", key: "m",
	},
	"no discovery document": {
		arrange: func(o consoleOrg) {
			f := simkit.Fault{Path: regexp.MustCompile(`^/oauth2/default/.well-known/openid-configuration$`), Status: 404, Body: "none"}
			o.sim.Okta().Faults.Add(f)
		},
		says: "There is no discovery document at", key: "e", types: "{okta}/.well-known/openid-configuration",
	},
	"an authorization server that isn't there": {
		env:  []string{"MSGSSO_DISCOVERY_URI={okta}/oauth2/nothing/.well-known/openid-configuration"},
		says: "has no authorization server with the issuer", key: "e", types: "{okta}/.well-known/openid-configuration",
	},
	"the credential of another app": {
		arrange: consoleOrg.setsUp, env: []string{"MSGSSO_APP_NAME=Second app"},
		says: "but this run has another app", key: "e", picks: theirs,
	},
	"the credential of a deleted app": {
		arrange: func(o consoleOrg) {
			o.setsUp()
			_, all := simtest.Send(o.t, o.sim, http.MethodGet, o.sim.OktaURL()+"/api/v1/apps?q=Genesys+Cloud+Messenger", "")
			app := o.sim.OktaURL() + "/api/v1/apps/" + all.([]any)[0].(map[string]any)["id"].(string)
			simtest.Send(o.t, o.sim, http.MethodPost, app+"/lifecycle/deactivate", "")
			simtest.Send(o.t, o.sim, http.MethodDelete, app, "")
		},
		says: "uses the deleted Okta client", key: "e", picks: theirs,
	},
	"a chosen integration that is inactive": {
		arrange: func(o consoleOrg) { o.sets(`{"intendedState":"DISABLED"}`) },
		env:     []string{"MSGSSO_MANUAL=integration", "MSGSSO_INTEGRATION_NAME=" + consoleSignIn},
		says:    "isn't complete", key: "r", fix: func(o consoleOrg) { o.sets(`{"intendedState":"ENABLED"}`) },
	},
	"hidden authorization servers": {
		arrange: func(o consoleOrg) {
			f := oktasim.Refusal("E0000006")
			f.Method, f.Path = http.MethodGet, regexp.MustCompile(`^/api/v1/authorizationServers`)
			o.sim.Okta().Faults.Add(f)
		},
		says: "can't read the authorization servers", key: "r",
		fix: func(o consoleOrg) { o.sim.Okta().Faults.Clear() },
	},
}

// TestNoDeadEndByKeys sees each error of the section Integration: before the first write, on the review, or while the
// section is carried out. The way out that the screen offers leads to the snippet.
func TestNoDeadEndByKeys(t *testing.T) {
	t.Parallel()
	for name, tt := range endings {
		if repeat.Skips(name, 5, 1) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.opts.Seed = 1
			sim := simtest.Start(t, tt.opts)
			o := consoleOrg{t: t, sim: sim, api: genesysAPI(t, sim)}
			o.id, o.kind = integrationInConsole(t, o.api, sim.OktaURL()+"/oauth2/default/.well-known/openid-configuration")
			if tt.arrange != nil {
				tt.arrange(o)
			}
			environ := append(sim.Environment(), "XDG_STATE_HOME="+t.TempDir())
			for _, v := range tt.env {
				environ = append(environ, strings.ReplaceAll(v, "{okta}", sim.OktaURL()))
			}
			types := cmp.Or(strings.ReplaceAll(tt.types, "{okta}", sim.OktaURL()), consoleSignIn)
			play := onTerminalOf(t, 100, 50, environ)
			came, chose := false, false
			play.play(func(shown string) string {
				problem := strings.Contains(shown, "What to do") && !isForm(shown)
				switch {
				case strings.Contains(shown, "i choose it"):
					chose = true
					return "i"
				case problem && strings.Contains(strings.Join(strings.Fields(shown), " "), tt.says):
					if came = true; tt.fix != nil {
						tt.fix(o)
					}
					return tt.key
				case isForm(shown) && !came, isForm(shown) && tt.key == "m" && (!chose || askedFor(shown) != "Integration"):
					return escape // an Enter for the screen before opened it
				case tt.key == "m" && itsRow.MatchString(shown):
					return enter
				case tt.key == "m" && strings.Contains(shown, ": "+consoleSignIn+"  "): // as a new name; the list has it below, or is on its way
					return "\x1b[B"
				case isForm(shown) && tt.picks != "" && !strings.Contains(focus.FindString(shown), tt.picks+"  status: "):
					return "\x1b[B"
				case isForm(shown) && tt.picks != "", isForm(shown) && strings.Contains(focus.FindString(shown), types):
					return enter
				case isForm(shown):
					return instead(types)
				}
				return onward(shown)
			})
			assert.Check(t, is.Contains(play.ends(0), "</script>"))
			assert.Check(t, came, "the problem was not shown")
			assert.Check(t, is.Equal(tt.key == "m" && o.used(), tt.key == "m"), "no configuration signs visitors in with the chosen integration")
		})
	}
}

// used reports whether a configuration signs visitors in with the integration of the console.
func (o consoleOrg) used() bool {
	all, err := o.api.Configurations(o.t.Context())
	assert.NilError(o.t, err)
	return slices.ContainsFunc(all, func(c genesys.Configuration) bool { return c.Auth != nil && c.Auth.IntegrationID == o.id })
}
