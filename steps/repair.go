package steps

import (
	"context"
	"slices"

	"msgsso-wizard/steps/guide"
)

// Repair is a piece of the guide that mends a set-up which exists. It is a run of its own beside the guide's: its
// answers are not the guide's, and what it learns does not change what the guide knows.
type Repair struct {
	Answers *guide.Answers // name the existing objects by their ids
	Steps   []string       // the steps that take part, by their ids; without "publication" the deployment keeps its version
	Look    []string       // those of them that change nothing, whatever they find
	Pages   []string       // whose origins are to be trusted; nil: those of the redirect URIs
	Renew   bool           // the credential is stored again although the integration's notes name its client already
	Assign  string         // the id or login of a person to assign to the app; empty: nobody
}

// PlanRepair plans a repair. Apply, without sections, then carries it out; another MakePlan forgets it. It only reads.
func PlanRepair(ctx context.Context, env *Env, r Repair) (Plan, error) {
	own := &Env{
		Answers: r.Answers, Dial: env.Dial, Files: env.Files, Emit: env.Emit, Calls: env.Calls,
		Poll: env.Poll, Prompt: env.Prompt, Journal: env.Journal, repair: &r,
	}
	plan, err := MakePlan(ctx, own, r.sections()...)
	if err != nil {
		return Plan{}, err
	}
	env.setMending(own)
	return plan, nil
}

// sections are those of the repair's steps: only their questions have to be answered.
func (r Repair) sections() []guide.SectionID {
	var out []guide.SectionID
	for _, n := range graph {
		if id := n.step.Section(); slices.Contains(r.Steps, n.step.ID()) && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// takesPart reports whether a step is in the run: in the guide's all are, but those that only repairs have.
func (e *Env) takesPart(id string) bool {
	if e.repair == nil {
		return id != assignUser{}.ID()
	}
	return slices.Contains(e.repair.Steps, id)
}

// looksOnly reports whether a step may change nothing.
func (e *Env) looksOnly(id string) bool { return e.repair != nil && slices.Contains(e.repair.Look, id) }

// keeps reports whether the run is a repair that leaves the stored credential alone.
func (e *Env) keeps() bool { return e.repair != nil && !e.repair.Renew }

// renews reports whether the run is a repair that stores the credential again.
func (e *Env) renews() bool { return e.repair != nil && e.repair.Renew }

// applyRepair carries the planned repair out. What it made counts as made by the program.
func applyRepair(ctx context.Context, env, own *Env) error {
	own.Emit = env.Emit // whoever watches now
	err := Apply(ctx, own)
	for _, c := range own.Made() {
		if c.Verb != Reuse {
			env.note(c)
		}
	}
	return err
}

func (e *Env) setMending(own *Env) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.mending = own
	if own != nil && e.stopped.Load() {
		own.Stop()
	}
}

func (e *Env) planned() *Env {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.mending
}
