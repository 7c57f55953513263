package genesyssim_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"msgsso-wizard/apiclient/simulator/genesyssim"
)

func TestDeletedAndRestored(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 3, 10*time.Second)
	path := "integrations/" + o.named("integrations", "CRM data actions")["id"].(string)
	set := func(state string) object { return o.must(http.MethodPatch, path, object{"intendedState": state}) }
	reported := func(got object) string {
		return got["intendedState"].(string) + " " + got["reportedState"].(object)["code"].(string)
	}
	o.refuses("409 request.conflict", http.MethodPatch, path, object{"intendedState": "RESTORED"})
	if got := reported(set("DELETED")); got != "DELETED DEACTIVATING" {
		t.Errorf("deleted: %s", got)
	}
	o.clock.advance(10 * time.Second)
	if got := reported(o.must(http.MethodGet, path, nil)); got != "DELETED INACTIVE" {
		t.Errorf("settled: %s", got)
	}
	if got := len(o.all("integrations")); got != 1 {
		t.Errorf("%d listed", got)
	}
	o.refuses("409 request.conflict", http.MethodPatch, path, object{"intendedState": "ENABLED"})
	if got := reported(set("RESTORED")); got != "RESTORED INACTIVE" {
		t.Errorf("restored: %s", got)
	}
	if got := len(o.all("integrations")); got != 2 {
		t.Errorf("%d listed", got)
	}
	set("ENABLED")
	o.clock.advance(10 * time.Second)
	if got := reported(o.must(http.MethodGet, path, nil)); got != "ENABLED ACTIVE" {
		t.Errorf("enabled: %s", got)
	}
}

func TestIntegrationFilters(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 3, 0)
	crm, dashboard := o.named("integrations", "CRM data actions"), o.named("integrations", "Agent dashboard")
	credential := o.named("integrations/credentials", "CRM user")["id"].(string)
	a, b := crm["id"].(string), dashboard["id"].(string)
	o.must(http.MethodPatch, "integrations/"+b, object{"intendedState": "DISABLED"})
	for query, want := range map[string][]string{
		"ids=" + a:                                       {a},
		"ids=" + a + "," + b:                             {a, b},
		"ids=none":                                       nil,
		"credentialId=" + credential:                     {a},
		"credentialId=none":                              nil,
		"integrationType=embedded-client-app":            {b},
		"reportedState=ACTIVE":                           {a},
		"reportedState=INACTIVE":                         {b},
		"reportedState=inactive":                         {b},
		"ids=" + a + "&reportedState=INACTIVE":           nil,
		"ids=" + a + "," + b + "&reportedState=INACTIVE": {b},
	} {
		var got []string
		for _, one := range o.all("integrations?" + query) {
			got = append(got, one["id"].(string))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", query, got, want)
		}
	}
	o.must(http.MethodPatch, "integrations/"+a, object{"intendedState": "DELETED"})
	if got := len(o.all("integrations?ids=" + a)); got != 1 {
		t.Errorf("a deleted one by its id: %d", got)
	}
	many := "integrations?ids=" + strings.Repeat("x,", 100)
	o.must(http.MethodGet, many, nil)
	o.refuses("400 invalid.query.param.value", http.MethodGet, many+"x", nil)
}

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
	if patched["code"] != "ACTIVATING" || patched["detail"] != nil {
		t.Errorf("at once: %v", patched)
	}
	o.clock.advance(10 * time.Second)
	settled := o.must(http.MethodGet, path, nil)["reportedState"].(object)
	if settled["code"] != "ERROR" || settled["effective"] != "Error" || settled["detail"].(object)["message"] != why {
		t.Errorf("settled: %v", settled)
	}
	if got := len(o.all("integrations?reportedState=ACTIVE")); got != 2 {
		t.Errorf("%d active ones, want the two of other types", got)
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

func TestMaxInstances(t *testing.T) {
	t.Parallel()
	o := shapedOrg(t, 3, 0, genesyssim.Options{MaxInstances: 1})
	o.signIn()
	m := o.discover()
	if m.maxInstances != 1 {
		t.Errorf("the type says %d", m.maxInstances)
	}
	path := "integrations/" + o.must(http.MethodPost, "integrations", m.integration("one"))["id"].(string)
	o.refuses("400 max.integrations.reached", http.MethodPost, "integrations", m.integration("two"))
	o.must(http.MethodDelete, path, nil)
	o.must(http.MethodPost, "integrations", m.integration("two"))
}
