package genesyssim_test

import (
	"net/http"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/genesyssim"
)

const lag = 10 * time.Second

var lagging = genesyssim.Options{Lag: lag}

// Every kind of object: after a create reads answer 404 for the lag, after a delete they still answer for it.
func TestReadsLagBehindWrites(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 3, 0, lagging)
	m := o.discover()
	pinned := o.named(configurations, "Main website")["id"].(string)
	for list, body := range map[string]object{
		"integrations":             m.integration("x"),
		"integrations/credentials": m.credential("s"),
		configurations:             sample,
		deployments:                {"name": "x", "configuration": object{"id": pinned, "version": "1"}},
	} {
		before := len(o.all(list))
		id := o.must(http.MethodPost, list, body)["id"].(string)
		read, gone := list+"/"+id, http.MethodDelete
		if list == configurations {
			read += "/versions/draft"
		}
		o.refuses("404 not.found", http.MethodGet, read, nil)
		assert.Check(t, is.Equal(len(o.all(list)), before), list)
		o.clock.advance(lag - time.Second)
		o.refuses("404 not.found", http.MethodGet, read, nil)
		o.clock.advance(time.Second)
		o.must(http.MethodGet, read, nil)
		assert.Check(t, is.Equal(len(o.all(list)), before+1), list)

		o.must(gone, list+"/"+id, nil)
		o.refuses("404 not.found", gone, list+"/"+id, nil)
		o.must(http.MethodGet, read, nil)
		o.clock.advance(lag)
		o.refuses("404 not.found", http.MethodGet, read, nil)
		assert.Check(t, is.Equal(len(o.all(list)), before), list)
	}
}

func TestWritesDoNotWait(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 3, 0, lagging)
	m := o.discover()
	id := o.must(http.MethodPost, "integrations", m.integration("x"))["id"].(string)
	credential := o.must(http.MethodPost, "integrations/credentials", m.credential("s"))["id"].(string)
	o.must(http.MethodPut, "integrations/"+id+"/config/current", m.config(1, credential))
	patched := o.must(http.MethodPatch, "integrations/"+id, object{"intendedState": "ENABLED"})
	got := patched["reportedState"].(object)["code"]
	assert.Check(t, got == "ACTIVE", "state %v", got)
	assert.Check(t, is.Equal(o.sim.Counts().Integrations, 3))
}

// With LagWrites what is new cannot be written to either, whatever the call; what is old can.
func TestWritesLag(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 3, 0, genesyssim.Options{Lag: lag, LagWrites: true})
	m := o.discover()
	created := object{"name": "x", "configuration": object{"id": o.named(configurations, "Main website")["id"], "version": "1"}}
	made := func(list string, body object) string {
		return list + "/" + o.must(http.MethodPost, list, body)["id"].(string)
	}
	integration, credential := made("integrations", m.integration("x")), made("integrations/credentials", m.credential("s"))
	configuration, deployment := made(configurations, sample), made(deployments, created)
	for range 2 {
		for _, c := range []struct {
			method, path string
			body         any
		}{
			{"PUT", integration + "/config/current", m.config(1, "")},
			{"PATCH", integration, object{"intendedState": "ENABLED"}},
			{"DELETE", integration, nil},
			{"PUT", credential, m.credential("t")},
			{"DELETE", credential, nil},
			{"PUT", configuration + "/versions/draft", sample},
			{"POST", configuration + "/versions/draft/publish", nil},
			{"DELETE", configuration, nil},
			{"PUT", deployment, created},
			{"DELETE", deployment, nil},
		} {
			if o.clock.Now().Before(born.Add(lag)) {
				o.refuses("404 not.found", c.method, c.path, c.body)
				continue
			}
			o.must(c.method, c.path, c.body)
		}
		o.clock.advance(lag)
	}
	o.must(http.MethodPut, deployments+"/"+o.named(deployments, "Main website")["id"].(string), created)
}

func TestNewVersionIsListedLater(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 3, 0, lagging)
	path := configurations + "/" + o.must(http.MethodPost, configurations, sample)["id"].(string) + "/versions"
	o.clock.advance(lag)
	got := o.must(http.MethodPost, path+"/draft/publish", nil)["version"]
	assert.Assert(t, got == "1", "version %v", got)
	id := o.must(http.MethodGet, path+"/draft", nil)["id"]
	deployment := object{"name": "x", "configuration": object{"id": id, "version": "1"}}
	assert.Check(t, is.Equal(len(o.all(path)), 1))
	o.refuses("404 not.found", http.MethodGet, path+"/1", nil)
	o.refuses("400 constraint.validation", http.MethodPost, deployments, deployment)
	o.clock.advance(lag)
	assert.Check(t, is.Equal(len(o.all(path)), 2))
	o.must(http.MethodPost, deployments, deployment)
}

// The configuration can go once its deployment is out of sight.
func TestDeletesInOrder(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 3, 0, lagging)
	website := o.named(configurations, "Main website")["id"].(string)
	o.must(http.MethodDelete, deployments+"/"+o.named(deployments, "Main website")["id"].(string), nil)
	o.refuses("409 resource.conflict", http.MethodDelete, configurations+"/"+website, nil)
	o.clock.advance(lag)
	o.must(http.MethodDelete, configurations+"/"+website, nil)
	want := genesyssim.Counts{Integrations: 2, Credentials: 1, Configurations: 2, Versions: 3}
	assert.Check(t, is.Equal(o.sim.Counts(), want), "within the lag")
	o.clock.advance(lag)
	want.Configurations, want.Versions = 1, 1
	assert.Check(t, is.Equal(o.sim.Counts(), want), "after it")
}
