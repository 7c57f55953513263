package setup

import (
	"context"
	"time"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	genesyssteps "msgsso-wizard/steps/genesys"
	"msgsso-wizard/steps/guide"
)

// Fix is a part of the guide that repairs a setup. It is a run with its own answers: what it finds does not change
// what the guide knows.
type Fix struct {
	Answers *guide.Answers // name the existing objects by their IDs
	Nodes   []guide.StepID // that take part; without "publication" the deployment keeps its version
	KeepApp bool           // the app is read and not changed
	Pages   []string       // whose origins are to be trusted
	Renew   bool           // the credential is stored again although the integration's notes name its client already
	Method  string         // the app's client authentication; empty: it stays
	Rotate  *Rotate        // the app gets a new client secret; nil: it keeps the one that it has
	Assign  string         // the ID or login of a user to assign to the app; empty: none

	Move *genesyssteps.Target // the version that the deployment is moved to; nil: it is no move
}

// PlanFix plans a fix. It only reads.
func (s *Session) PlanFix(ctx context.Context, fix Fix) (Plan, error) {
	g, scope := s.build(fix.Answers.Clone(), &fix), engine.Nodes(fix.Nodes...)
	// Only the questions of the nodes' sections have to be answered.
	if missing := fix.Answers.Missing(g.run.SectionsOf(scope)...); len(missing) > 0 {
		return Plan{}, explain.MissingAnswers(missing)
	}
	p := Plan{graph: g, scope: scope, begun: time.Now(), again: func(ctx context.Context) (Plan, error) { return s.PlanFix(ctx, fix) }}
	var err error
	p.Plan, err = g.run.Plan(ctx, p.scope)
	return p, err
}
