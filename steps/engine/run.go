package engine

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// errNotApplying is a programming error: a resource asked for what was made while a plan only reads.
var errNotApplying = errors.New("the plan needs an object that only apply creates")

// Config is what a Run is given from outside.
type Config struct {
	Journal Journal          // nil: nothing is kept
	Ledger  *Ledger          // what the runs of a session made
	Emit    func(Event)      // may be nil; called from several goroutines
	Poll    time.Duration    // the first pause between two reads of something that needs time; 0: 250 ms
	Unseen  func(error) bool // reports a refusal because the service does not see a new object yet; nil: none is

	// Ahead is what other runs will have done when this one is applied; nil: nothing.
	Ahead Ahead

	// Allowed refuses a change that the signed-in account may not make. It is asked for each change of a plan; nil: nothing is
	// known of that.
	Allowed func(ctx context.Context, verb Verb, kind guide.ObjectKind) error
}

// Run is a graph of nodes, planned once and applied at most once. Its nodes are added in the guide's order.
type Run struct {
	cfg   Config
	nodes []*node

	mu       sync.Mutex
	phase    *phase
	newest   time.Time // when the newest object of this run was created; zero: none was
	warnings []string
}

// New returns a Run without nodes.
func New(cfg Config) *Run {
	if cfg.Ledger == nil {
		cfg.Ledger = &Ledger{}
	}
	return &Run{cfg: cfg}
}

// node is one computation of a run.
type node struct {
	run     *Run
	id      guide.StepID
	section guide.SectionID
	index   int

	applies bool // the apply that is under way includes it

	plan  func(context.Context) error // nil: it has nothing to plan
	apply func(context.Context) error // nil: it changes nothing
	rows  func() []Change
	notes func() []*Notes
	adopt func(*node)
	value any // what adopt takes: the Node, Set, or Lookup of the other run
}

func (r *Run) add(n *node) {
	n.run, n.index = r, len(r.nodes)
	r.nodes = append(r.nodes, n)
}

// begin starts a node's work in the phase that is under way.
func (n *node) begin(act func(context.Context)) {
	n.run.current().begin(n.index, act)
}

// current is the phase that is under way; nil: none.
func (r *Run) current() *phase {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.phase
}

// guard turns a panic and a service's refusal into the words of an admin.
func (n *node) guard(act func() error) error {
	err := explain.Guard(n.id, act)
	for _, bare := range []error{ErrStopped, context.Canceled, context.DeadlineExceeded} {
		if err == nil || errors.Is(err, bare) {
			return err
		}
	}
	err = explain.Explain(n.id, err)
	if known, ok := errors.AsType[*explain.Error](err); ok && known.Section == "" {
		known.Section = n.section
	}
	return err
}

// Scope says which nodes take part.
type Scope func(id guide.StepID, section guide.SectionID) bool

// Sections is a Scope of whole sections; of all, if none is named.
func Sections(sections ...guide.SectionID) Scope {
	return func(_ guide.StepID, section guide.SectionID) bool {
		return len(sections) == 0 || slices.Contains(sections, section)
	}
}

// Nodes is a Scope of single nodes.
func Nodes(ids ...guide.StepID) Scope {
	return func(id guide.StepID, _ guide.SectionID) bool { return slices.Contains(ids, id) }
}

// Plan is what a run would do.
type Plan struct {
	Changes []Change
	Notices []Notice
	Asked   map[guide.StepID][]guide.Question // the questions that the orgs raise, by the node that found out about them
}

// Writes reports whether applying the plan would alter anything.
func (p Plan) Writes() bool { return slices.ContainsFunc(p.Changes, Change.Writes) }

// Attention returns the notices that need attention.
func (p Plan) Attention() []Notice {
	return slices.DeleteFunc(slices.Clone(p.Notices), func(n Notice) bool { return n.OK })
}

// Same reports whether two plans do the same.
func (p Plan) Same(other Plan) bool { return slices.EqualFunc(p.Changes, other.Changes, Change.same) }

// Plan plans the nodes in scope, and what they need. It only reads. The error is an *explain.Error or the
// context's; with it, the plan has only what is asked.
func (r *Run) Plan(ctx context.Context, scope Scope) (Plan, error) {
	chosen := r.in(scope)
	err := r.during(newPhase(ctx, nil), func(p *phase) {
		for _, n := range chosen {
			if n.plan != nil {
				p.begin(n.index, n.reporting(p, n.plan))
			}
		}
	})
	plan := Plan{Asked: map[guide.StepID][]guide.Question{}}
	for _, n := range r.nodes {
		for _, notes := range n.notes() {
			if notes.asked != nil {
				plan.Asked[n.id] = append(plan.Asked[n.id], notes.asked...)
			}
		}
	}
	if err != nil {
		return plan, err
	}
	for _, n := range chosen {
		if n.rows != nil {
			plan.Changes = append(plan.Changes, n.rows()...)
		}
		for _, notes := range n.notes() {
			plan.Notices = append(plan.Notices, notes.notices...)
		}
	}
	return plan, nil
}

// Apply carries out what was planned for the nodes in scope. The error is ErrStopped, an *explain.Error, or the
// context's.
func (r *Run) Apply(ctx context.Context, scope Scope, stop *Stop) error {
	chosen := r.in(scope)
	for _, n := range chosen {
		n.applies = true
	}
	return r.during(newPhase(ctx, stop), func(p *phase) {
		for _, n := range chosen {
			if n.apply != nil {
				p.begin(n.index, n.reporting(p, n.apply))
			}
		}
	})
}

// reporting tells the phase of a failure. What ended because of another failure is not another failure.
func (n *node) reporting(p *phase, act func(context.Context) error) func(context.Context) {
	return func(ctx context.Context) {
		if err := act(ctx); err != nil && (ctx.Err() == nil || p.ctx.Err() != nil) {
			p.fail(n.index, err)
		}
	}
}

func (r *Run) during(p *phase, act func(*phase)) error {
	r.mu.Lock()
	r.phase = p
	r.mu.Unlock()
	act(p)
	return p.err()
}

func (r *Run) in(scope Scope) []*node {
	return slices.DeleteFunc(slices.Clone(r.nodes), func(n *node) bool { return !scope(n.id, n.section) })
}

// Adopt takes over what an earlier run of the same shape found out, for the nodes out of scope: their sections were
// planned or applied before, and their answers are the same.
func (r *Run) Adopt(earlier *Run, scope Scope) {
	r.warnings = earlier.Warnings()
	for i, n := range r.nodes {
		if i < len(earlier.nodes) && earlier.nodes[i].id == n.id && n.adopt != nil && !scope(n.id, n.section) {
			n.adopt(earlier.nodes[i])
		}
	}
}

// Warnings returns what the user should know at the end.
func (r *Run) Warnings() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.warnings)
}

func (r *Run) warn(text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.Contains(r.warnings, text) {
		r.warnings = append(r.warnings, text)
	}
}

func (r *Run) emit(ev Event) {
	if r.cfg.Emit != nil {
		r.cfg.Emit(ev)
	}
}

func (r *Run) newNotes(n *node) *Notes {
	return &Notes{section: n.section, warn: r.warn, ahead: r.cfg.Ahead}
}

// SectionsOf returns the sections of the nodes in scope.
func (r *Run) SectionsOf(scope Scope) (out []guide.SectionID) {
	for _, n := range r.in(scope) {
		out = With(out, []guide.SectionID{n.section})
	}
	return out
}
