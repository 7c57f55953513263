// Package fleet sets up several sites that share the orgs: it plans all of them, then applies one after another. Each site
// has a separate session and run journal, so that each can be undone. The connections, and so the sign-in, are shared.
package fleet

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
)

// State says how far a site is.
type State string

// The states of a site.
const (
	Planned   State = "planned"
	Unchanged State = "unchanged" // nothing differs
	Done      State = "done"
	Failed    State = "failed"
	Stopped   State = "interrupted"
	Ahead     State = "not started" // the run ended before
)

// Site is one page or brand, and what its run came to.
type Site struct {
	Name    string
	Session *setup.Session
	End     func() error // ends its journal after a run without an error; nil: it has none

	State  State
	Plan   engine.Plan
	Result setup.Result // of the plan, then of the run
	Err    error        // why it failed
}

// Share is an object that two sites share.
type Share struct {
	Kind guide.ObjectKind `json:"kind"`
	Name string           `json:"name"`
	Site string           `json:"site"` // the earlier site, which sets it up
}

// Fleet is the sites of one run. Only one of its methods may be under way.
type Fleet struct {
	Sites []*Site
	Calls func() services.Calls           // how many calls were sent so far; nil: not counted
	Reach func(i int, left time.Duration) // nil: not watched; called before each site with the time that is likely left

	spent    []map[string]int // calls of each site's plan, by rate limit
	seen     counts           // the last word on the rate limits
	quickest time.Duration    // of the plans
}

// Plan plans all sites. It only reads. What the plans found is not kept, so that the memory of many sites is that of
// their changes.
func (f *Fleet) Plan(ctx context.Context) error {
	f.spent, f.seen, f.quickest = nil, counts{}, 0
	for _, site := range f.Sites {
		site.State = Ahead
	}
	for i, site := range f.Sites {
		f.reach(i, f.planning(len(f.Sites)-i))
		calls, began := f.calls(), time.Now()
		site.Session.Ahead = ahead{f.Sites[:i], site.Session.Answers}
		plan, err := site.Session.Plan(ctx)
		switch {
		case ctx.Err() != nil:
			site.State = Stopped
			return err
		case err != nil:
			site.State, site.Err = Failed, err
			return site.Named(err)
		}
		site.State, site.Plan = Planned, plan.Plan
		site.Result = site.Session.Result(time.Since(began))
		if !plan.Writes() {
			site.State, site.Result.Snippet = Unchanged, site.Session.PlannedSnippet()
		}
		site.Result.Calls = minus(f.calls(), calls)
		f.count(site.Session, time.Since(began))
		site.Session.StartOver()
	}
	return nil
}

// count notes what a plan took.
func (f *Fleet) count(s *setup.Session, took time.Duration) {
	now := countsOf(s)
	f.spent = append(f.spent, now.since(f.seen))
	f.seen = now
	if f.quickest == 0 || took < f.quickest {
		f.quickest = took
	}
}

// Named names the site in an error.
func (s *Site) Named(err error) error {
	problem, ok := errors.AsType[*explain.Error](err)
	if !ok {
		return err
	}
	named := *problem
	named.Problem = fmt.Sprintf("Site %q: %s", s.Name, problem.Problem)
	return &named
}

// Writes reports whether applying the plans would alter anything.
func (f *Fleet) Writes() bool {
	return slices.ContainsFunc(f.Sites, func(s *Site) bool { return s.Plan.Writes() })
}

// Apply applies the plans of the sites that differ, one after another. Each is planned again first: earlier sites may have
// made what it shares. A plan that would write more than was planned before is refused. The first error ends the run.
func (f *Fleet) Apply(ctx context.Context, stop *engine.Stop) error {
	for _, site := range f.Sites {
		if site.State == Planned {
			site.State = Ahead
		}
	}
	for i, site := range f.Sites {
		if site.State != Ahead {
			continue
		}
		f.reach(i, f.Left())
		calls, began := f.calls(), time.Now()
		err := f.apply(ctx, site, stop)
		site.Result = site.Session.Result(time.Since(began))
		site.Result.Calls = minus(f.calls(), calls)
		f.seen = countsOf(site.Session)
		site.Session.StartOver()
		switch {
		case errors.Is(err, engine.ErrStopped) || ctx.Err() != nil:
			site.State = Stopped
			return err
		case err != nil:
			site.State, site.Err = Failed, err
			return site.Named(err)
		}
		site.State = Done
	}
	return nil
}

func (f *Fleet) apply(ctx context.Context, site *Site, stop *engine.Stop) error {
	site.Session.Ahead = nil // that is done
	plan, err := site.Session.Plan(ctx)
	if err != nil {
		return err
	}
	if more := site.more(plan.Plan); more != "" {
		return explain.New(explain.ClassConflict, "",
			"Your orgs changed after the plan was made: now the "+more+" would change too. This site has no changes.", "Run again, and check the new plan.")
	}
	if err := site.Session.Apply(ctx, plan, stop); err != nil {
		return err
	}
	if site.End != nil {
		return site.End()
	}
	return nil
}

// more is what a plan writes that was not planned before; empty: nothing.
func (s *Site) more(now engine.Plan) string {
	for _, c := range now.Changes {
		if c.Writes() && !slices.ContainsFunc(s.Plan.Changes, func(was engine.Change) bool { return was.Kind == c.Kind && was.Verb == c.Verb }) {
			return string(c.Kind) + " " + c.Kind.Shown(c.Name)
		}
	}
	return ""
}

// Shares are the objects of a site's plan that an earlier site sets up.
func (s *Site) Shares() (all []Share) {
	for _, c := range s.Plan.Changes {
		if c.By != "" {
			all = append(all, Share{c.Kind, c.Name, c.By})
		}
	}
	return all
}

func (f *Fleet) calls() services.Calls {
	if f.Calls == nil {
		return services.Calls{}
	}
	return f.Calls()
}

func minus(a, b services.Calls) services.Calls {
	return services.Calls{Okta: a.Okta - b.Okta, Genesys: a.Genesys - b.Genesys, Writes: a.Writes - b.Writes}
}

func (f *Fleet) reach(i int, left time.Duration) {
	if f.Reach != nil {
		f.Reach(i, left)
	}
}
