// Package matrix runs whole setups against the simulator under many conditions: delays, lag, and accidents at each call.
package matrix

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
)

func TestMain(m *testing.M) { kit.Main(m) }

// computer is where runs are started one after another: it keeps their journals. Both orgs have an admin who has nothing
// to do with them.
type computer struct {
	sim     *simulator.Server
	folder  *journal.Folder
	poll    time.Duration
	okta    *okta.Client
	genesys *genesys.Client
	leave   *[]func() // each closes the connections of a program
}

func newComputer(t *testing.T, opts simulator.Options, poll time.Duration) *computer {
	t.Helper()
	folder, sim := kit.Must(journal.Open(t.TempDir()))(t), simtest.Start(t, opts)
	c := &computer{sim, folder, poll, kit.OktaAdmin(t, sim), kit.GenesysAdmin(t, sim), nil}
	c.leave = &[]func(){c.okta.CloseIdle, c.genesys.CloseIdle}
	return c
}

// run is one start of the program.
type run struct {
	session *setup.Session
	journal *journal.Journal
	plan    setup.Plan
	result  setup.Result
	close   func() // ends its connections
	gone    func() // waits until nothing that a killed run sent is under way
}

// program is a start of the program with a new journal. answers are given by flags.
func (c *computer) program(t *testing.T, answers map[guide.Key][]string) *run {
	t.Helper()
	a := guide.NewAnswers()
	assert.NilError(t, a.FromEnvironment(simtest.Lookup(c.sim)))
	for key, values := range answers {
		assert.NilError(t, a.Set(key, guide.FromFlag, values...))
	}
	network := services.New()
	*c.leave = append(*c.leave, network.Close)
	t.Cleanup(network.Close)
	r := &run{journal: journal.New(c.folder, "test", a), close: network.Close}
	r.session = &setup.Session{Answers: a, Dial: network, Calls: network.Calls, Poll: c.poll, Journal: r.journal}
	r.gone = func() {
		for _, leave := range *c.leave {
			leave()
		}
		kit.Gone(t, c.sim)
	}
	return r
}

// runs are those of which the computer keeps journals.
func (c *computer) runs(t *testing.T) []journal.Run {
	t.Helper()
	runs, unread, err := c.folder.Runs()
	assert.Assert(t, err == nil && len(unread) == 0, "%v %v", err, unread)
	return runs
}

// start begins a run, or resumes one that was cut off.
func (c *computer) start(t *testing.T, answers map[guide.Key][]string) *run {
	t.Helper()
	r, runs := c.program(t, answers), c.runs(t)
	if len(runs) > 0 && runs[len(runs)-1].State == journal.Running {
		r.session.Answers.FromRun(runs[len(runs)-1].Answers)
		r.journal.Continue(runs[len(runs)-1])
	}
	return r
}

// apply plans the sections, all of them if none is named, and applies the plan.
func (r *run) apply(ctx context.Context, sections ...guide.SectionID) (err error) {
	if r.plan, err = r.session.Plan(ctx, sections...); err != nil {
		return err
	}
	return r.session.Apply(ctx, r.plan, engine.NewStop())
}

// do is a whole run. One whose context ends is killed.
func (r *run) do(ctx context.Context) error {
	defer func() {
		if ctx.Err() != nil {
			r.gone()
		}
	}()
	if err := r.apply(ctx); err != nil {
		return err
	}
	r.result = r.session.Result(0)
	return r.journal.End(journal.Done)
}

// undoing is the undo of the run.
func (r *run) undoing() *setup.Undo {
	return setup.NewUndo(r.session, journal.Undoing{Journal: r.journal})
}

// undo undoes the run and returns what was to be done.
func (r *run) undo(t *testing.T) []engine.Item {
	t.Helper()
	undo := r.undoing()
	items := kit.Must(undo.Plan(t.Context()))(t)
	assert.NilError(t, undo.Apply(t.Context(), items, engine.NewStop(), nil))
	for _, i := range items {
		if i.Act == engine.Keep {
			t.Logf("undo keeps the %s %q: %s", i.Kind, i.Name, i.Why)
		}
	}
	return engine.Shown(items)
}

// acts undoes the run and returns what became of each kind.
func (r *run) acts(t *testing.T) map[guide.ObjectKind]engine.Act {
	t.Helper()
	acts := map[guide.ObjectKind]engine.Act{}
	for _, i := range r.undo(t) {
		acts[i.Kind] = i.Act
	}
	return acts
}

// set runs a whole setup, which has to succeed.
func (c *computer) set(t *testing.T, answers map[guide.Key][]string) *run {
	t.Helper()
	r := c.start(t, answers)
	assert.NilError(t, r.do(t.Context()))
	return r
}

// again runs a setup that finds everything in place, and writes nothing.
func (c *computer) again(t *testing.T, answers map[guide.Key][]string) *run {
	t.Helper()
	wrote := c.writes()
	r := c.set(t, answers)
	assert.Check(t, is.Equal(c.writes(), wrote), "writes of one more run: %v", rows(r.plan.Changes))
	return r
}

// undoAll undoes all runs but those that are to stay, the last first.
func (c *computer) undoAll(t *testing.T, stay ...string) {
	t.Helper()
	for _, kept := range slices.Backward(c.runs(t)) {
		if kept.State == journal.Undone || len(kept.Left()) == 0 || slices.Contains(stay, kept.ID) {
			continue
		}
		r := c.start(t, nil)
		r.session.Answers.FromRun(kept.Answers)
		r.journal.Continue(kept)
		r.undo(t)
	}
}

// writes is how many writing calls reached the services.
func (c *computer) writes() int { return kit.Writes(c.sim) }

// counts is how many objects there are of each kind.
func (c *computer) counts() kit.Census { return kit.Count(c.sim) }

// rows are a plan's changes, or what was made of them, without IDs.
func rows(changes []engine.Change) []string {
	var out []string
	for _, c := range changes {
		out = append(out, scrub(fmt.Sprintf("%s %s %q %s", c.Verb, c.Kind, c.Name, c.Why)))
	}
	return out
}

// ids are what differs between two runs that do the same.
var ids = regexp.MustCompile(`\b(0oa|00g|00u|00p|0pr|tos|aus|aln|ocs)[A-Za-z0-9]{17}\b|\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|Run \d{8}-\d{6}-\w{4}|127\.0\.0\.1:\d+|\d{4}-\d\d-\d\dT[\d:.]+Z|"(client_secret|secret_hash)": "\w+"`)

func scrub(text string) string { return ids.ReplaceAllString(text, "…") }

// inventory is a snapshot without what differs between two runs that do the same.
func (c *computer) inventory(t *testing.T) string {
	t.Helper()
	var all []string
	for address, text := range c.snapshot(t) {
		all = append(all, scrub(address+"\n"+text))
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

// world is a computer and a run on it. Without a folder, journals are kept in memory.
type world struct {
	*computer
	*run
}

func newWorld(t *testing.T, opts simulator.Options) *world {
	t.Helper()
	w := &world{computer: newComputer(t, opts, time.Millisecond)}
	w.folder = nil
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
	w.run = w.program(t, nil)
	w.journal.Continue(run)
}

func (w *world) set(t *testing.T, key guide.Key, values ...string) {
	t.Helper()
	assert.NilError(t, w.session.Answers.Set(key, guide.FromUser, values...))
}

type object = map[string]any

const servers = "/authorizationServers?limit=200"

// admin makes a call that has to succeed, again while a service does not see yet what was just made.
func (c *computer) admin(t *testing.T, method, address string, body any) any {
	t.Helper()
	text := ""
	if body != nil {
		raw := kit.Must(json.Marshal(body))(t)
		text = string(raw)
	}
	const tries = 200
	for try := 1; ; try++ {
		status, answer := simtest.Send(t, c.sim, method, address, text)
		switch {
		case status/100 == 2, status == http.StatusUnauthorized && strings.HasSuffix(address, servers): // the license is missing
			return answer
		case try == tries || status != http.StatusNotFound && status != http.StatusBadRequest:
			t.Fatalf("%s %s: %d %v", method, address, status, answer)
		}
		time.Sleep(c.poll)
	}
}

// counted are what the services write by themselves at each change. The version of a configuration or a deployment is a
// text, and none of these.
func counted(key string, value any) bool {
	_, number := value.(float64)
	return key == "version" && number ||
		slices.Contains([]string{"dateModified", "modifiedDate", "lastModifiedUser", "lastUpdated", "errorId"}, key)
}

func uncounted(value any) any {
	switch v := value.(type) {
	case object:
		v = maps.Clone(v)
		maps.DeleteFunc(v, counted)
		for key, member := range v {
			v[key] = uncounted(member)
		}
		return v
	case []any:
		v = slices.Clone(v)
		for i, member := range v {
			v[i] = uncounted(member)
		}
		return v
	}
	return value
}

// snapshot is every object of both orgs as its services show it, by address. Versions that are published stay for ever,
// so the list of them is left out.
func (c *computer) snapshot(t *testing.T) map[string]string {
	t.Helper()
	s := map[string]string{}
	read := func(address string) []any {
		answer := c.admin(t, http.MethodGet, address, nil)
		text := kit.Must(json.MarshalIndent(uncounted(answer), "", " "))(t)
		s[address] = string(text)
		if list, ok := answer.([]any); ok {
			return list
		}
		page, _ := answer.(object)
		for _, more := range []string{"nextUri", "nextPage"} {
			assert.Assert(t, page[more] == nil, "%s has another page", address)
		}
		list, _ := page["entities"].([]any)
		return list
	}
	each := func(list string, parts ...string) (addresses []string) {
		path, _, _ := strings.Cut(list, "?")
		for _, member := range read(list) {
			at := path + "/" + url.PathEscape(member.(object)["id"].(string))
			addresses = append(addresses, at)
			for _, part := range parts {
				read(at + part)
			}
		}
		return addresses
	}
	okta, genesys := c.sim.OktaURL()+"/api/v1", c.sim.GenesysURL()+"/api/v2"
	each(okta+"/apps?limit=200&includeNonDeleted=true", "", "/groups", "/users", "/credentials/secrets")
	each(okta+"/trustedOrigins?limit=200", "")
	for _, server := range each(okta + servers) {
		for _, policy := range each(server+"/policies", "") {
			each(policy+"/rules", "")
		}
	}
	each(genesys+"/integrations?pageSize=100&expand=config.current", "", "/config/current")
	each(genesys+"/integrations/credentials?pageSize=100", "")
	each(genesys+"/webdeployments/configurations?pageSize=300", "/versions/draft")
	for _, deployment := range each(genesys+"/webdeployments/deployments?pageSize=300", "") {
		id := deployment[strings.LastIndex(deployment, "/"):]
		read(c.sim.GenesysURL() + "/webdeployments/v1/deployments" + id + "/config.json")
		read(c.sim.GenesysURL() + "/webdeployments/v1/deployments" + id + "/domains.json")
	}
	return s
}

// different says in which lines two snapshots differ.
func different(before, after map[string]string) (diff string) {
	both := maps.Clone(before)
	maps.Copy(both, after)
	for _, address := range slices.Sorted(maps.Keys(both)) {
		if before[address] != after[address] {
			diff += "\n" + address + "\n" + cmp.Diff(strings.Split(before[address], "\n"), strings.Split(after[address], "\n"))
		}
	}
	return diff
}
