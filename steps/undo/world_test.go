package undo

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/internal/eventually"
	"msgsso-wizard/steps"
	"msgsso-wizard/steps/journal"
)

func TestMain(m *testing.M) {
	eventually.SideBySide()
	goleak.VerifyTestMain(m)
}

// world is two simulated orgs, and a run of the guide in them that is kept in a book.
type world struct {
	sim   *simulator.Server
	env   *steps.Env
	book  *journal.Book
	admin Services
}

func newWorld(t *testing.T, opts simulator.Options) *world {
	t.Helper()
	w := &world{sim: simtest.Start(t, opts)}
	w.visit(t, journal.NewRun(time.Now(), "test"))
	return w
}

// visit begins another run, or goes on with one that was cut off.
func (w *world) visit(t *testing.T, run journal.Run) {
	t.Helper()
	c := w.sim.Credentials()
	answers := steps.NewAnswers()
	noError(t, answers.FromEnvironment(simtest.Lookup(w.sim)))
	services := steps.NewDialer()
	t.Cleanup(services.Close)
	w.book = journal.NewBook(nil, "test", answers)
	w.book.Continue(run)
	w.env = &steps.Env{Answers: answers, Dial: services, Calls: services.Calls, Poll: time.Millisecond, Journal: w.book}
	o, err := services.Okta(w.sim.OktaURL(), steps.OktaLogin{Way: steps.OktaByToken, Token: answers.Secret(steps.OktaToken)})
	noError(t, err)
	g, err := services.Genesys(w.sim.GenesysURL(), steps.GenesysLogin{Way: steps.GenesysByClient, ClientID: c.GenesysClientID, Secret: answers.Secret(steps.GenesysClientSecret)})
	noError(t, err)
	w.admin = Services{Okta: o, Genesys: g}
}

func (w *world) set(t *testing.T, key steps.Key, values ...string) {
	t.Helper()
	noError(t, w.env.Answers.Set(key, steps.FromUser, values...))
}

func (w *world) run(t *testing.T) error {
	t.Helper()
	if _, err := steps.MakePlan(t.Context(), w.env); err != nil {
		return err
	}
	return steps.Apply(t.Context(), w.env)
}

// undo takes everything back and returns what was to be done.
func (w *world) undo(t *testing.T) []Item {
	t.Helper()
	items, err := Plan(t.Context(), w.admin, w.book.Run())
	noError(t, err)
	noError(t, Apply(t.Context(), items, w.book, nil, nil))
	return Shown(items)
}

// lists is everything that both services list, byte for byte.
func (w *world) lists(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	token := w.genesysToken(t)
	for _, path := range []string{"/api/v1/apps?limit=200", "/api/v1/trustedOrigins", "/api/v1/authorizationServers", "/api/v1/groups"} {
		out[path] = w.get(t, w.sim.OktaURL()+path, "SSWS "+w.sim.Credentials().OktaToken)
	}
	var servers []struct{ ID string }
	_ = json.Unmarshal([]byte(out["/api/v1/authorizationServers"]), &servers) // an org without the licence lists none
	for _, s := range servers {
		path := "/api/v1/authorizationServers/" + s.ID + "/policies"
		out[path] = w.get(t, w.sim.OktaURL()+path, "SSWS "+w.sim.Credentials().OktaToken)
	}
	for _, path := range []string{
		"/api/v2/integrations?expand=config.current", "/api/v2/integrations/credentials",
		"/api/v2/webdeployments/configurations", "/api/v2/webdeployments/deployments",
	} {
		out[path] = w.get(t, w.sim.GenesysURL()+path, "Bearer "+token)
	}
	return out
}

func (w *world) genesysToken(t *testing.T) string {
	t.Helper()
	c := w.sim.Credentials()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.sim.GenesysURL()+"/oauth/token", strings.NewReader("grant_type=client_credentials"))
	noError(t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.SetBasicAuth(c.GenesysClientID, c.GenesysClientSecret)
	res, err := http.DefaultTransport.RoundTrip(req)
	noError(t, err)
	defer res.Body.Close() //nolint:errcheck // only read
	var answer struct {
		AccessToken string `json:"access_token"`
	}
	noError(t, json.NewDecoder(res.Body).Decode(&answer))
	return answer.AccessToken
}

func (w *world) get(t *testing.T, address, authorization string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	noError(t, err)
	req.Header.Set("Authorization", authorization)
	res, err := http.DefaultTransport.RoundTrip(req)
	noError(t, err)
	defer res.Body.Close() //nolint:errcheck // only read
	body, err := io.ReadAll(res.Body)
	noError(t, err)
	if res.StatusCode == http.StatusUnauthorized && strings.Contains(string(body), "E0000015") {
		return "" // the licence is missing
	}
	if res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %s", address, res.StatusCode, body)
	}
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	return string(body)
}

func noError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
