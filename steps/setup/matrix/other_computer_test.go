package matrix

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/mark"
	"msgsso-wizard/steps/services"
)

// inProgress is how long another computer's run is taken to be under way: 2 minutes of the real pauses.
const inProgress = 480 * time.Millisecond

// ageing opens an org whose clock says that the wizard's app is of a certain age, however long the test takes.
type ageing struct {
	services.Dialer
	age     time.Duration
	created *atomic.Pointer[time.Time]
}

func (d ageing) Okta(org string, login guide.OktaLogin) (services.Okta, error) {
	api, err := d.Dialer.Okta(org, login)
	return agedOkta{api, d}, err
}

type agedOkta struct {
	services.Okta
	ageing
}

func (o agedOkta) Apps(ctx context.Context, label string) ([]okta.App, error) {
	apps, err := o.Okta.Apps(ctx, label)
	for _, a := range apps {
		if a.ManagedBy == mark.Tag {
			o.created.Store(&a.Created)
		}
	}
	return apps, err
}

func (o agedOkta) App(ctx context.Context, id string) (okta.App, error) {
	a, err := o.Okta.App(ctx, id)
	o.created.Store(&a.Created)
	return a, err
}

func (o agedOkta) Skew() (time.Duration, bool) {
	created := o.created.Load()
	if created == nil {
		return 0, true
	}
	return time.Until(created.Add(o.age)), true
}

// cutOff is an org in which a run on another computer was cut off after it made its app; the run.
func cutOff(t *testing.T) (*computer, *run) {
	t.Helper()
	c := newComputer(t, simulator.Options{}, time.Millisecond)
	ctx, kill := context.WithCancel(t.Context())
	first := c.start(t, nil)
	first.session.Emit = func(ev engine.Event) {
		if ev.Phase == engine.Finished && ev.Change.Kind == guide.KindApp {
			kill()
		}
	}
	assert.ErrorIs(t, first.do(ctx), context.Canceled, "the first run")
	return c, first
}

// fresh begins a run on a computer that knows nothing of others, when the app has that age.
func (c *computer) fresh(t *testing.T, age time.Duration, answers map[guide.Key][]string) (*computer, *run) {
	t.Helper()
	container := *c
	container.folder = kit.Must(journal.Open(t.TempDir()))(t)
	r := container.start(t, answers)
	r.session.Dial = ageing{r.session.Dial, age, &atomic.Pointer[time.Time]{}}
	return &container, r
}

// pauses collects what a run says while it waits for another computer's, and calls back.
func (r *run) pauses(when func()) *[]engine.Event {
	var all []engine.Event
	r.session.Emit = func(ev engine.Event) {
		if ev.Phase == engine.Paused && strings.Contains(ev.Text, "on another computer") {
			all = append(all, ev)
			when()
		}
	}
	return &all
}

// TestUnattendedWaitsForOtherRun runs in a fresh container while another run may be under way: it waits until that has
// ended, 2 minutes at most, says so once, looks again, and goes on.
func TestUnattendedWaitsForOtherRun(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		age, most time.Duration // most is the longest that it may wait; 0: it does not
	}{
		"a moment ago":                {0, inProgress},
		"a while ago":                 {inProgress / 4, inProgress * 3 / 4},
		"later, by Okta's clock":      {-inProgress / 2, inProgress},
		"longer ago than a run takes": {inProgress + time.Millisecond, 0},
		"much later, by Okta's clock": {-time.Hour, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := cutOff(t)
			_, r := c.fresh(t, tc.age, nil)
			reported := r.pauses(func() {})
			assert.NilError(t, r.do(t.Context()))
			var longest time.Duration
			for _, ev := range *reported {
				if !strings.HasPrefix(ev.Text, "The wizard may be running on another computer. ") || !strings.HasSuffix(ev.Text, " ago. Waiting until it ends.") {
					t.Errorf("said %q", ev.Text)
				}
				longest = max(longest, ev.Limit)
			}
			if len(*reported) > 1 || longest > tc.most || longest <= 0 && tc.most > 0 {
				t.Errorf("%d waits of up to %v, want %v", len(*reported), longest, tc.most)
			}
			got, want := c.counts(), calm(t, "")
			assert.Check(t, is.Equal(got, want), "there")
		})
	}
}

// TestOtherRunHasEnded: a run has made all once it has made its deployment, however young its app is. What another run
// adds doesn't wait then, unless an access policy or its rule would be made twice.
func TestOtherRunHasEnded(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		policies bool // as the other run made them
		attended bool
		waits    int
	}{
		"all is there":              {policies: true},
		"all is there, at terminal": {policies: true, attended: true},
		"its policy isn't":          {waits: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newComputer(t, simulator.Options{}, time.Millisecond)
			c.set(t, nil)
			if !tc.policies {
				c.dropPolicies(t)
			}
			_, r := c.fresh(t, 0, onPage)
			if tc.attended {
				r.session.Prompt = func(context.Context, services.Prompt) (string, error) { return "", errors.New("nothing is asked") }
			}
			reported := r.pauses(func() {})
			if err := r.do(t.Context()); err != nil || len(*reported) != tc.waits {
				t.Errorf("%v, %d waits", err, len(*reported))
			}
			_, trusted := c.origins(t)[site]
			assert.Check(t, trusted, "the page isn't added")
		})
	}
}

// dropPolicies has a colleague delete the access policies of the wizard.
func (c *computer) dropPolicies(t *testing.T) {
	t.Helper()
	for _, p := range kit.Must(c.okta.Policies(t.Context(), "default"))(t) {
		if len(p.Clients) == 1 && strings.HasPrefix(p.Clients[0], "0oa") {
			assert.NilError(t, c.okta.DeletePolicy(t.Context(), "default", p.ID))
		}
	}
}

// TestWaitEndsWithOtherRun: the wait is over when the other run has made its deployment, long before its limit. The plan
// that is applied is made after it.
func TestWaitEndsWithOtherRun(t *testing.T) {
	t.Parallel()
	for name, answers := range map[string]map[guide.Key][]string{"the same": nil, "another page": onPage} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := cutOff(t)
			_, r := c.fresh(t, 0, answers)
			r.session.Poll = 25 * time.Millisecond
			var began time.Time
			wrote := 0
			reported := r.pauses(func() {
				c.set(t, nil)
				began, wrote = time.Now(), c.writes()
			})
			assert.NilError(t, r.do(t.Context()))
			assert.Check(t, len(*reported) == 1 && time.Since(began) < (*reported)[0].Limit, "waits %v", *reported)
			assert.Check(t, is.Equal(c.writes() > wrote, answers != nil), "writes afterwards")
			_, trusted := c.origins(t)[site]
			assert.Check(t, is.Equal(trusted, answers != nil), "the page is added")
		})
	}
}

// TestEndOfWaitForOtherRun: a stop, or the end of the program, ends the wait, and nothing is written.
func TestEndOfWaitForOtherRun(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]error{"stop": engine.ErrStopped, "end": context.Canceled} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := cutOff(t)
			c.poll = 0 // it would wait for 2 minutes
			_, r := c.fresh(t, 0, nil)
			ctx, cancel := context.WithCancel(t.Context())
			stop := engine.NewStop()
			reported := r.pauses(map[string]func(){"stop": stop.Stop, "end": cancel}[name])
			plan := kit.Must(r.session.Plan(ctx))(t)
			wrote, began := c.writes(), time.Now()
			if err := r.session.Apply(ctx, plan, stop); err != want { //nolint:errorlint // they come bare
				t.Errorf("got %v", err)
			}
			if len(*reported) != 1 || c.writes() != wrote || time.Since(began) >= (*reported)[0].Limit {
				t.Errorf("waits %v, %d writes", *reported, c.writes()-wrote)
			}
		})
	}
}

// TestAdminDecidesAboutOtherRun: at a terminal the run does not wait. It says what to do: try again later, or name the
// app of a run that is known to have ended.
func TestAdminDecidesAboutOtherRun(t *testing.T) {
	t.Parallel()
	refuse := func(context.Context, services.Prompt) (string, error) { return "", errors.New("nothing is asked") }
	c, first := cutOff(t)
	c.poll = 0
	app := first.session.Made()[0]
	_, r := c.fresh(t, 3*time.Second, nil)
	r.session.Prompt = refuse
	reported, wrote := r.pauses(func() {}), c.writes()
	e := new(explain.Error)
	err := r.do(t.Context())
	assert.Assert(t, errors.As(err, &e), "got %v", err)
	if e.Class != explain.ClassConflict || !e.Retry || e.Question != guide.AppName || len(*reported) != 0 || c.writes() != wrote {
		t.Errorf("%+v, %d waits, %d writes", e, len(*reported), c.writes()-wrote)
	}
	problem := fmt.Sprintf("The wizard may be running on another computer. It created %q (%s) 3 seconds ago. This run made no changes.", app.Name, app.ID)
	const fix = "Wait up to 2 minutes, then retry. If that run has ended, enter this app ID as the app integration name."
	assert.Check(t, e.Problem == problem && e.Fix == fix, "said %q %q", e.Problem, e.Fix)
	t.Run("names the app", func(t *testing.T) {
		t.Parallel()
		_, named := c.fresh(t, 3*time.Second, map[guide.Key][]string{guide.AppName: {app.ID}})
		named.session.Prompt = refuse
		assert.NilError(t, named.do(t.Context()))
		got, want := c.counts(), calm(t, "")
		assert.Check(t, is.Equal(got, want), "there")
	})
	t.Run("tries again later", func(t *testing.T) {
		t.Parallel()
		c, _ := cutOff(t)
		_, r := c.fresh(t, inProgress/2, nil)
		r.session.Prompt = refuse
		if err := r.do(t.Context()); !errors.As(err, new(*explain.Error)) {
			t.Fatalf("got %v", err)
		}
		dial := r.session.Dial.(ageing)
		dial.age = inProgress + time.Millisecond
		r.session.Dial = dial
		assert.NilError(t, r.do(t.Context()))
	})
}

// TestOwnRunIsNotWaitedFor: the computer on which a run was cut off knows its app.
func TestOwnRunIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	c, _ := cutOff(t)
	r := c.start(t, nil)
	r.session.Dial = ageing{r.session.Dial, 0, &atomic.Pointer[time.Time]{}}
	reported := r.pauses(func() {})
	if err := r.do(t.Context()); err != nil || len(*reported) != 0 {
		t.Errorf("%v, %d waits", err, len(*reported))
	}
}

// TestResumedRunOwnsItsPage: the page that a run gave its app is its own when it goes on: its origin is trusted, and the
// deployment that the run uses serves it. The next run, which doesn't know of it, opens no deployment to it.
func TestResumedRunOwnsItsPage(t *testing.T) {
	t.Parallel()
	for name, resumed := range map[string]bool{"resumed": true, "next run": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := cutOff(t)
			live := kit.Must(c.genesys.Deployments(t.Context()))(t)[0]
			if !resumed {
				c.set(t, nil)
			}
			for _, o := range c.origins(t) { // also of the run that was cut off, if it came so far
				assert.NilError(t, c.okta.DeleteTrustedOrigin(t.Context(), o.ID))
			}
			c.set(t, map[guide.Key][]string{guide.DeploymentName: {live.ID}, guide.MessengerConfig: {live.ConfigurationID}})
			domains := kit.Must(c.genesys.Deployment(t.Context(), live.ID))(t).AllowedDomains
			assert.Check(t, is.Equal(slices.Contains(domains, "localhost"), resumed), "domains %v", domains)
			_, trusted := c.origins(t)["http://localhost:8080"]
			assert.Check(t, is.Equal(trusted, resumed), "trusted")
		})
	}
}
