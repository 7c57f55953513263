package signintest

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/loopback/porttest"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
)

// world is a simulator in which the whole guide has run, and what a test of it needs.
type world struct {
	*kit.Org
	org, region string
	env         *setup.Session
	setup       Setup
	pace        pace
}

// quick is a pace for a simulator whose log comes at once.
var quick = pace{limit: 30 * time.Second, silence: 200 * time.Millisecond, late: 200 * time.Millisecond, pause: 20 * time.Millisecond, revoke: 5 * time.Second}

func newWorld(t *testing.T, opts simulator.Options) *world {
	t.Helper()
	sim, services := simtest.Start(t, opts), services.New()
	t.Cleanup(services.Close)
	w := &world{Org: &kit.Org{Sim: sim, Okta: kit.OktaAdmin(t, sim), Genesys: kit.GenesysAdmin(t, sim)}, org: sim.OktaURL(), region: sim.GenesysURL(), env: &setup.Session{Answers: guide.NewAnswers(), Poll: time.Millisecond, Dial: services, Calls: services.Calls}, pace: quick}
	assert.NilError(t, w.env.Answers.FromEnvironment(simtest.Lookup(sim)))
	if opts.Demo {
		w.org, w.region, services.Hosts = sim.Names()
		assert.NilError(t, w.env.Answers.Set(guide.OktaOrg, guide.FromUser, w.org))
		assert.NilError(t, w.env.Answers.Set(guide.GenesysRegion, guide.FromUser, w.region))
	}
	assert.NilError(t, w.env.Answers.Set(guide.RedirectURIs, guide.FromUser, "http://localhost:"+strconv.Itoa(porttest.Free(t))+"/"))
	plan := kit.Must(w.env.Plan(t.Context()))(t)
	assert.NilError(t, w.env.Apply(t.Context(), plan, engine.NewStop()))
	w.readSetup(t, services)
	return w
}

// readSetup fills in what the guide made.
func (w *world) readSetup(t *testing.T, services *services.Network) {
	t.Helper()
	made, credentials := w.env.Result(0), w.Sim.Credentials()
	w.App, w.Integration, w.Configuration, w.Deployment = made.Okta.AppID, made.Genesys.IntegrationID, made.Genesys.ConfigurationID, made.Genesys.DeploymentID
	uri := kit.Must(url.Parse(made.Okta.DiscoveryURI))(t)
	s := Setup{
		ClientID: made.Okta.ClientID, AppID: made.Okta.AppID, AuthMethod: "client_secret_basic", DeploymentID: made.Genesys.DeploymentID, Region: w.region,
		RedirectURI: w.env.Answers.Value(guide.RedirectURIs), Refresh: true, Discovery: services.Discovery(w.org),
	}
	s.Document = kit.Must(s.Discovery.Document(t.Context(), uri))(t)
	s.Messenger = kit.Must(services.Messenger(w.region))(t)
	s.Okta = kit.Must(services.Okta(w.org, guide.OktaLogin{Token: guide.NewSecret(credentials.OktaToken)}))(t)
	s.Genesys = kit.Must(services.Genesys(w.region, guide.GenesysLogin{ClientID: credentials.GenesysClientID, Secret: guide.NewSecret(credentials.GenesysClientSecret)}))(t)
	w.setup = s
	w.setup.Secret = w.newestSecret(t)
}

func (w *world) newestSecret(t *testing.T) guide.Secret {
	t.Helper()
	secrets := kit.Must(w.setup.Okta.AppSecrets(t.Context(), w.setup.AppID))(t)
	return slices.MaxFunc(secrets, func(a, b okta.AppSecret) int { return a.Created.Compare(b.Created) }).Secret
}

// sight is what a user saw of a test.
type sight struct {
	Result
	opened   []Address
	reported []Line
	pages    []string // what the browser showed last, each time it stood still
}

// run tests with a user who does what is given as soon as there is an address.
func (w *world) run(t *testing.T, visitor func(*browser, Address)) sight {
	t.Helper()
	return w.runIn(t.Context(), t, visitor)
}

func (w *world) runIn(ctx context.Context, t *testing.T, visitor func(*browser, Address)) sight {
	t.Helper()
	var (
		saw  sight
		busy sync.WaitGroup
		mu   sync.Mutex
	)
	b := newBrowser(t)
	front := Front{
		Open: func(a Address) {
			saw.opened = append(saw.opened, a)
			busy.Go(func() { visitor(b, a) })
		},
		Line: func(l Line) {
			mu.Lock()
			defer mu.Unlock()
			saw.reported = append(saw.reported, l)
		},
	}
	saw.Result = run(ctx, w.setup, front, w.pace)
	busy.Wait()
	saw.pages = b.pages
	return saw
}
