package engine_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
)

const window = time.Minute // how long the engine takes an object for young

// kinds are all kinds of which a run creates objects.
var kinds = []guide.ObjectKind{kindApp, kindAssignment, kindOrigin, kindIntegration, kindCredential, kindDeployment}

// ops are the calls that a new run makes for every kind.
var ops = map[string]string{"list": "list", "create": "create"}

// world is a service and what is kept on this computer.
type world struct {
	s       *service
	j       *runJournal
	ledger  *engine.Ledger
	emit    func(engine.Event)
	stop    *engine.Stop
	unseen  func(error) bool
	planned func() // called between plan and apply
	scope   engine.Scope
	origins int // how many a run creates
}

func newWorld() *world {
	return &world{
		s:       &service{parts: map[guide.ObjectKind]guide.ObjectKind{kindIntegration: kindSettings}},
		j:       newRunJournal(),
		ledger:  new(engine.Ledger),
		stop:    engine.NewStop(),
		scope:   engine.Sections(),
		origins: 2,
	}
}

// in runs a test in parallel, in a bubble.
func in(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	bubble(t, test)
}

// bubble runs a test in a bubble: time passes only while everything waits.
func bubble(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { test(t, newWorld()) })
}

// each runs a test for each case of a table, side by side.
func each[C any](t *testing.T, cases map[string]C, test func(t *testing.T, w *world, tc C)) {
	t.Helper()
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			in(t, func(t *testing.T, w *world) { test(t, w, tc) })
		})
	}
}

// eachKind runs a test for each case and each kind of object.
func eachKind[C any](t *testing.T, cases map[string]C, test func(t *testing.T, w *world, kind guide.ObjectKind, tc C)) {
	t.Helper()
	for _, kind := range kinds {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			each(t, cases, func(t *testing.T, w *world, tc C) { test(t, w, kind, tc) })
		})
	}
}

func (w *world) resource(kind guide.ObjectKind, name string, fields map[string]engine.Value, in engine.Source[object], needs ...engine.Source[object]) resource {
	return resource{Object: objectOf(w.s, kind), s: w.s, run: w.j.RunID(), name: name, fields: fields, in: in, needs: needs}
}

// add adds an object to a run.
func add(r *engine.Run, id guide.StepID, section guide.SectionID, res engine.Resource[object]) *engine.Node[object] {
	return engine.Add(r, id, section, func(context.Context) (engine.Resource[object], error) { return res, nil })
}

// graph is a run over every kind of resource.
type graph struct {
	*engine.Run
	app         *engine.Node[object]
	origins     *engine.Set[object]
	integration *engine.Node[object]
	checked     *engine.Lookup[int]
}

func (w *world) graph() graph {
	var j engine.Journal
	if w.j != nil {
		j = w.j
	}
	run := engine.New(engine.Config{Journal: j, Ledger: w.ledger, Emit: w.emit, Unseen: w.unseen})
	g := graph{Run: run}
	org := engine.AddLookup(run, "org", "okta", func(ctx context.Context, notes *engine.Notes) (string, error) {
		notes.OK("signed in")
		_, err := w.s.list(ctx, "org")
		return "acme", err
	})
	g.app = add(run, "app", "okta", wanting{w.resource(kindApp, "messenger", map[string]engine.Value{
		title: {"Messenger"}, uris: {"https://a.example", "https://b.example"},
	}, nil)})
	add(run, "assignment", "okta", w.resource(kindAssignment, "everyone", nil, g.app))
	g.origins = engine.AddSet(run, "origins", "okta", func(ctx context.Context, _ *engine.Notes) ([]engine.Resource[object], error) {
		if _, err := org.Get(ctx); err != nil {
			return nil, err
		}
		app, err := g.app.Planned(ctx)
		if err != nil {
			return nil, err
		}
		var out []engine.Resource[object]
		for _, uri := range engine.With(app.Value.Fields[uris], []string{"https://a.example", "https://b.example"}) {
			out = append(out, w.resource(kindOrigin, uri, nil, nil, g.app))
		}
		return out, nil
	})
	g.integration = add(run, "integration", "genesys", settling(wanting{w.resource(kindIntegration, "sso", map[string]engine.Value{note: {"made"}}, nil)}))
	credential := add(run, "credential", "genesys", w.resource(kindCredential, "secret", nil, g.integration, g.app))
	add(run, "settings", "genesys", part{wanting{w.resource(kindSettings, "sso", nil, g.integration, credential)}, run})
	deployment := add(run, "deployment", "messenger", guarded{wanting{w.resource(kindDeployment, "site", map[string]engine.Value{
		title: {"Site"}, users: {"www.example.com"},
	}, nil, g.integration)}})
	g.checked = engine.AddCheck(run, "check", "messenger", func(ctx context.Context, _ *engine.Notes) (int, error) {
		_, err := deployment.Made(ctx)
		return w.s.number(kindDeployment), err
	})
	return g
}

// carryOut plans and applies a run.
func (w *world) carryOut(ctx context.Context, r *engine.Run) (engine.Plan, error) {
	plan, err := r.Plan(ctx, w.scope)
	if err != nil {
		return plan, err
	}
	if w.planned != nil {
		w.planned()
	}
	return plan, r.Apply(ctx, w.scope, w.stop)
}

// setUp plans and applies a run over every kind of resource.
func (w *world) setUp(ctx context.Context) (engine.Plan, error) {
	return w.carryOut(ctx, w.graph().Run)
}

// again is the next run on the same computer, after the one before it ended or was cut off.
func (w *world) again() {
	w.s.faults, w.j.unwritten, w.emit, w.planned = nil, nil, nil, nil
	w.stop, w.ledger = engine.NewStop(), new(engine.Ledger)
}

// mustSetUp sets up, and demands that it works.
func (w *world) mustSetUp(t *testing.T) engine.Plan {
	t.Helper()
	plan, err := w.setUp(t.Context())
	assert.NilError(t, err)
	return plan
}

// wantOneOfEach demands that every object exists once, and that another run has nothing to do.
func (w *world) wantOneOfEach(t *testing.T) {
	t.Helper()
	for _, kind := range append(kinds, kindSettings) {
		want := 1
		if kind == kindOrigin {
			want = w.origins
		}
		assert.Check(t, is.Equal(w.s.number(kind), want), kind)
	}
	time.Sleep(window)
	w.again()
	plan := w.mustSetUp(t)
	assert.Check(t, !plan.Writes(), "the next run changes something: %+v", plan.Changes)
}

// wantRecovery demands that the next run fixes what this one left.
func (w *world) wantRecovery(t *testing.T) {
	t.Helper()
	w.again()
	w.mustSetUp(t)
	w.wantOneOfEach(t)
}

// wantUntouched demands that nothing was sent but reads.
func (w *world) wantUntouched(t *testing.T) {
	t.Helper()
	assert.Check(t, w.s.writes() == 0 && len(w.j.entries()) == 0, "%d writes, %d entries", w.s.writes(), len(w.j.entries()))
}

// status returns the HTTP status of a refusal; 0: it is none.
func status(err error) int {
	if e, ok := apiclient.AsError(err); ok {
		return e.Status
	}
	return 0
}

// started returns a function that says how much time went by since.
func started() func() time.Duration {
	start := time.Now()
	return func() time.Duration { return time.Since(start) }
}
