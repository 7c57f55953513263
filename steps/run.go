package steps

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// Plan is what a run would do.
type Plan struct {
	Changes []Change
	Notices []Notice
}

// Writes reports whether carrying the plan out would alter anything.
func (p Plan) Writes() bool { return slices.ContainsFunc(p.Changes, Change.Writes) }

// MakePlan plans the steps of the sections, all of them if none is named. It only reads. The error is an
// *Error in the words of an admin, or the context's.
func MakePlan(ctx context.Context, env *Env, sections ...guide.SectionID) (Plan, error) {
	if missing := env.Answers.Missing(sectionsOrAll(sections)...); len(missing) > 0 {
		return Plan{}, explain.MissingAnswers(missing)
	}
	env.setMending(nil)
	nodes := chosen(env, sections)
	plans := make([][]Change, len(nodes))
	env.facts.begin(sections)
	env.facts.madeBy = env.madeBy()
	err := walk(ctx, nodes, func(n node) []string { return n.planAfter }, func(ctx context.Context, i int) error {
		changes, err := nodes[i].step.Plan(ctx, env)
		for j := range changes {
			changes[j].Step = nodes[i].step.ID()
		}
		plans[i] = changes
		return err
	})
	if err != nil {
		return Plan{}, err
	}
	plan := Plan{Changes: slices.Concat(plans...), Notices: env.facts.notices(sections)}
	env.facts.keepPlans(nodes, plans)
	return plan, nil
}

// Apply carries out what MakePlan found for the sections, all of them if none is named. A create whose
// answer was lost is looked for before it is sent again. A plan that waited is made again first, and where it is another
// one nothing is changed. Without sections, a repair that PlanRepair planned last is
// carried out instead.
func Apply(ctx context.Context, env *Env, sections ...guide.SectionID) error {
	if own := env.planned(); own != nil && len(sections) == 0 {
		return applyRepair(ctx, env, own)
	}
	if err := lookAgain(ctx, env, sections); err != nil {
		return err
	}
	nodes := chosen(env, sections)
	return walk(ctx, nodes, func(n node) []string { return n.applyAfter }, func(ctx context.Context, i int) error {
		step := nodes[i].step
		if env.stopped.Load() {
			return ErrStopped
		}
		planned := env.facts.planOf(step)
		for _, c := range planned {
			if c.Verb == Reuse {
				env.note(c)
			}
		}
		if err := env.found(planned); err != nil {
			return err
		}
		err := step.Apply(ctx, env)
		if !answerLost(err) || ctx.Err() != nil {
			return err
		}
		env.facts.forgetLists()
		changes, err := step.Plan(ctx, env)
		if err != nil {
			return err
		}
		env.settle(planned, changes)
		env.facts.keepPlans(nodes[i:i+1], [][]Change{changes})
		if err := env.found(changes); err != nil {
			return err
		}
		return step.Apply(ctx, env)
	})
}

// answerLost reports whether a create may have been carried out although its answer never came.
func answerLost(err error) bool {
	e, ok := apiclient.AsError(err)
	return ok && e.Maybe
}

// settle notes the changes of a plan that a second look found in place: they are this run's own, whose answer
// was lost.
func (e *Env) settle(before, now []Change) {
	for i, c := range now {
		now[i].Step = before[0].Step
		if c.Verb != Reuse {
			continue
		}
		if j := slices.IndexFunc(before, func(b Change) bool { return b.Kind == c.Kind && b.Name == c.Name && b.Writes() }); j >= 0 && c.OfRun(e.runID()) {
			was := before[j]
			was.ID = c.ID
			e.note(was)
			e.emit(Event{Phase: Finished, Change: was})
		}
	}
}

// walk runs do for each node as soon as the nodes it comes after are done. After the first failure no
// further node begins, but those under way end by themselves, so that nothing is left half sent.
func walk(ctx context.Context, nodes []node, after func(node) []string, do func(ctx context.Context, i int) error) error {
	var (
		wg     sync.WaitGroup
		broken atomic.Bool
		giveUp = make(chan struct{}) // closed at the first failure, for those that wait
		done   = make(map[string]chan struct{}, len(nodes))
		errs   = make([]error, len(nodes))
	)
	ctx = context.WithValue(ctx, failed{}, giveUp)
	for _, n := range nodes {
		done[n.step.ID()] = make(chan struct{})
	}
	for i, n := range nodes {
		wg.Go(func() {
			defer close(done[n.step.ID()])
			for _, id := range after(n) {
				if ch, ok := done[id]; ok {
					<-ch
				}
			}
			if broken.Load() || ctx.Err() != nil {
				return
			}
			if errs[i] = explain.Guard(n.step.ID(), func() error { return do(ctx, i) }); errs[i] != nil && broken.CompareAndSwap(false, true) {
				close(giveUp)
			}
		})
	}
	wg.Wait()
	return firstError(ctx, nodes, errs)
}

// firstError picks the error that explains the others: the earliest step's, and a stop only if there is no other.
func firstError(ctx context.Context, nodes []node, errs []error) error {
	var stopped error
	for i, err := range errs {
		switch {
		case err == nil:
		case errors.Is(err, ErrStopped):
			stopped = err
		case ctx.Err() != nil:
			return context.Cause(ctx)
		default:
			return explain.Explain(nodes[i].step.ID(), err)
		}
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return stopped
}

// chosen are the sections' steps that the run and its answers call for.
func chosen(env *Env, sections []guide.SectionID) []node {
	var out []node
	for _, n := range graph {
		if inSections(n.step.Section(), sections) && env.takesPart(n.step.ID()) && (n.when == nil || n.when(env.Answers)) {
			out = append(out, n)
		}
	}
	return out
}

func sectionsOrAll(sections []guide.SectionID) []guide.SectionID {
	if len(sections) > 0 {
		return sections
	}
	for _, s := range guide.Sections() {
		sections = append(sections, s.ID)
	}
	return sections
}
