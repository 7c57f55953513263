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
