package genesyssim_test

import (
	"net/http"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator/genesyssim"
)

func TestActivationError(t *testing.T) {
	t.Parallel()
	const why = "The discovery document cannot be read."
	o := shapedOrg(t, 3, 10*time.Second, genesyssim.Options{ActivationError: why})
	o.signIn()
	m := o.discover()
	path := "integrations/" + o.must(http.MethodPost, "integrations", m.integration("x"))["id"].(string)
	credential := o.must(http.MethodPost, "integrations/credentials", m.credential("s"))["id"].(string)
	o.must(http.MethodPut, path+"/config/current", m.config(1, credential))
	patched := o.must(http.MethodPatch, path, object{"intendedState": "ENABLED"})["reportedState"].(object)
	assert.Check(t, patched["code"] == "ACTIVATING" && patched["detail"] == nil, "at once: %v", patched)
	o.clock.advance(10 * time.Second)
	settled := o.must(http.MethodGet, path, nil)["reportedState"].(object)
	if settled["code"] != "ERROR" || settled["effective"] != "Error" || settled["detail"].(object)["message"] != why {
		t.Errorf("settled: %v", settled)
	}
}

func TestNoMessengerLicence(t *testing.T) {
	t.Parallel()
	for seed := range uint64(12) {
		o := shapedOrg(t, seed, 0, genesyssim.Options{NoMessengerLicence: true})
		o.signIn()
		for _, kind := range o.all("integrations/types?pageSize=100") {
			if kind["description"] == "oAuth configuration for Messenger deployments" && kind["nonInstallable"] != true {
				t.Errorf("seed %d: the type is there: %v", seed, kind["id"])
			}
		}
		id := newOrg(t, seed, 0).discover().typeID
		o.refuses("404 not.found", http.MethodGet, "integrations/types/"+id, nil)
		o.refuses("400 constraint.validation", http.MethodPost, "integrations", object{"name": "x", "integrationType": object{"id": id}})
	}
}
