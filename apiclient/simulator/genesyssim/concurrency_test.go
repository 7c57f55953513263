package genesyssim_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
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
