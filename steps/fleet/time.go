package fleet

import (
	"maps"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
)

// counts are the calls against each rate limit, by its name.
type counts map[string]apiclient.RateLimit

func countsOf(s *setup.Session) counts {
	c := counts{}
	for _, limit := range s.RateLimits() {
		c[limit.Bucket] = limit
	}
	return c
}

// since are the calls after those of earlier counts.
func (c counts) since(earlier counts) map[string]int {
	out := map[string]int{}
	for name, limit := range c {
		out[name] = limit.Calls - earlier[name].Calls
	}
	return out
}

// The rate limits that changes count against, as the clients name them (contract okta.md 6, genesys.md 6).
const (
	appCalls     = "/api/v1/apps"
	oneAppCalls  = "/api/v1/apps/{id}"
	oktaCalls    = "/api/v1"
	genesysCalls = "" // all calls of a token
)

// costs are the calls that a change of each kind takes after its plan, with the wait until it is ready. They were counted
// at the simulator.
var costs = map[guide.ObjectKind]map[string]int{
	guide.KindApp: {appCalls: 1}, guide.KindAssignment: {appCalls: 1}, guide.KindFederated: {appCalls: 1},
	guide.KindOrigin: {oktaCalls: 1}, guide.KindPolicy: {oktaCalls: 1}, guide.KindRule: {oktaCalls: 1}, guide.KindClaim: {oktaCalls: 2},
	guide.KindIntegration: {genesysCalls: 1}, guide.KindCredential: {genesysCalls: 1}, guide.KindSettings: {genesysCalls: 1},
	guide.KindState: {genesysCalls: 2}, guide.KindConfiguration: {genesysCalls: 1}, guide.KindVersion: {genesysCalls: 2}, guide.KindDeployment: {genesysCalls: 2},
}

// clock goes through the calls of a run ahead of it, as the rate limits let them pass.
type clock struct {
	now    time.Time
	limits counts
}

// take passes so many calls, those of each limit at the same time, and then the time that they took without a limit.
func (c *clock) take(calls map[string]int, took time.Duration) {
	end := c.now
	for name, n := range calls {
		limit, known := c.limits[name]
		if !known {
			continue
		}
		at := c.now
		for left := n; left > 0; {
			if !at.Before(limit.Until) {
				limit.Left, limit.Until = limit.Limit, at.Add(limit.Window+time.Second) // a client waits a second more
			}
			passed := min(left, limit.Left)
			left -= passed
			if limit.Left -= passed; left > 0 {
				at = limit.Until
			}
		}
		c.limits[name] = limit
		if at.After(end) {
			end = at
		}
	}
	c.now = end.Add(took)
}

func (f *Fleet) clock() *clock { return &clock{time.Now(), maps.Clone(f.seen)} }

// Left is how long applying the plans will likely take: each site is planned again, then its changes are sent.
func (f *Fleet) Left() time.Duration {
	c := f.clock()
	began := c.now
	for i, site := range f.Sites {
		if site.State == Planned || site.State == Ahead {
			planning := c.now
			c.take(f.spent[i], f.quickest)
			if c.now.Sub(planning) > setup.Fresh { // it is made again before it is applied
				c.take(f.spent[i], f.quickest)
			}
			c.take(site.costs(), f.quickest)
		}
	}
	return c.now.Sub(began)
}

// costs are the calls of the site's changes, by rate limit.
func (s *Site) costs() map[string]int {
	all := map[string]int{}
	for _, c := range s.Plan.Changes {
		cost := costs[c.Kind]
		switch {
		case !c.Writes():
			continue
		case c.Kind == guide.KindApp && c.Verb == engine.Update:
			cost = map[string]int{oneAppCalls: 2}
		}
		for name, n := range cost {
			all[name] += n
		}
	}
	return all
}

// planning is how long the plans of n more sites will likely take, by the one before; 0: there is none.
func (f *Fleet) planning(n int) time.Duration {
	if len(f.spent) == 0 {
		return 0
	}
	c := f.clock()
	began := c.now
	for range n {
		c.take(f.spent[len(f.spent)-1], f.quickest)
	}
	return c.now.Sub(began)
}
