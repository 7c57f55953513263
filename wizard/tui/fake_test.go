package tui

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
	"msgsso-wizard/wizard/verify"
)

const canary = "00canary-SECRET-token"

const snippetText = "<script type=\"text/javascript\" charset=\"utf-8\">\n  (function (g, e, n, es, ys) {\n    g['_genesysJs'] = e;\n    g[e] = g[e] || function () {\n      (g[e].q = g[e].q || []).push(arguments)\n    };\n    g[e].c = es;\n    ys = document.createElement('script'); ys.async = 1; ys.src = n; ys.charset = 'utf-8'; document.head.appendChild(ys);\n  })(window, 'Genesys', 'https://apps.mypurecloud.de/genesys-bootstrap/genesys.min.js', {\n    environment: 'prod-euc1',\n    deploymentId: '0f3c1a52-7b6e-4c43-9f0e-5d8a1b2c3d4e'\n  });\n</script>\n"

// fake stands in for the orgs: a plan for each section, and what became of it.
type fake struct {
	t     *testing.T
	env   *setup.Session
	pace  time.Duration
	emit  func(engine.Event)
	plans map[guide.SectionID]engine.Plan

	mu        sync.Mutex
	made      []engine.Change
	worked    time.Duration
	planErr   error
	applyErr  error // comes with the last change of the section
	holdPlan  bool  // plans end with their context only
	hold      chan struct{}
	planned   []guide.SectionID
	found     *guide.Answers // what plans find; nil: nothing
	applied   []setup.Plan
	warnings  []string
	rollout   *setup.Rollout // nil: no version is tried first
	benched   string         // the deployment that was verified last
	lastMove  setup.Moved    // zero: none
	notices   []string
	recovered map[guide.ObjectKind]string // what the events of such changes say
	prompts   []services.Prompt           // what the next plan asks the user to do, all at once
	replies   []string                    // what came of it
	askApply  bool                        // carrying out asks it
	lasting   bool                        // a change lasts until the run is stopped
	enough    time.Duration               // when nothing needs to be done any more; 0: never
	token     func(context.Context) error
	verifier  *fakeBench
	undo      *fakeUndo

	lacking   map[guide.PrerequisiteID]guide.Checked // what the first look does not find
	checkPace time.Duration
	checks    int
	options   func(ctx context.Context, q guide.Question, filter string) ([]guide.Option, error) // nil: none can be read
}

func newFake(t *testing.T, env *setup.Session) *fake {
	change := func(verb engine.Verb, kind guide.ObjectKind, name, why string) engine.Change {
		return engine.Change{Verb: verb, Kind: kind, Name: name, Why: why}
	}
	f := &fake{t: t, env: env, pace: 500 * time.Millisecond, emit: func(engine.Event) {}, verifier: newFakeBench(), plans: map[guide.SectionID]engine.Plan{
		guide.SectionOkta: {
			Changes: []engine.Change{
				change(engine.Create, "app integration", "Genesys Cloud Messenger", "none of this name exists"),
				change(engine.Create, "assignment", "Everyone", "Okta's own Everyone group"),
				change(engine.Reuse, "trusted origin", "http://localhost:8080", "in place"),
			},
			Notices: []engine.Notice{{OK: true, Text: "The token may create apps."}},
		},
		guide.SectionGenesys: {Notices: []engine.Notice{{OK: true, Text: "The client has every permission that is needed."}}},
		guide.SectionIntegration: {
			Changes: []engine.Change{
				change(engine.Create, "access policy", "Genesys Messenger", "on \"default\""),
				change(engine.Create, "integration", "Messenger SSO (Okta)", "none of this type exists"),
				change(engine.Create, "credential", "client 0oa1x2y3z4", "from Okta setup"),
				change(engine.Update, "state", "Messenger SSO (Okta)", "Disabled → Active"),
			},
			Notices: []engine.Notice{
				{OK: true, Text: "Okta's document: issuer matches, S256, RS256, 2 keys."},
				{Text: "\"default\" has no access policy for this app: sign-in would be refused. One will be added."},
			},
		},
		guide.SectionConfiguration: {Changes: []engine.Change{change(engine.Create, "configuration", "Web SSO Messenger", ""), change(engine.Create, "version", "1", "published")}},
		guide.SectionDeployment:    {Changes: []engine.Change{change(engine.Create, "deployment", "Web SSO", "pins version 1")}},
	}}
	f.verifier.fake, f.undo = f, &fakeUndo{fake: f}
	return f
}

func (f *fake) Plan(ctx context.Context, ids ...guide.SectionID) (setup.Plan, error) {
	f.mu.Lock()
	f.planned = append(f.planned, ids[0])
	held, err := f.holdPlan, f.planErr
	f.mu.Unlock()
	if held {
		<-ctx.Done()
		return setup.Plan{}, ctx.Err()
	}
	screen.Pause(ctx, f.pace*4/5)
	var plan setup.Plan
	for _, id := range ids {
		plan.Changes = append(plan.Changes, f.plans[id].Changes...)
		plan.Notices = append(plan.Notices, f.plans[id].Notices...)
	}
	return plan, errors.Join(f.ask(ctx), err)
}

// ask puts the prompts at once, as steps that run side by side do.
func (f *fake) ask(ctx context.Context) error {
	f.mu.Lock()
	prompts := f.prompts
	f.prompts = nil
	f.mu.Unlock()
	if f.enough > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, f.enough)
		defer cancel()
	}
	errs := make([]error, len(prompts))
	var wg sync.WaitGroup
	for i, p := range prompts {
		wg.Go(func() {
			screen.Pause(ctx, time.Duration(i)*100*time.Millisecond) // in this order, on a busy machine too
			text, err := f.env.Prompt(ctx, p)
			if err != nil {
				text = err.Error()
			}
			f.mu.Lock()
			defer f.mu.Unlock()
			f.replies = append(f.replies, text)
			if f.enough == 0 {
				errs[i] = err
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// Apply makes each change in half a second. If hold is set, it waits before the last one.
func (f *fake) Apply(ctx context.Context, plan setup.Plan, stop *engine.Stop) error {
	began := time.Now()
	defer func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.worked += time.Since(began)
	}()
	f.mu.Lock()
	f.applied = append(f.applied, plan)
	failure, hold, asks := f.applyErr, f.hold, f.askApply
	f.mu.Unlock()
	if asks {
		if err := f.ask(ctx); err != nil {
			return err
		}
	}
	changes := style.Writes(plan.Changes)
	for i, c := range changes {
		if stop.Stopped() {
			return engine.ErrStopped
		}
		f.emit(engine.Event{Phase: engine.Working, Change: c})
		screen.Pause(ctx, f.pace)
		for f.lasting && !stop.Stopped() && ctx.Err() == nil {
			screen.Pause(ctx, time.Millisecond)
		}
		if last := i == len(changes)-1; last && hold != nil {
			f.emit(engine.Event{Phase: engine.Waiting, Change: c, Text: "Active", Limit: time.Minute})
			select {
			case <-hold:
			case <-ctx.Done():
				return ctx.Err()
			}
		} else if last && failure != nil {
			f.emit(engine.Event{Phase: engine.Failed, Change: c, Elapsed: f.pace})
			return failure
		}
		f.note(c)
		f.emit(engine.Event{Phase: engine.Finished, Change: c, Elapsed: f.pace, Text: f.recovered[c.Kind]})
	}
	return nil
}

func (f *fake) note(c engine.Change) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.made = append(f.made, c)
}

func (f *fake) Options(ctx context.Context, q guide.Question, filter string) ([]guide.Option, error) {
	if f.options != nil {
		return f.options(ctx, q, filter)
	}
	return f.env.Options(ctx, q, filter)
}

func (f *fake) Revocable() bool { return f.token != nil }

func (f *fake) Revoke(ctx context.Context) error { return f.token(ctx) }

func (f *fake) Identity() setup.Identity {
	return setup.Identity{Okta: "acme.okta.com", Genesys: "Acme (Frankfurt)"}
}

// PlanRollout plans to have live pages use another version.
func (f *fake) PlanRollout(ctx context.Context) (setup.Plan, error) {
	screen.Pause(ctx, f.pace*4/5)
	r, to := f.rollout, f.rollout.Tried
	if r.IsLive() {
		to = r.Before
	}
	return setup.Plan{Plan: engine.Plan{
		Changes: []engine.Change{{Verb: engine.Update, Kind: guide.KindDeployment, Name: r.LiveName, ID: r.LiveID, Why: "version " + r.Live + " → " + to}},
		Notices: []engine.Notice{{Text: "This changes Messenger on the pages of \"Main website\" (www.example.com)."}},
	}}, nil
}

func (f *fake) Moved() setup.Moved { return f.lastMove }

func (f *fake) View() *guide.Answers { return f.found }

func (f *fake) Made() []engine.Change {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.made)
}

func (f *fake) Worked() time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.worked
}

// bench verifies a deployment.
func (f *fake) bench(deployment string) verify.Verifier {
	f.benched = deployment
	return f.verifier
}

func (f *fake) Result(d time.Duration) setup.Result {
	of, deployment := f.rollout, "0f3c1a52-7b6e-4c43-9f0e-5d8a1b2c3d4e"
	if of != nil {
		now := *of // the one that a screen got stays as it is
		of, deployment = &now, screen.Tern(of.IsLive(), of.LiveID, of.TestID)
	}
	return setup.Result{Rollout: of, Snippet: snippetText, Genesys: setup.GenesysResult{ConfigurationVersion: "1", DeploymentID: deployment}, Notices: f.notices, Warnings: f.warnings, ElapsedMS: d.Milliseconds()}
}
