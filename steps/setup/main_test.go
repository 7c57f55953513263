package setup

import (
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	genesyssteps "msgsso-wizard/steps/genesys"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/services"
)

func TestMain(m *testing.M) { kit.Main(m) }

// world is a simulator and a session whose answers lead to it. Okta's rate limits are off unless opts set them.
func world(t *testing.T, opts simulator.Options) (*simulator.Server, *Session) {
	t.Helper()
	sim := simtest.Start(t, opts)
	return sim, visit(t, sim)
}

// visit returns a session that knows nothing of earlier ones with the simulator.
func visit(t *testing.T, sim *simulator.Server) *Session {
	t.Helper()
	answers := guide.NewAnswers()
	assert.NilError(t, answers.FromEnvironment(simtest.Lookup(sim)))
	return sessionWith(answers)
}

func sessionWith(answers *guide.Answers) *Session {
	session, network := &Session{Answers: answers, Poll: time.Millisecond}, services.New()
	network.Ask = session.Ask
	session.Dial, session.Calls = network, network.Calls
	return session
}

func set(t *testing.T, session *Session, key guide.Key, values ...string) {
	t.Helper()
	assert.NilError(t, session.Answers.Set(key, guide.FromUser, values...))
}

func runAll(t *testing.T, session *Session) (Plan, error) {
	t.Helper()
	plan, err := session.Plan(t.Context())
	if err != nil {
		return plan, err
	}
	return plan, apply(t, session, plan)
}

// planned plans the sections, all of them if none is named.
func planned(t *testing.T, session *Session, sections ...guide.SectionID) Plan {
	t.Helper()
	return kit.Must(session.Plan(t.Context(), sections...))(t)
}

func apply(t *testing.T, session *Session, plan Plan) error {
	t.Helper()
	return session.Apply(t.Context(), plan, engine.NewStop())
}

// mustRun plans and applies everything.
func mustRun(t *testing.T, session *Session) Plan {
	t.Helper()
	return kit.Must(runAll(t, session))(t)
}

// lines are changes as "verb kind name".
func lines(changes []engine.Change) []string {
	out := []string{}
	for _, c := range changes {
		out = append(out, strings.Join([]string{string(c.Verb), string(c.Kind), c.Name}, " | "))
	}
	return out
}

// why is what a plan does to the object of a step, and what it follows from.
func why(plan Plan, step guide.StepID) string {
	i := slices.IndexFunc(plan.Changes, func(c engine.Change) bool { return c.Step == step })
	return string(plan.Changes[i].Verb) + ": " + plan.Changes[i].Why
}

// guideMakes is what one whole run adds.
func guideMakes(before kit.Census) kit.Census {
	var made []engine.Change
	for kind := range needing {
		made = append(made, engine.Change{Verb: engine.Create, Kind: kind})
	}
	return tally(before, made)
}

// asError returns err as an *explain.Error, which every failure has to be.
func asError(t *testing.T, err error) *explain.Error {
	t.Helper()
	e, ok := errors.AsType[*explain.Error](err)
	assert.Assert(t, ok, "no *explain.Error: %v", err)
	return e
}

// fault is a fault of one path; the path is a regular expression.
func fault(method, path string, f simkit.Fault) simkit.Fault {
	f.Method, f.Path = method, regexp.MustCompile(path)
	return f
}

var jsonHeader = http.Header{"Content-Type": {"application/json"}}

// write is one writing call of the guide: the one service's or the other's.
type write struct {
	method, path string
	genesys      bool
}

func (w write) faults(sim *simulator.Server) *simkit.Faults {
	if w.genesys {
		return sim.Genesys().Faults
	}
	return sim.Okta().Faults
}

// fail has a writing call of a run go wrong.
func fail(sim *simulator.Server, name string, how simkit.Fault) {
	w := guideWrites[name]
	w.faults(sim).Add(fault(w.method, w.path, how))
}

// guideWrites are the writing calls of a run in an empty org, by what they do.
var guideWrites = map[string]write{
	"app":           {"POST", `^/api/v1/apps$`, false},
	"assignment":    {"PUT", `^/api/v1/apps/[^/]+/groups/[^/]+$`, false},
	"origin":        {"POST", `^/api/v1/trustedOrigins$`, false},
	"policy":        {"POST", `^/api/v1/authorizationServers/[^/]+/policies$`, false},
	"rule":          {"POST", `^/api/v1/authorizationServers/[^/]+/policies/[^/]+/rules$`, false},
	"integration":   {"POST", `^/api/v2/integrations$`, true},
	"credential":    {"POST", `^/api/v2/integrations/credentials$`, true},
	"settings":      {"PUT", `^/api/v2/integrations/[^/]+/config/current$`, true},
	"activation":    {"PATCH", `^/api/v2/integrations/[^/]+$`, true},
	"configuration": {"POST", `^/api/v2/webdeployments/configurations$`, true},
	"publication":   {"POST", `^/api/v2/webdeployments/configurations/[^/]+/versions/draft/publish$`, true},
	"deployment":    {"POST", `^/api/v2/webdeployments/deployments$`, true},
}

// typeKeys are the keys of the integration type that the last plan found.
func typeKeys(t *testing.T, session *Session) genesyssteps.TypeKeys {
	t.Helper()
	keys, ok := session.current().keys.Peek()
	assert.Assert(t, ok, "no plan has found the integration type")
	return keys
}

// permissions are what the guide needs (contract genesys.md 1.3, 2.1, 6).
var permissions = []string{
	"integrations:integration:view", "integrations:integration:add", "integrations:integration:edit",
	"webDeployments:configuration:view", "webDeployments:configuration:add", "webDeployments:configuration:edit",
	"webDeployments:deployment:view", "webDeployments:deployment:add", "webDeployments:deployment:edit",
	"architect:flow:view",
}

// passed and warning are the two sorts of notices.
func passed(section guide.SectionID, text string) engine.Notice {
	return engine.Notice{Section: section, OK: true, Text: text}
}

func warning(section guide.SectionID, text string) engine.Notice {
	return engine.Notice{Section: section, Text: text}
}

// writesNothing runs a session that finds everything as it wants it, and changes nothing.
func writesNothing(t *testing.T, sim *simulator.Server, session *Session) Plan {
	t.Helper()
	wrote := kit.Writes(sim)
	plan := mustRun(t, session)
	assert.Check(t, is.Equal(kit.Writes(sim), wrote), "writes of the next run")
	return plan
}

// failed checks what an error tells, in words without what differs from run to run; see anonymous. There is a next step.
func failed(t *testing.T, sim *simulator.Server, err error, class explain.Class, problem string) *explain.Error {
	t.Helper()
	e := asError(t, err)
	assert.Check(t, is.Equal(anonymous(sim, e.Problem), problem), "problem")
	assert.Check(t, is.Equal(explain.ExitCode(err), int(class)), "exit code")
	assert.Check(t, is.Equal(e.Fix != "", true), "there is a next step")
	return e
}

var brokenService = simkit.Fault{Status: http.StatusInternalServerError, Header: jsonHeader, Body: `{}`}

// tally adds to a kit.Census what the changes say was created.
func tally(c kit.Census, made []engine.Change) kit.Census {
	for _, m := range made {
		if m.Verb != engine.Create {
			continue
		}
		switch m.Kind {
		case guide.KindApp:
			c.Okta.Apps++
			c.Okta.Secrets++
		case guide.KindAssignment:
			c.Okta.GroupsAssigned++
		case guide.KindOrigin:
			c.Okta.TrustedOrigins++
		case guide.KindPolicy:
			c.Okta.Policies++
		case guide.KindRule:
			c.Okta.Rules++
		case guide.KindIntegration:
			c.Genesys.Integrations++
		case guide.KindCredential:
			c.Genesys.Credentials++
		case guide.KindConfiguration:
			c.Genesys.Configurations++
		case guide.KindVersion:
			c.Genesys.Versions++
		case guide.KindDeployment:
			c.Genesys.Deployments++
		}
	}
	return c
}

// page is what a user's browser gets.
type page struct {
	status   int
	location string // where it is sent on to
	text     string
}

// browse opens an address as a browser does; with a form it sends that. It follows no redirect.
func browse(ctx context.Context, address string, form url.Values) (page, error) {
	method, body := http.MethodGet, io.Reader(http.NoBody)
	if form != nil {
		method, body = http.MethodPost, strings.NewReader(form.Encode())
	}
	req, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		return page{}, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(req)
	if err != nil {
		return page{}, err
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	return page{resp.StatusCode, resp.Header.Get("Location"), string(text)}, err
}

// at has the calls of a method, or of any, and of a path, which is a regular expression, handled another way.
func at(call write, handle func(w http.ResponseWriter, r *http.Request, next http.Handler)) func(http.Handler) http.Handler {
	path := regexp.MustCompile(call.path)
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if (call.method == "" || r.Method == call.method) && path.MatchString(r.URL.Path) {
				handle(w, r, next)
			} else {
				next.ServeHTTP(w, r)
			}
		})
	}
}

// edited changes the answers of one path.
func edited(path string, edit func(head http.Header, body string) string) func(http.Handler) http.Handler {
	return at(write{path: path}, func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		maps.Copy(w.Header(), answer.Header())
		body := edit(w.Header(), answer.Body.String())
		w.WriteHeader(answer.Code)
		_, _ = io.WriteString(w, body)
	})
}

// replacing is edited for one text.
func replacing(path, old, with string) func(http.Handler) http.Handler {
	return edited(path, func(_ http.Header, body string) string { return strings.ReplaceAll(body, old, with) })
}

// sentry remembers every request and how it was answered.
type sentry struct {
	mu   sync.Mutex
	seen []sighting
}

type sighting struct {
	call   string // method and path
	scheme string // of the Authorization header
	status int
}

func (s *sentry) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		scheme, _, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		what := sighting{r.Method + " " + r.URL.Path, scheme, http.StatusOK}
		next.ServeHTTP(&noticed{w, &what.status}, r)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.seen = append(s.seen, what)
	})
}

func (s *sentry) list() []sighting {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.seen)
}

// schemes are the ways in which calls were signed, each once.
func (s *sentry) schemes() []string {
	var out []string
	for _, what := range s.list() {
		if what.scheme != "" {
			out = append(out, what.scheme)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

type noticed struct {
	http.ResponseWriter
	status *int
}

func (n *noticed) WriteHeader(status int) {
	*n.status = status
	n.ResponseWriter.WriteHeader(status)
}
