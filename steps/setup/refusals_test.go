package setup

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/services"
)

// anonymous takes out of a text what differs from run to run.
func anonymous(sim *simulator.Server, text string) string {
	host := func(raw string) string { u, _ := url.Parse(raw); return u.Host }
	text = strings.NewReplacer(host(sim.OktaURL()), "{okta}", host(sim.GenesysURL()), "{genesys}").Replace(text)
	text = regexp.MustCompile(`0oa[A-Za-z0-9]{17}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`).ReplaceAllString(text, "{id}")
	text = regexp.MustCompile(`Port \d+`).ReplaceAllString(text, "Port {port}")
	return regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d UTC`).ReplaceAllString(text, "{when}")
}

// fixture is what a row of a table arranges.
type fixture struct {
	*testing.T
	sim     *simulator.Server
	session *Session
}

func (f fixture) set(key guide.Key, values ...string) { set(f.T, f.session, key, values...) }

// configuration is one that a colleague made, and did not publish.
func (f fixture) configuration(name string) genesys.Configuration {
	f.Helper()
	return kit.Must(f.genesys().CreateConfiguration(f.Context(), genesys.NewConfiguration{
		Name: name, Languages: []string{"de"}, DefaultLanguage: "de",
	}))(f.T)
}

// deployment adds one of the website's configuration.
func (f fixture) deployment(name string) {
	f.Helper()
	website, _ := theWebsite(f.T, f.sim)
	kit.Must(f.genesys().CreateDeployment(f.Context(), genesys.Deployment{
		Name: name, ConfigurationID: website.ID, ConfigurationVersion: "1", AllowAllDomains: true,
	}))(f.T)
}

func (f fixture) okta() *okta.Client { return kit.OktaAdmin(f.T, f.sim) }

func (f fixture) genesys() *genesys.Client { return kit.GenesysAdmin(f.T, f.sim) }

// fault adds a fault to a service, by the path.
func (f fixture) fault(method, path string, how simkit.Fault) {
	write{method, path, strings.Contains(path, "/api/v2/")}.faults(f.sim).Add(fault(method, path, how))
}

// refusal is an error as a user sees it.
type refusal struct {
	Class        explain.Class
	Question     guide.Key
	Retry        bool
	Problem, Fix string // see anonymous for the words in braces
}

func (r refusal) String() string {
	return fmt.Sprintf("exit code %d, question %q, retry %t\n%s\n%s", r.Class, r.Question, r.Retry, r.Problem, r.Fix)
}

func refusalOf(t *testing.T, sim *simulator.Server, err error) refusal {
	t.Helper()
	e := asError(t, err)
	assert.Check(t, is.Equal(explain.ExitCode(err), int(e.Class)), "exit code")
	return refusal{e.Class, e.Question, e.Retry, anonymous(sim, e.Problem), anonymous(sim, e.Fix)}
}

// scene is an org in which planning has to fail. The golden file of its test says how.
type scene struct {
	opts       simulator.Options
	arrange    func(fixture)                                          // nil: nothing
	act        func(context.Context, services.Prompt) (string, error) // what a user does; nil: only reads
	unattended bool                                                   // there is no user
}

// refuse plans each scene. The plan is refused; nothing is written, and no secret told.
func refuse(t *testing.T, scenes map[string]scene) {
	t.Helper()
	said := kit.Golden(t, len(scenes))
	for name, tt := range scenes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, tt.opts)
			session.Dial = ownOrg{session.Dial, t, sim.OktaURL()}
			if !tt.unattended {
				session.Prompt = (&admin{act: tt.act}).prompt
			}
			if tt.arrange != nil {
				tt.arrange(fixture{t, sim, session})
			}
			objects, wrote := kit.Count(sim), kit.Writes(sim)
			_, err := session.Plan(t.Context())
			said(name, refusalOf(t, sim, err).String())
			assert.Check(t, is.DeepEqual(kit.Count(sim), objects), "objects")
			assert.Check(t, is.Equal(kit.Writes(sim), wrote), "writes")
			noSecretIn(t, sim, fmt.Sprintf("%v %v", err, asError(t, err).Err))
		})
	}
}

// noSecretIn looks for the credentials of the simulator, and for what tests type as secrets.
func noSecretIn(t *testing.T, sim *simulator.Server, text string) {
	t.Helper()
	for _, secret := range []string{"canary", sim.Credentials().OktaToken, sim.Credentials().GenesysClientSecret} {
		assert.Check(t, !strings.Contains(text, secret), "%q holds a secret", text)
	}
}

func TestRefusedPlans(t *testing.T) {
	t.Parallel()
	refuse(t, refusedPlans)
}

func TestDeniedPermissions(t *testing.T) {
	t.Parallel()
	scenes := map[string]scene{}
	for _, permission := range permissions {
		scenes[permission] = scene{opts: simulator.Options{Deny: []string{permission}}}
	}
	refuse(t, scenes)
}

func TestAddressWithoutOktaOrg(t *testing.T) {
	t.Parallel()
	for name, handler := range map[string]http.HandlerFunc{
		"another API": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write([]byte(`{"error":"no"}`))
		},
		"a web site": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write([]byte("<html>"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var mu sync.Mutex
			var heads []http.Header
			other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				heads = append(heads, r.Header.Clone())
				mu.Unlock()
				handler(w, r)
			}))
			t.Cleanup(other.Close)
			sim, session := world(t, simulator.Options{})
			set(t, session, guide.OktaOrg, other.URL)
			_, err := session.Plan(t.Context())
			assert.Check(t, is.DeepEqual(refusalOf(t, sim, err), refusal{
				Class: explain.ClassUsage, Question: guide.OktaOrg, Fix: "Check the org's URL. It looks like acme.okta.com.",
				Problem: strings.TrimPrefix(other.URL, "http://") + " isn't an Okta org. The token wasn't sent.",
			}), "refusal")
			assert.Check(t, is.Equal(kit.Writes(sim), 0), "writes")
			assert.Check(t, is.Equal(len(heads), 1), "calls")
			for _, h := range heads {
				assert.Check(t, is.Equal(h.Get("Authorization"), ""), "credentials that were sent")
			}
		})
	}
}

// ownOrg is a Dialer that reads discovery documents and keys of the org only.
type ownOrg struct {
	services.Dialer
	t   *testing.T
	url string
}

func (o ownOrg) Discovery(org string) services.Discovery {
	return ownDiscovery{o.Dialer.Discovery(org), o}
}

type ownDiscovery struct {
	services.Discovery
	ownOrg
}

func (d ownDiscovery) Document(ctx context.Context, uri *url.URL) (oidc.Document, error) {
	assert.Check(d.t, strings.HasPrefix(uri.String(), d.url+"/"), "fetched %s", uri)
	return d.Discovery.Document(ctx, uri)
}

func (d ownDiscovery) Keys(ctx context.Context, doc oidc.Document) ([]oidc.Key, error) {
	assert.Check(d.t, strings.HasPrefix(doc.JWKSURI, d.url+"/"), "fetched %s", doc.JWKSURI)
	return d.Discovery.Keys(ctx, doc)
}

const wellKnownTail = "/.well-known/openid-configuration"

func answer(key guide.Key, values ...string) func(fixture) {
	return func(f fixture) { f.set(key, values...) }
}

var refusedPlans = map[string]scene{
	"wrong Okta token":              {arrange: answer(guide.OktaToken, "00canaryOfAToken")},
	"wrong Genesys Cloud secret":    {arrange: answer(guide.GenesysClientSecret, "canaryOfASecret")},
	"unknown Genesys Cloud client":  {arrange: answer(guide.GenesysClientID, "someone")},
	"app name taken":                {arrange: answer(guide.AppName, "Customer portal")},
	"inactive app of somebody else": {arrange: answer(guide.AppName, "Old chat")},
	"integration name taken":        {arrange: func(f fixture) { foreignIntegration(f.T, f.sim, "Messenger SSO (Okta)") }},
	"configuration name taken":      {arrange: func(f fixture) { f.configuration("Web SSO Messenger") }},
	"deployment name taken":         {arrange: func(f fixture) { f.deployment("Web SSO") }},
	"inactive app of our own": {
		arrange: func(f fixture) {
			mustRun(f.T, visit(f.T, f.sim))
			apps := kit.Must(f.okta().Apps(f.Context(), "Genesys Cloud Messenger"))(f.T)
			if err := f.okta().DeactivateApp(f.Context(), apps[0].ID); err != nil {
				f.Fatal(err)
			}
		},
	},
	"two integrations of that name": {
		arrange: func(f fixture) {
			foreignIntegration(f.T, f.sim, "Messenger SSO (Okta)")
			used := foreignIntegration(f.T, f.sim, "Messenger SSO (Okta)")
			website, _ := theWebsite(f.T, f.sim)
			admin := f.genesys()
			draft := kit.Must(admin.Draft(f.Context(), website.ID))(f.T)
			draft.Auth = &genesys.AuthenticationSettings{Enabled: true, IntegrationID: used}
			kit.Must(admin.UpdateDraft(f.Context(), draft))(f.T)
		},
	},
	"unknown group": {
		arrange: func(f fixture) {
			f.set(guide.Assign, guide.AssignSelected)
			f.set(guide.AssignGroups, "Web customers", "web Customers")
		},
	},
	"unknown group by its id": {
		arrange: func(f fixture) {
			f.set(guide.Assign, guide.AssignSelected)
			f.set(guide.AssignGroups, "00gAAAAAAAAAAAAAAAAA")
		},
	},
	"unknown flow":                 {arrange: answer(guide.MessageFlow, "Main line")},
	"unpublished flow":             {arrange: answer(guide.MessageFlow, "Draft chat")},
	"Google's Discovery URI":       {arrange: answer(guide.DiscoveryURI, "https://accounts.google.com"+wellKnownTail)},
	"another host's Discovery URI": {arrange: answer(guide.DiscoveryURI, "https://other.okta.com/oauth2/default"+wellKnownTail)},
	"wrong server id":              {arrange: func(f fixture) { f.set(guide.DiscoveryURI, f.sim.OktaURL()+"/oauth2/aus1"+wellKnownTail) }},
	"OAuth metadata in place of the discovery document": {
		arrange: func(f fixture) {
			f.set(guide.DiscoveryURI, f.sim.OktaURL()+"/oauth2/default/.well-known/oauth-authorization-server")
		},
	},
	"somebody's unpublished draft":              {arrange: answer(guide.MessengerConfig, "Help centre")},
	"an admin who may only read":                {opts: simulator.Options{Okta: oktasim.Options{ReadOnly: true}}},
	"unreachable org":                           {arrange: answer(guide.OktaOrg, "http://127.0.0.1:1")},
	"a portal answers in Okta's place":          {arrange: func(f fixture) { f.fault("GET", `^/api/v1/apps$`, portal) }},
	"a portal answers in Genesys Cloud's place": {arrange: func(f fixture) { f.fault("GET", `^/api/v2/organizations/me$`, portal) }},
	"the org has moved": {arrange: func(f fixture) {
		f.fault("GET", `okta-organization$`, movedTo("https://login.acme.test/?token=canary"))
	}},
	"the API of Genesys Cloud sends elsewhere": {arrange: func(f fixture) { f.fault("GET", `^/api/v2/integrations$`, movedTo("https://portal.acme.test/")) }},
	"answers are missing":                      {arrange: func(f fixture) { f.session.Answers = guide.NewAnswers() }},
}

var portal = simkit.Fault{Status: 200, Header: http.Header{"Content-Type": {"text/html"}}, Body: "<html>Please sign in</html>"}

func movedTo(location string) simkit.Fault {
	return simkit.Fault{Status: http.StatusMovedPermanently, Header: http.Header{"Location": {location}}}
}

// foreignIntegration is one of the guide's type that a colleague set up manually.
func foreignIntegration(t *testing.T, sim *simulator.Server, name string) (id string) {
	t.Helper()
	admin, keys := kit.GenesysAdmin(t, sim), messengerType(t, sim)
	made := kit.Must(admin.CreateIntegration(t.Context(), name, keys.ID))(t)
	config := kit.Must(admin.IntegrationConfig(t.Context(), made.ID))(t)
	config.Notes = "by hand"
	config.Properties = map[string]any{keys.DiscoveryKey: "https://example.com" + wellKnownTail}
	for key, p := range keys.Properties {
		config.Properties[key] = p.Value
	}
	kit.Must(admin.UpdateIntegrationConfig(t.Context(), made.ID, config))(t)
	return made.ID
}
