package matrix

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/apiclient/testkit/repeat"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	genesyssteps "msgsso-wizard/steps/genesys"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/mark"
	"msgsso-wizard/steps/setup"
)

// manual is a case of what an admin made before the first run.
type manual struct {
	name     string
	auth     string // of the configuration: on, off, or empty: it has no such settings
	origin   string // the status of the trusted origin
	stranger bool   // the integration has the credential of another app than the one that the run is given
}

var manuals = []manual{
	{name: "signs in already", auth: "on", origin: "ACTIVE"},
	{name: "no authentication", origin: "INACTIVE"},
	{name: "authentication off", auth: "off", origin: "ACTIVE"},
	{name: "credential of another client", auth: "on", origin: "ACTIVE", stranger: true},
}

const (
	livePage = "https://www.example.com/support"
	newPage  = "https://www.example.com/new"
	shopPage = "https://shop.example.com/"

	manualNotes = "Ask Ada before you change this.\n\nReally."
)

// made is what an admin made manually: the answers that name it for reuse, and the page that is live.
type made struct {
	answers map[guide.Key][]string
	live    simtest.Visitor
	app     simtest.Visitor // of the new page, with the app that the run is given
}

// plant makes everything manually, through the services' own calls, so that nothing has this program's mark.
func (c *computer) plant(t *testing.T, h manual) made {
	t.Helper()
	okta, cloud := c.sim.OktaURL()+"/api/v1", c.sim.GenesysURL()+"/api/v2"
	post := func(address string, body any) object { return c.admin(t, http.MethodPost, address, body).(object) }
	server := c.admin(t, http.MethodGet, okta+"/authorizationServers", nil).([]any)[0].(object)["id"].(string)
	app, client := c.webApp(t, "Shop", server)
	stored, storedApp := client, app
	if h.stranger {
		storedApp, stored = c.webApp(t, "Old shop", server)
	}
	origin := post(okta+"/trustedOrigins", object{"name": "Shop", "origin": "https://www.example.com", "scopes": []any{object{"type": "CORS"}}})
	if h.origin == "INACTIVE" {
		post(okta+"/trustedOrigins/"+origin["id"].(string)+"/lifecycle/deactivate", nil)
	}

	keys := c.keysOf(t)
	properties := object{keys.DiscoveryKey: c.sim.OktaURL() + "/oauth2/default/.well-known/openid-configuration"}
	for key, p := range keys.Properties {
		properties[key] = p.Value
	}
	integration := post(cloud+"/integrations", object{"name": "Sign-in of the shop", "integrationType": object{"id": keys.ID}})["id"].(string)
	at := cloud + "/integrations/" + integration
	credential := post(cloud+"/integrations/credentials", object{
		"name": "Integration-" + integration, "type": object{"name": keys.CredentialType},
		"credentialFields": object{keys.ClientIDField: stored["client_id"], keys.SecretField: stored["client_secret"]},
	})["id"]
	c.admin(t, http.MethodPut, at+"/config/current", object{
		"name": "Sign-in of the shop", "version": 1, "advanced": object{}, "notes": manualNotes,
		"properties":  properties,
		"credentials": object{keys.CredentialKey: object{"id": credential}},
	})
	c.admin(t, http.MethodPatch, at, object{"intendedState": "ENABLED"})
	settings := object{
		"name": "Shop", "description": "The shop's Messenger", "languages": []string{"en-us", "de"}, "defaultLanguage": "de",
		"messenger": object{
			"enabled": true, "styles": object{"primaryColor": "#AA0000"}, "launcherButton": object{"visibility": "OnDemand"},
			"fileUpload": object{"modes": []any{object{"fileTypes": []string{"image/png"}, "maxFileSizeKB": 64}}},
		},
		"position": object{"alignment": "Left", "sideSpace": 5, "bottomSpace": 7},
	}
	if h.auth != "" {
		settings["authenticationSettings"] = object{"enabled": h.auth == "on", "integrationId": integration, "allowSessionUpgrade": true}
	}
	configuration := post(cloud+"/webdeployments/configurations", settings)["id"].(string)
	post(cloud+"/webdeployments/configurations/"+configuration+"/versions/draft/publish", nil)
	flows := kit.Must(c.genesys.Flows(t.Context()))(t)
	flow := flows[slices.IndexFunc(flows, func(f genesys.Flow) bool { return f.Name == "Web chat" })].ID
	deployment := post(cloud+"/webdeployments/deployments", object{
		"name": "Shop", "description": "On every page of the shop", "allowedDomains": []string{"www.example.com", "help.example.com"},
		"configuration": object{"id": configuration, "version": "1"}, "flow": object{"id": flow},
	})["id"].(string)
	c.admin(t, http.MethodGet, okta+"/apps/"+storedApp, nil) // once reads see it, so do visitors
	c.admin(t, http.MethodGet, cloud+"/webdeployments/deployments/"+deployment, nil)
	return made{
		answers: map[guide.Key][]string{
			guide.AppName: {app}, guide.IntegrationName: {integration}, guide.MessengerConfig: {configuration}, guide.DeploymentName: {deployment},
			guide.RedirectURIs: {newPage, shopPage},
		},
		live: c.visitorOf(livePage, stored, deployment),
		app:  c.visitorOf(newPage, client, deployment),
	}
}

// visitorOf signs in on a page of a deployment, with an app's client.
func (c *computer) visitorOf(page string, client object, deployment string) simtest.Visitor {
	return simtest.Visitor{
		Sim: c.sim, Issuer: c.sim.OktaURL() + "/oauth2/default", ClientID: client["client_id"].(string), DeploymentID: deployment, RedirectURI: page,
	}
}

// webApp makes an app without sign-out pages, which everyone may use, with its own policy on a server.
func (c *computer) webApp(t *testing.T, label, server string) (id string, client object) {
	t.Helper()
	api := c.sim.OktaURL() + "/api/v1"
	app := c.admin(t, http.MethodPost, api+"/apps", object{
		"name": "oidc_client", "label": label, "signOnMode": "OPENID_CONNECT",
		"credentials": object{"oauthClient": object{"token_endpoint_auth_method": "client_secret_basic"}},
		"settings": object{"oauthClient": object{
			"application_type": "web", "grant_types": []string{"authorization_code"}, "response_types": []string{"code"},
			"redirect_uris": []string{livePage}, "consent_method": "TRUSTED",
		}},
	}).(object)
	id, client = app["id"].(string), app["credentials"].(object)["oauthClient"].(object)
	everyone := c.admin(t, http.MethodGet, api+"/groups?q=Everyone", nil).([]any)[0].(object)["id"].(string)
	c.admin(t, http.MethodPut, api+"/apps/"+id+"/groups/"+everyone, object{})
	policies := api + "/authorizationServers/" + server + "/policies"
	policy := c.admin(t, http.MethodPost, policies, object{
		"type": "OAUTH_AUTHORIZATION_POLICY", "name": label, "description": "For the shop", "priority": 1,
		"conditions": object{"clients": object{"include": []any{client["client_id"]}}},
	}).(object)["id"].(string)
	c.admin(t, http.MethodPost, policies+"/"+policy+"/rules", object{
		"type": "RESOURCE_ACCESS", "name": "Shoppers", "priority": 1, "conditions": object{
			"people":     object{"groups": object{"include": []string{"EVERYONE"}}},
			"grantTypes": object{"include": []string{"authorization_code"}}, "scopes": object{"include": []string{"*"}},
		},
	})
	return id, client
}

// keysOf are those of the integration type.
func (c *computer) keysOf(t *testing.T) genesyssteps.TypeKeys {
	t.Helper()
	types := kit.Must(c.genesys.IntegrationTypes(t.Context()))(t)
	i := slices.IndexFunc(types, func(kind genesys.IntegrationType) bool {
		return kind.Category == "WebDeployments" && !kind.NonInstallable
	})
	return kit.Must(genesyssteps.ReadType(t.Context(), c.genesys, types[i].ID, guide.NewAnswers()))(t)
}

// TestExistingOrgs cuts a run on orgs that are not empty off at each write, in each way. Whether it is run again or not,
// undo leaves every object as it was before, byte for byte, and the live page signs its visitors in.
func TestExistingOrgs(t *testing.T) {
	t.Parallel()
	late := []string{"both and writes"}
	if repeat.Full() {
		late = append(late, "none", "genesys writes", "okta reads")
	}
	turn := 0
	for _, h := range manuals {
		calm := existing(t, h, "none", &trap{}, true)
		for _, name := range late {
			for at := 1; at <= calm; at++ {
				for i, a := range accidents {
					for _, again := range []bool{true, false} {
						twice := h.origin == "INACTIVE" && a.kind == "403" && again // a change that takes two calls may stop between them
						if turn++; turn%repeat.Every(61, 11) != 0 && !twice {
							continue // the kinds take turns
						}
						t.Run(fmt.Sprintf("%s/%s/%s/write%02d/after=%v/again=%v", h.name, name, a.kind, at, a.after, again), func(t *testing.T) {
							t.Parallel()
							existing(t, h, name, &trap{accident: accidents[i], at: at}, again)
						})
					}
				}
			}
		}
	}
}

// existing is one such run. It returns how often it wrote.
func existing(t *testing.T, h manual, late string, p *trap, again bool) int {
	t.Helper()
	ctx, kill := context.WithCancel(t.Context())
	defer kill()
	p.kill = kill
	var opts simulator.Options
	opts.WrapOkta, opts.WrapGenesys = p.wrap, p.wrap
	lags[late](&opts)
	c := newComputer(t, opts, lagPoll)
	m := c.plant(t, h)
	if late != "none" {
		time.Sleep(2 * lag) // by then everything has been there for long
	}
	before, could, wrote := c.snapshot(t), m.live.SignIn(t.Context()), c.writes()
	assert.Assert(t, h.auth != "on" || could == nil, "at first: %v", could)
	p.arm(true)
	err := c.start(t, m.answers).do(ctx)
	p.arm(false)
	assert.Assert(t, p.at != 0 || err == nil, err)
	if again {
		c.set(t, m.answers) // at once
		assert.Check(t, m.app.SignIn(t.Context()), "on the new page")
		config := c.sim.GenesysURL() + "/api/v2/integrations/" + m.answers[guide.IntegrationName][0] + "/config/current"
		want := manualNotes + "\n" + mark.Credential(false, m.app.ClientID, strings.TrimPrefix(c.sim.OktaURL(), "http://"))
		notes := c.admin(t, http.MethodGet, config, nil).(object)["notes"]
		assert.Check(t, notes == want, "notes %q, want %q", notes, want)
	}
	wrote = c.writes() - wrote
	c.undoAll(t)
	assert.Check(t, is.Equal(different(before, c.snapshot(t)), ""), "undo leaves (-before +after)")
	assert.Check(t, is.Equal(fmt.Sprint(m.live.SignIn(t.Context())), fmt.Sprint(could)), "on the live page")
	return wrote
}

// TestCredentialsOfOthersStay gives an integration that was made manually one app after another, and loses the answer to
// each write of the second run. The credential that it had is never overwritten, although by then no integration uses it.
func TestCredentialsOfOthersStay(t *testing.T) {
	t.Parallel()
	const writes = 4
	for at := range writes + 1 {
		for _, after := range []bool{true, false} {
			if !repeat.Full() && at > 0 && !after {
				continue // the creates that were carried out are harder
			}
			t.Run(fmt.Sprintf("write%d/after=%v", at, after), func(t *testing.T) {
				t.Parallel()
				othersStay(t, &trap{accident: accident{"reset", after}, at: at})
			})
		}
	}
}

func othersStay(t *testing.T, p *trap) {
	c := newComputer(t, simulator.Options{WrapOkta: p.wrap, WrapGenesys: p.wrap}, lagPoll)
	m := c.plant(t, manuals[0])
	at := c.sim.OktaURL() + "/api/v1/authorizationServers"
	app, client := c.webApp(t, "Another", c.admin(t, http.MethodGet, at, nil).([]any)[0].(object)["id"].(string))
	before := c.snapshot(t)
	c.set(t, m.answers)
	m.answers[guide.AppName] = []string{app}
	p.arm(true)
	_ = c.start(t, m.answers).do(t.Context())
	p.arm(false)
	c.set(t, m.answers)
	assert.Check(t, c.visitorOf(newPage, client, m.live.DeploymentID).SignIn(t.Context()), "with the other app")
	c.undoAll(t)
	assert.Check(t, is.Equal(different(before, c.snapshot(t)), ""), "undo leaves (-before +after)")
	assert.Check(t, m.live.SignIn(t.Context()), "after undo")
}

// TestTakenCredentialName: names of credentials need not be unique. Another one of the name changes nothing.
func TestTakenCredentialName(t *testing.T) {
	t.Parallel()
	c := newComputer(t, simulator.Options{}, lagPoll)
	made := c.set(t, nil).result
	credentials := kit.Must(c.genesys.Credentials(t.Context()))(t)
	own := slices.IndexFunc(credentials, func(s genesys.Credential) bool { return s.Name == "Integration-"+made.Genesys.IntegrationID })
	theirs := kit.Must(c.genesys.CreateCredential(t.Context(), genesys.NewCredential{
		Name: credentials[own].Name, Type: credentials[own].Type, Fields: map[string]guide.Secret{"client_id": guide.NewSecret("x"), "client_secret": guide.NewSecret("y")},
	}))(t)
	c.again(t, nil)
	config := kit.Must(c.genesys.IntegrationConfig(t.Context(), made.Genesys.IntegrationID))(t)
	for _, id := range config.Credentials {
		assert.Check(t, id == credentials[own].ID && id != theirs.ID, "the integration uses %s", id)
	}
}

// TestChangesOfOthersCount: what an admin changes right after a run counts in the next one, although the journal knows
// the objects: a group that was taken off the app stays off, and what cannot sign anyone in is an error.
func TestChangesOfOthersCount(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change   func(*testing.T, *computer, setup.Result)
		question guide.Key // of the conflict; empty: the run ends well
		says     string
	}{
		"group taken off": {
			func(t *testing.T, c *computer, r setup.Result) {
				for _, group := range kit.Must(c.okta.AppGroups(t.Context(), r.Okta.AppID))(t) {
					assert.NilError(t, c.okta.UnassignGroup(t.Context(), r.Okta.AppID, group))
				}
			},
			"", "No group is assigned to this app.",
		},
		"app inactive": {
			func(t *testing.T, c *computer, r setup.Result) {
				c.admin(t, http.MethodPost, c.sim.OktaURL()+"/api/v1/apps/"+r.Okta.AppID+"/lifecycle/deactivate", nil)
			},
			guide.AppName, "is inactive in Okta",
		},
		"deployment inactive": {
			func(t *testing.T, c *computer, r setup.Result) {
				address := c.sim.GenesysURL() + "/api/v2/webdeployments/deployments/" + r.Genesys.DeploymentID
				deployment := c.admin(t, http.MethodGet, address, nil).(object)
				deployment["status"] = "Inactive"
				c.admin(t, http.MethodPut, address, deployment)
			},
			guide.DeploymentName, "is Inactive",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newComputer(t, simulator.Options{}, time.Millisecond)
			first := c.set(t, nil)
			tt.change(t, c, first.result)
			wrote := c.writes()
			_, stranger := c.fresh(t, time.Hour, nil)
			for whose, r := range map[string]*run{"with the journal": c.start(t, nil), "without": stranger} {
				err := r.do(t.Context())
				if tt.question != "" {
					var e *explain.Error
					assert.Assert(t, errors.As(err, &e), "%s: %v", whose, err)
					assert.Check(t, is.Equal(e.Class, explain.ClassConflict), whose)
					assert.Check(t, is.Equal(e.Question, tt.question), whose)
					assert.Check(t, is.Contains(e.Problem, tt.says), whose)
					continue
				}
				assert.NilError(t, err, whose)
				assert.Check(t, slices.ContainsFunc(r.plan.Notices, func(n engine.Notice) bool { return strings.HasPrefix(n.Text, tt.says) }), whose)
			}
			assert.Check(t, is.Equal(c.writes(), wrote), "writes")
		})
	}
}

// TestViewAfterRun: what the journal's IDs are read back as is shown like the answer that made them.
func TestViewAfterRun(t *testing.T) {
	t.Parallel()
	c := newComputer(t, simulator.Options{}, time.Millisecond)
	r := c.start(t, nil)
	assert.NilError(t, r.do(t.Context()))
	kit.Must(r.session.Plan(t.Context()))(t)
	assert.Check(t, is.Equal(r.session.View().Value(guide.Assign), guide.AssignEveryone))
}
