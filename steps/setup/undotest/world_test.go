// Package undotest tests the undo of a whole run, kept in a journal, from outside: package journal imports setup.
package undotest

import (
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/apiclient/testkit/eventually"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
)

func TestMain(m *testing.M) {
	eventually.SideBySide()
	goleak.VerifyTestMain(m)
}

// world is two simulated orgs, and a run of the guide in them that is kept in a book.
type world struct {
	sim     *simulator.Server
	poll    time.Duration
	folder  *journal.Folder // of the books; nil: they are kept in memory
	book    *journal.Book
	session *setup.Session
	okta    services.Okta // of an admin who has nothing to do with the run
	genesys services.Genesys
}

func newWorld(t *testing.T, opts simulator.Options) *world {
	t.Helper()
	w := &world{sim: simtest.Start(t, opts), poll: time.Millisecond}
	c, network := w.sim.Credentials(), services.New()
	t.Cleanup(network.Close)
	var err error
	w.okta, err = network.Okta(w.sim.OktaURL(), guide.OktaLogin{Method: guide.OktaByToken, Token: guide.NewSecret(c.OktaToken)})
	assert.NilError(t, err)
	w.genesys, err = network.Genesys(w.sim.GenesysURL(), guide.GenesysLogin{
		Method: guide.GenesysByClient, ClientID: c.GenesysClientID, Secret: guide.NewSecret(c.GenesysClientSecret),
	})
	assert.NilError(t, err)
	w.begin(t)
	return w
}

// begin begins a run that knows nothing of earlier ones.
func (w *world) begin(t *testing.T) {
	t.Helper()
	w.visit(t, journal.NewRun(time.Now(), "test"))
}

// visit continues a run in another process.
func (w *world) visit(t *testing.T, run journal.Run) {
	t.Helper()
	answers, network := guide.NewAnswers(), services.New()
	assert.NilError(t, answers.FromEnvironment(simtest.Lookup(w.sim)))
	t.Cleanup(network.Close)
	w.book = journal.NewBook(w.folder, "test", answers)
	w.book.Continue(run)
	w.session = &setup.Session{Answers: answers, Dial: network, Calls: network.Calls, Poll: w.poll, Journal: w.book}
}

func (w *world) set(t *testing.T, key guide.Key, values ...string) {
	t.Helper()
	assert.NilError(t, w.session.Answers.Set(key, guide.FromUser, values...))
}

func (w *world) run(t *testing.T, sections ...guide.SectionID) error {
	t.Helper()
	plan, err := w.session.Plan(t.Context(), sections...)
	if err != nil {
		return err
	}
	return w.session.Apply(t.Context(), plan, engine.NewStop())
}

func (w *world) undoing() *setup.Undo {
	return setup.NewUndo(w.session, journal.Undoing{Book: w.book})
}

// undo undoes the run and returns what was to be done.
func (w *world) undo(t *testing.T) []engine.Item {
	t.Helper()
	undo := w.undoing()
	items, err := undo.Plan(t.Context())
	assert.NilError(t, err)
	assert.NilError(t, undo.Apply(t.Context(), items, engine.NewStop(), nil))
	return engine.Shown(items)
}

// acts undoes the run and returns what became of each kind.
func (w *world) acts(t *testing.T) map[guide.ObjectKind]engine.Act {
	t.Helper()
	acts := map[guide.ObjectKind]engine.Act{}
	for _, i := range w.undo(t) {
		acts[i.Kind] = i.Act
	}
	return acts
}

// lists is everything that both services list, byte for byte, without what every write moves: when it was,
// who it was, and how often.
func (w *world) lists(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	token := w.genesysToken(t)
	for _, path := range []string{"/api/v1/apps?limit=200", "/api/v1/trustedOrigins", "/api/v1/authorizationServers", "/api/v1/groups"} {
		out[path] = w.get(t, w.sim.OktaURL()+path, "SSWS "+w.sim.Credentials().OktaToken)
	}
	var servers []struct{ ID string }
	if list := out["/api/v1/authorizationServers"]; list != "" { // an org without the license lists none
		assert.NilError(t, json.Unmarshal([]byte(list), &servers))
	}
	for _, s := range servers {
		path := "/api/v1/authorizationServers/" + s.ID + "/policies"
		out[path] = w.get(t, w.sim.OktaURL()+path, "SSWS "+w.sim.Credentials().OktaToken)
		var policies []struct{ ID string }
		assert.NilError(t, json.Unmarshal([]byte(out[path]), &policies))
		for _, p := range policies {
			rules := path + "/" + p.ID + "/rules"
			out[rules] = w.get(t, w.sim.OktaURL()+rules, "SSWS "+w.sim.Credentials().OktaToken)
		}
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
	assert.NilError(t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.SetBasicAuth(c.GenesysClientID, c.GenesysClientSecret)
	res, err := http.DefaultTransport.RoundTrip(req)
	assert.NilError(t, err)
	defer res.Body.Close() //nolint:errcheck // only read
	var answer struct {
		AccessToken string `json:"access_token"`
	}
	assert.NilError(t, json.NewDecoder(res.Body).Decode(&answer))
	return answer.AccessToken
}

func (w *world) get(t *testing.T, address, authorization string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	assert.NilError(t, err)
	req.Header.Set("Authorization", authorization)
	res, err := http.DefaultTransport.RoundTrip(req)
	assert.NilError(t, err)
	defer res.Body.Close() //nolint:errcheck // only read
	body, err := io.ReadAll(res.Body)
	assert.NilError(t, err)
	if res.StatusCode == http.StatusUnauthorized && strings.Contains(string(body), "E0000015") {
		return "" // the license is missing
	}
	assert.Equal(t, res.StatusCode, http.StatusOK, "%s, %s", address, body)
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	return moved.ReplaceAllString(string(body), `"moved":0`)
}

var moved = regexp.MustCompile(`"(lastUpdated|dateModified|modifiedDate)": ?"[^"]*"|"lastModifiedUser": ?\{[^}]*\}|"version": ?\d+`)
