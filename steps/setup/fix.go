package setup

import (
	"context"
	"slices"
	"time"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// Fix is a part of the guide that repairs a setup. It is a run with answers of its own: what it finds does not change
// what the guide knows.
type Fix struct {
	Answers *guide.Answers // name the existing objects by their IDs
	Nodes   []guide.StepID // that take part; without "publication" the deployment keeps its version
	KeepApp bool           // the app is read and not changed
	Pages   []string       // whose origins are to be trusted
	Renew   bool           // the credential is stored again although the integration's notes name its client already
	Assign  string         // the ID or login of a user to assign to the app; empty: none
}

// PlanFix plans a fix. It only reads.
func (s *Session) PlanFix(ctx context.Context, fix Fix) (Plan, error) {
	g := s.buildFix(&fix)
	if missing := fix.Answers.Missing(g.sections(fix.Nodes)...); len(missing) > 0 {
		return Plan{}, explain.MissingAnswers(missing)
	}
	p := Plan{graph: g, scope: engine.Nodes(fix.Nodes...), begun: time.Now(), again: func(ctx context.Context) (Plan, error) { return s.PlanFix(ctx, fix) }}
	var err error
	p.Plan, err = g.run.Plan(ctx, p.scope)
	return p, err
}

func (s *Session) buildFix(fix *Fix) *graph {
	s.books()
	return s.build(fix.Answers.Clone(), fix)
}

// sections are those of the nodes: only their questions have to be answered.
func (g *graph) sections(nodes []guide.StepID) []guide.SectionID {
	var out []guide.SectionID
	for _, section := range g.run.SectionsOf(engine.Nodes(nodes...)) {
		if !slices.Contains(out, section) {
			out = append(out, section)
		}
	}
	return out
}
