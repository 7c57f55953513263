package setup

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/mark"
)

// TestAppChosenByID: an app that another admin created is used when it is named by its id, and keeps all it has.
func TestAppChosenByID(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 3})
	admin := kit.OktaAdmin(t, sim)
	made := kit.Must(admin.CreateApp(t.Context(), okta.NewApp{
		Label: "Customer chat", GrantTypes: []string{"authorization_code"},
		RedirectURIs: []string{"https://shop.example/chat"}, LogoutURIs: []string{"https://shop.example/"},
	}))(t)
	objects := kit.Count(sim)
	set(t, session, guide.AppName, made.ID)
	set(t, session, guide.RedirectURIs, "http://localhost:8080/")
	set(t, session, guide.GrantTypes, "refresh_token")
	mustRun(t, session)
	found := kit.Must(admin.App(t.Context(), made.ID))(t)
	assert.Check(t, is.Equal(found.Label, "Customer chat"), "label")
	assert.Check(t, is.DeepEqual(found.RedirectURIs, []string{"https://shop.example/chat", "http://localhost:8080/"}), "redirect URIs")
	assert.Check(t, is.DeepEqual(found.LogoutURIs, []string{"https://shop.example/", "http://localhost:8080/"}), "sign-out URIs")
	assert.Check(t, is.DeepEqual(found.GrantTypes, []string{"authorization_code", "refresh_token"}), "grant types")
	assert.Check(t, is.Equal(session.Result(0).Okta.ClientID, made.ClientID), "client of the result")
	want := guideMakes(objects)
	want.Okta.Apps--
	want.Okta.Secrets--
	want.Okta.GroupsAssigned-- // the user didn't say who may sign in to it
	assert.Check(t, is.DeepEqual(kit.Count(sim), want), "objects")

	again := visit(t, sim)
	set(t, again, guide.AppName, made.ID)
	set(t, again, guide.RedirectURIs, "http://localhost:8080/")
	assert.Check(t, is.Equal(writesNothing(t, sim, again).Writes(), false), "a second run writes")
}

// An app's client ID needn't be its own ID (contract okta.md 1.1): policy, credential, and result have the client's.
func TestAppWithOwnClientID(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 3})
	const client = "messenger-client"
	made := simtest.Call(t, sim, "POST", sim.OktaURL()+"/api/v1/apps", `{"name":"oidc_client","label":"Chat","signOnMode":"OPENID_CONNECT",
		"credentials":{"oauthClient":{"client_id":"`+client+`","pkce_required":false,"token_endpoint_auth_method":"client_secret_basic"}},
		"settings":{"oauthClient":{"application_type":"web","grant_types":["authorization_code"],"response_types":["code"],
		"redirect_uris":["http://localhost:8080/"]}}}`)
	set(t, session, guide.AppName, made["id"].(string))
	set(t, session, guide.Assign, guide.AssignEveryone)
	mustRun(t, session)
	assert.Check(t, is.Equal(session.Result(0).Okta.ClientID, client))
	wouldSignIn(t, sim, session)
	config := kit.Must(kit.GenesysAdmin(t, sim).IntegrationConfig(t.Context(), session.Result(0).Genesys.IntegrationID))(t)
	assert.Check(t, is.Contains(config.Notes, "client "+client))
}

// TestOtherClientAuthenticationIsNoticed: an app with client_secret_post keeps it, because another page may use it.
func TestOtherClientAuthenticationIsNoticed(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 3})
	admin := kit.OktaAdmin(t, sim)
	app := kit.Must(admin.CreateApp(t.Context(), okta.NewApp{Label: "Customer chat", GrantTypes: []string{"authorization_code"}, RedirectURIs: []string{"http://localhost:8080/"}}))(t)
	app.TokenAuthMethod = "client_secret_post"
	app = kit.Must(admin.UpdateApp(t.Context(), app))(t)
	set(t, session, guide.AppName, app.ID)
	plan := mustRun(t, session)
	assert.Check(t, is.Contains(noticesOf(plan, guide.SectionOkta), "The app accepts only client_secret_post. Genesys Cloud likely uses client_secret_basic, so sign-in can fail. Doctor can change it."), "notices")
	assert.Check(t, is.Equal(kit.Must(admin.App(t.Context(), app.ID))(t).TokenAuthMethod, "client_secret_post"), "after the run")
}

// TestRefusedPublicReads: a 401 or 403 for what every provider publishes is no matter of credentials, nor of a wrong URI.
func TestRefusedPublicReads(t *testing.T) {
	t.Parallel()
	for path, read := range map[string]string{`^/oauth2/default/v1/keys$`: "signing keys", `^/oauth2/default/\.well-known/openid-configuration$`: "document"} {
		for _, status := range []int{http.StatusUnauthorized, http.StatusForbidden} {
			sim, session := world(t, simulator.Options{Seed: 3, Okta: oktasim.Options{Profile: oktasim.Workforce}})
			sim.Okta().Faults.Add(simkit.Fault{Path: regexp.MustCompile(path), Status: status})
			set(t, session, guide.DiscoveryURI, sim.OktaURL()+"/oauth2/default/.well-known/openid-configuration")
			_, err := session.Plan(t.Context())
			refused, ok := errors.AsType[*explain.Error](err)
			assert.Assert(t, ok, "%s, %d: %v", read, status, err)
			assert.Check(t, is.Contains(refused.Problem, fmt.Sprintf("(HTTP %d). That needs no credentials.", status)), read)
			assert.Check(t, is.Equal(refused.Fix, explain.PublicFix), read)
		}
	}
}

func TestUnusableAppIsRefused(t *testing.T) {
	t.Parallel()
	sim, _ := world(t, simulator.Options{Seed: 3})
	apps := kit.Must(kit.OktaAdmin(t, sim).Apps(t.Context(), ""))(t)
	for label, problem := range map[string]string{
		"Old chat":           "is inactive in Okta, so sign-in fails.",
		"Okta Admin Console": "isn't an OIDC web application: it has no client secret for Genesys Cloud.",
	} {
		i := slices.IndexFunc(apps, func(a okta.App) bool { return a.Label == label })
		session := visit(t, sim)
		set(t, session, guide.AppName, apps[i].ID)
		_, err := session.Plan(t.Context())
		e := asError(t, err)
		if e.Class != explain.ClassConflict || !strings.Contains(e.Problem, problem) || e.Question != guide.AppName {
			t.Errorf("%s: %d %s", label, e.Class, e.Problem)
		}
	}
}

func TestIntegrationChosenByID(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 4})
	id := foreignIntegration(t, sim, "Sign-in of the shop")
	objects := kit.Count(sim)
	set(t, session, guide.IntegrationName, id)
	mustRun(t, session)
	config := kit.Must(kit.GenesysAdmin(t, sim).IntegrationConfig(t.Context(), id))(t)
	assert.Check(t, is.Equal(config.Name, "Sign-in of the shop"), "name")
	assert.Check(t, is.Equal(config.Notes, "by hand\n"+mark.Credential(false, session.Result(0).Okta.ClientID, guide.Host(sim.OktaURL()))), "notes")
	assert.Check(t, is.Equal(session.Result(0).Genesys.IntegrationID, id), "integration")
	want := guideMakes(objects)
	want.Genesys.Integrations--
	assert.Check(t, is.DeepEqual(kit.Count(sim), want), "objects")

	again := visit(t, sim)
	set(t, again, guide.IntegrationName, id)
	writesNothing(t, sim, again)
}

// TestClearedGrantStaysCleared: also in a later run without answers.
func TestClearedGrantStaysCleared(t *testing.T) {
	t.Parallel()
	sim, first := world(t, simulator.Options{Seed: 6})
	set(t, first, guide.GrantTypes, "authorization_code")
	mustRun(t, first)
	app := kit.Must(kit.OktaAdmin(t, sim).App(t.Context(), first.Result(0).Okta.AppID))(t)
	assert.Check(t, is.DeepEqual(app.GrantTypes, []string{"authorization_code"}), "grant types")
	again := visit(t, sim)
	writesNothing(t, sim, again)
	assert.Check(t, is.DeepEqual(again.View().Get(guide.GrantTypes).Values, []string{"authorization_code"}), "what it found")
}

// TestKeptGrantsAreNamed: an app that has a grant type keeps it, and the plan says so.
func TestKeptGrantsAreNamed(t *testing.T) {
	t.Parallel()
	sim, first := world(t, simulator.Options{Seed: 6})
	assert.Check(t, !slices.Contains(mustRun(t, first).Notices, keptRefresh), "the first run")
	again := visit(t, sim)
	set(t, again, guide.GrantTypes, "authorization_code")
	plan := writesNothing(t, sim, again)
	assert.Check(t, slices.Contains(plan.Notices, keptRefresh), "%+v", plan.Notices)
}

var keptRefresh = warning(guide.SectionOkta, "The app keeps these grant types because other pages may use them: Refresh Token.")

// TestRerunTakesNothingAway: a later run with other answers, or with none, leaves the live page on the app.
func TestRerunTakesNothingAway(t *testing.T) {
	t.Parallel()
	sim, first := world(t, simulator.Options{Seed: 6})
	set(t, first, guide.RedirectURIs, "http://localhost:8080/", "https://www.example.com/chat")
	mustRun(t, first)
	none := visit(t, sim)
	writesNothing(t, sim, none)
	assert.Check(t, is.Equal(none.View().Get(guide.RedirectURIs).From, guide.FromOrg), "what it found")

	other := visit(t, sim)
	set(t, other, guide.RedirectURIs, "https://shop.example/")
	plan := planned(t, other)
	assert.Check(t, is.Equal(why(plan, "app"), "update: sign-in redirect URIs + https://shop.example/, sign-out redirect URIs + https://shop.example/"), "the app's change")
	assert.NilError(t, apply(t, other, plan))
	app := kit.Must(kit.OktaAdmin(t, sim).App(t.Context(), other.Result(0).Okta.AppID))(t)
	assert.Check(t, is.DeepEqual(app.RedirectURIs, []string{"http://localhost:8080/", "https://www.example.com/chat", "https://shop.example/"}), "redirect URIs")
}

func TestGroupsImplyTheirAssignment(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 6})
	set(t, session, guide.AssignGroups, "Web partners")
	assert.Check(t, is.Equal(session.Answers.Value(guide.Assign), guide.AssignSelected), "assignment")
	made := lines(mustRun(t, session).Changes)
	assert.Check(t, !slices.ContainsFunc(made, func(line string) bool { return strings.Contains(line, "Everyone") }),
		"everyone was let in: %v", made)
	both := visit(t, sim)
	set(t, both, guide.AssignGroups, "Web partners")
	set(t, both, guide.Assign, guide.AssignEveryone)
	_, err := both.Plan(t.Context())
	_ = failed(t, sim, err, explain.ClassUsage, `You set groups (Web partners) and the assignment "everyone". Use only one.`)
}

func TestNoFlow(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 6})
	set(t, session, guide.MessageFlow, guide.NoFlow)
	mustRun(t, session)
	assert.Check(t, is.Equal(kit.Must(kit.GenesysAdmin(t, sim).Deployment(t.Context(), session.Result(0).Genesys.DeploymentID))(t).FlowID, ""), "flow")
}

// TestOtherClientNeedsDecision: an integration of ours is not given another app's credentials without a decision.
func TestOtherClientNeedsDecision(t *testing.T) {
	t.Parallel()
	sim, first := world(t, simulator.Options{Seed: 6})
	mustRun(t, first)
	wrote, was := kit.Writes(sim), first.Result(0).Okta.ClientID

	other := visit(t, sim)
	set(t, other, guide.AppName, "Second app")
	_, err := other.Plan(t.Context())
	e := asError(t, err)
	assert.Check(t, is.Equal(explain.ExitCode(e), 5), "exit code")
	assert.Check(t, is.Equal(e.Question, guide.IntegrationName), "question")
	assert.Check(t, is.Contains(e.Problem, was), "the problem doesn't name the client")
	assert.Check(t, is.Equal(kit.Writes(sim), wrote), "writes")

	set(t, other, guide.IntegrationName, "Messenger SSO (Okta)")
	mustRun(t, other)
	if config := kit.Must(kit.GenesysAdmin(t, sim).IntegrationConfig(t.Context(), other.Result(0).Genesys.IntegrationID))(t); !strings.Contains(config.Notes, other.Result(0).Okta.ClientID) || strings.Contains(config.Notes, was) {
		t.Errorf("notes %q", config.Notes)
	}
}

// TestFoundPageIsAddedNowhere: a page that another site has in the app is no reason for Messenger to start there, nor for
// its origin to be trusted. Where the deployment serves it already, it is.
func TestFoundPageIsAddedNowhere(t *testing.T) {
	t.Parallel()
	const site, intranet = "https://www.example.com", "https://intranet.example.org"
	for name, tc := range map[string]struct {
		domains     []string // that a colleague adds to the deployment
		all         bool     // it serves every host
		answers     []string // the domains that the run names
		wantDomains []string
		trusted     bool
	}{
		"not served":         {wantDomains: []string{"www.example.com"}},
		"served":             {domains: []string{"Intranet.example.org"}, wantDomains: []string{"www.example.com", "Intranet.example.org"}, trusted: true},
		"served as all are":  {all: true, wantDomains: []string{}, trusted: true},
		"its host is named":  {answers: []string{"intranet.example.org"}, wantDomains: []string{"www.example.com", "intranet.example.org"}, trusted: true},
		"another host named": {answers: []string{"shop.example.com"}, wantDomains: []string{"www.example.com", "shop.example.com"}},
	} {
		for _, bySection := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, section by section %t", name, bySection), func(t *testing.T) {
				t.Parallel()
				sim, first := world(t, simulator.Options{Seed: 3})
				set(t, first, guide.RedirectURIs, site+"/")
				mustRun(t, first)
				admin, colleague := kit.OktaAdmin(t, sim), kit.GenesysAdmin(t, sim)
				app := kit.Must(admin.App(t.Context(), first.Result(0).Okta.AppID))(t)
				app.RedirectURIs = append(app.RedirectURIs, intranet+"/callback")
				kit.Must(admin.UpdateApp(t.Context(), app))(t)
				d := kit.Must(colleague.Deployment(t.Context(), first.Result(0).Genesys.DeploymentID))(t)
				d.AllowedDomains, d.AllowAllDomains = append(d.AllowedDomains, tc.domains...), tc.all
				if tc.all {
					d.AllowedDomains = nil
				}
				kit.Must(colleague.UpdateDeployment(t.Context(), d))(t)

				rerun, sections := visit(t, sim), [][]guide.SectionID{nil}
				if tc.answers != nil {
					set(t, rerun, guide.AllowedDomains, tc.answers...)
				}
				if bySection {
					sections = nil
					for _, s := range guide.Sections() {
						sections = append(sections, []guide.SectionID{s.ID})
					}
				}
				var notices []engine.Notice
				for _, s := range sections {
					plan := planned(t, rerun, s...)
					assert.NilError(t, apply(t, rerun, plan))
					notices = append(notices, plan.Notices...)
				}
				assert.Check(t, is.DeepEqual(kit.Must(colleague.Deployment(t.Context(), d.ID))(t).AllowedDomains, tc.wantDomains), "domains")
				origins := kit.Must(admin.TrustedOrigins(t.Context()))(t)
				assert.Check(t, is.Equal(slices.ContainsFunc(origins, func(o okta.TrustedOrigin) bool { return o.Origin == intranet }), tc.trusted), "the intranet is trusted")
				assert.Check(t, is.Equal(slices.ContainsFunc(origins, func(o okta.TrustedOrigin) bool { return o.Origin == site }), true), "the site is trusted")
				const notice = "Messenger won't start on intranet.example.org: it isn't an allowed domain."
				assert.Check(t, is.Equal(slices.ContainsFunc(notices, func(n engine.Notice) bool { return n.Text == notice }), !tc.trusted), "the plan says so")
				writesNothing(t, sim, visit(t, sim))
			})
		}
	}
}

// TestSecretIsReadOnlyIfNeeded counts the reads of client secrets, each of which leaves an event in the System Log (contract
// okta.md 1.3): none where the secret came with the app or is stored already, one where another admin created the app.
func TestSecretIsReadOnlyIfNeeded(t *testing.T) {
	t.Parallel()
	var read atomic.Int32
	count := edited(`^/api/v1/apps/[^/]+/credentials/secrets$`, func(_ http.Header, body string) string {
		read.Add(1)
		return body
	})
	sim, session := world(t, simulator.Options{Seed: 3, WrapOkta: count})
	mustRun(t, session)
	assert.Check(t, is.Equal(read.Load(), int32(0)), "of an app that the run created")
	mustRun(t, visit(t, sim))
	assert.Check(t, is.Equal(read.Load(), int32(0)), "where nothing changes")

	made := kit.Must(kit.OktaAdmin(t, sim).CreateApp(t.Context(), okta.NewApp{
		Label: "Customer chat", GrantTypes: []string{"authorization_code"}, RedirectURIs: []string{"https://shop.example/chat"},
	}))(t)
	other := visit(t, sim)
	set(t, other, guide.AppName, made.ID)
	set(t, other, guide.IntegrationName, "Second integration")
	set(t, other, guide.MessengerConfig, "Second configuration")
	set(t, other, guide.DeploymentName, "Second page")
	mustRun(t, other)
	assert.Check(t, is.Equal(read.Load(), int32(1)), "of an app that another admin created")
}
