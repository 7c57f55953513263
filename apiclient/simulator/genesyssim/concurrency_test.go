package genesyssim_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

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
	if len(ids) != after.Configurations {
		t.Errorf("%d different ids of %d", len(ids), after.Configurations)
	}
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
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		if resp, err := o.http.Do(r); err == nil {
			_ = resp.Body.Close()
			t.Error("the call did not wait")
		}
	})
	if first, second := <-asked, <-asked; first != "/oauth/token" || second != r.URL.Path {
		t.Errorf("asked for %s, %s", first, second)
	}
	giveUp()
	wg.Wait()
	if got := o.sim.Calls(); got.Reads != 0 {
		t.Errorf("a call whose caller gave up was carried out: %+v", got)
	}
}
