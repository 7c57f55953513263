package genesyssim_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/genesyssim"
)

func TestParallelCreates(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 9, 0)
	m := o.discover()
	const each = 8
	before := o.sim.Counts()
	var wg sync.WaitGroup
	for n := range each {
		wg.Go(func() { o.call(http.MethodPost, "integrations", m.integration(fmt.Sprint(n))) })
		wg.Go(func() { o.call(http.MethodPost, "integrations/credentials", m.credential("s")) })
		wg.Go(func() { o.call(http.MethodPost, configurations, sample) })
		wg.Go(func() { o.call(http.MethodGet, configurations, nil) })
		wg.Go(func() { o.public("none", "config.json") })
		wg.Go(func() { _ = o.sim.Calls() })
	}
	wg.Wait()
	after := o.sim.Counts()
	if after.Integrations-before.Integrations != each || after.Credentials-before.Credentials != each || after.Configurations-before.Configurations != each {
		t.Errorf("before %+v, after %+v", before, after)
	}
	ids := map[any]bool{}
	for _, one := range o.all(configurations) {
		ids[one["id"]] = true
	}
	assert.Check(t, is.Len(ids, after.Configurations))
}

// Every call waits for as long as the organization is told, each for its own time, and ends with its caller.
func TestDelay(t *testing.T) {
	t.Parallel()
	asked := make(chan string, 2)
	o := shapedOrg(t, 9, 0, genesyssim.Options{Delay: func(r *http.Request) time.Duration {
		asked <- r.URL.Path
		if r.URL.Path == "/oauth/token" {
			return 0
		}
		return time.Hour
	}})
	o.signIn()
	ctx, giveUp := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, o.base+"/api/v2/organizations/me", http.NoBody)
	assert.NilError(t, err)
	var wg sync.WaitGroup
	wg.Go(func() {
		if resp, err := o.http.Do(r); err == nil {
			_ = resp.Body.Close()
			t.Error("the call did not wait")
		}
	})
	first, second := <-asked, <-asked
	assert.Check(t, first == "/oauth/token" && second == r.URL.Path, "asked for %s, %s", first, second)
	giveUp()
	wg.Wait()
	got := o.sim.Calls()
	assert.Check(t, is.Equal(got.Reads, 0), "a call whose caller gave up was carried out: %+v", got)
}
