package setup

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	genesyssteps "msgsso-wizard/steps/genesys"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
)

// Fresh is how old a plan may be that is applied without another check.
const Fresh = time.Minute

const (
	firstPause   = 250 * time.Millisecond
	inProgress   = 480 // first pauses: 2 minutes
	betweenTries = 20  // first pauses: 5 seconds
)

// Plan is what a run would do. Apply carries it out.
type Plan struct {
	engine.Plan
	Open  []guide.SectionID // the sections after it, whose changes are not known yet
	Lacks []guide.Question  // what has to be answered before they can be planned
	graph *graph
	scope engine.Scope
	begun time.Time
	again func(context.Context) (Plan, error)
}

// Plan plans the sections, all of them if none is named. It only reads. The error is an *explain.Error, or the context's.
func (s *Session) Plan(ctx context.Context, sections ...guide.SectionID) (Plan, error) {
	if missing := s.Answers.Missing(orAll(sections)...); len(missing) > 0 {
		return Plan{}, explain.MissingAnswers(missing)
	}
	g, scope := s.build(s.Answers.Clone(), nil), engine.Sections(sections...)
	earlier := s.current()
	g.run.Adopt(earlier.run, scope)
	s.keep(g)
	p := Plan{graph: g, scope: scope, begun: time.Now(), again: func(ctx context.Context) (Plan, error) { return s.Plan(ctx, sections...) }}
	if p.Open = after(sections); len(p.Open) > 0 {
		p.Lacks = s.Answers.Missing(p.Open...)
	}
	var err error
	if p.Plan, err = g.run.Plan(ctx, scope); ctx.Err() != nil {
		s.keep(earlier) // a plan that was left found nothing
	} else {
		s.Answers.Raise(p.Asked)
	}
	return p, err
}

func orAll(sections []guide.SectionID) []guide.SectionID {
	if len(sections) > 0 {
		return sections
	}
	for _, s := range guide.Sections() {
		sections = append(sections, s.ID)
	}
	return sections
}

// after returns the guide's sections after the last of these.
func after(sections []guide.SectionID) []guide.SectionID {
	rest := orAll(nil)
	for _, id := range orAll(sections) {
		rest = rest[slices.Index(rest, id)+1:]
	}
	return rest
}

// Apply carries out a plan. A plan that waited is made again first, and where it is another one nothing is changed. The
// error is engine.ErrStopped, an *explain.Error, or the context's.
func (s *Session) Apply(ctx context.Context, p Plan, stop *engine.Stop) error {
	began := time.Now()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.worked += time.Since(began)
	}()
	planned := p.graph
	p, err := s.renew(ctx, p, stop)
	if err != nil {
		return err
	}
	planned.renewed = p.graph
	if s.Journal != nil && p.Writes() {
		if organization, ok := p.graph.organization.Peek(); ok {
			if err := s.Journal.Enter(organization.ID); err != nil {
				return engine.Unkept(err, "Nothing was sent")
			}
		}
	}
	p.graph.applied = true
	s.notice(p)
	err = p.graph.run.Apply(ctx, p.scope, stop)
	s.noticeMove(p.graph)
	return err
}

// notice keeps what an applied plan says that needs attention, in place of what an earlier one of its sections said.
func (s *Session) notice(p Plan) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notices = slices.DeleteFunc(s.notices, func(n engine.Notice) bool { return p.scope("", n.Section) })
	s.notices = append(s.notices, p.Attention()...)
}

// renew plans again where the plan waited for the user or was applied before, and stops where the orgs changed since, or
// where another computer seems to set up the same.
func (s *Session) renew(ctx context.Context, p Plan, stop *engine.Stop) (Plan, error) {
	old := time.Since(p.begun) > Fresh
	if p.graph.applied || old && p.Writes() {
		now, err := p.remake(ctx, stop)
		if err != nil {
			return p, err
		}
		if old && !p.graph.applied && !now.Same(p.Plan) {
			return p, explain.New(explain.ClassConflict, "",
				"Your orgs changed after the plan was made. This run made no changes.",
				"Review the new plan.").Again()
		}
		p = now
	}
	return s.alone(ctx, p, stop)
}

// remake makes the plan again. Stop ends it, also where it looks for what an earlier run may have made.
func (p Plan) remake(ctx context.Context, stop *engine.Stop) (Plan, error) {
	ctx, cancel := stop.Ending(ctx)
	defer cancel()
	return p.again(ctx)
}

// alone keeps this run from continuing with an app that another run made just now: on two computers at once, both would
// make what comes after the app. The user is asked; an unattended run waits until the other one has made all
// that it makes, and plans again.
func (s *Session) alone(ctx context.Context, p Plan, stop *engine.Stop) (Plan, error) {
	app, age, running := s.otherRun(p)
	if !running {
		return p, nil
	}
	left := s.inProgress() - max(age, 0)
	what := fmt.Sprintf("The wizard may be running on another computer. It created %q (%s) %s ago.", app.Label, app.ID, apiclient.Spell(max(age, 0)))
	if s.Prompt != nil {
		return p, explain.New(explain.ClassConflict, guide.AppName,
			what+" This run made no changes.",
			fmt.Sprintf("Wait up to %s, then retry. If that run has ended, enter this app ID as the app integration name.", apiclient.Spell(s.inProgress()))).Again()
	}
	s.Pause(what+" Waiting until it ends.", left)
	for end := time.Now().Add(left); running && left > 0; {
		if err := pause(ctx, min(left, betweenTries*s.poll()), stop); err != nil {
			return p, err
		}
		left = time.Until(end)
		if left > 0 && !s.hasDeployed(ctx, mark.Run(app.AdminNote)) {
			continue
		}
		var err error
		if p, err = p.remake(ctx, stop); err != nil {
			return p, err
		}
		_, _, running = s.otherRun(p)
	}
	return p, nil
}

// otherRun says how old the plan's app is, and whether a run on another computer made it and may be under way. An app
// that was named by its ID was meant, whatever its age.
func (s *Session) otherRun(p Plan) (app okta.App, age time.Duration, running bool) {
	app, ok := p.graph.app.Peek()
	if !ok || !p.Writes() || s.Journal == nil || app.ManagedBy != mark.Tag || p.graph.answers.Value(guide.AppName) == app.ID || s.Journal.Known(guide.KindApp, app.Label, app.ID) {
		return app, 0, false
	}
	org, _ := p.graph.okta.Peek()
	skew, known := org.API.Skew()
	age = time.Now().Add(skew).Sub(app.Created)
	return app, age, known && age.Abs() <= s.inProgress() && !p.afterRun(mark.Run(app.AdminNote))
}

// afterRun reports whether a run has ended, as far as it could get in the way of the plan: it makes its deployment last,
// side by side with the access policy and its rule. The trusted origins and assignments next to them cannot be made twice.
func (p Plan) afterRun(run string) bool {
	deployments, _ := p.graph.genesys.Deployments.Peek()
	return deployedBy(deployments, run) && !slices.ContainsFunc(p.Changes, func(c engine.Change) bool {
		return c.Verb == engine.Create && (c.Kind == guide.KindPolicy || c.Kind == guide.KindRule)
	})
}

// hasDeployed looks for the deployment of a run.
func (s *Session) hasDeployed(ctx context.Context, run string) bool {
	api := s.orgs().genesys.API
	if api == nil {
		return false
	}
	deployments, err := api.Deployments(ctx)
	return err == nil && deployedBy(deployments, run)
}

func deployedBy(deployments []genesys.Deployment, run string) bool {
	return run != "" && slices.ContainsFunc(deployments, func(d genesys.Deployment) bool { return mark.Run(d.Description) == run })
}

// inProgress is how long a run is taken to be under way after it made its app, which it makes first: 2 minutes.
func (s *Session) inProgress() time.Duration { return inProgress * s.poll() }

func (s *Session) poll() time.Duration { return cmp.Or(s.Poll, firstPause) }

func pause(ctx context.Context, d time.Duration, stop *engine.Stop) error {
	ctx, cancel := stop.Ending(ctx)
	defer cancel()
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

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
