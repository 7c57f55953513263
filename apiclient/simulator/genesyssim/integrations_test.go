package genesyssim_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/genesyssim"
)

func state(o *org, id string) string {
	o.t.Helper()
	reported := o.must(http.MethodGet, "integrations/"+id, nil)["reportedState"].(object)
	return reported["code"].(string)
}

// The list of integrations can be asked for a part of it (contract genesys.md 1.3).
func TestIntegrationFilters(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 3, 0)
	m := o.discover()
	made := o.must(http.MethodPost, "integrations", m.integration("Messenger SSO"))["id"].(string)
	credential := o.must(http.MethodPost, "integrations/credentials", m.credential("s3cret"))["id"].(string)
	o.must(http.MethodPut, "integrations/"+made+"/config/current", m.config(1, credential))
	crm := o.named("integrations", "CRM data actions")["id"].(string)
	for query, want := range map[string][]string{
		"integrationType=" + m.typeID: {made}, "credentialId=" + credential: {made}, "reportedState=INACTIVE": {made},
		"ids=" + crm + "," + made: {crm, made}, "integrationType=custom-rest-actions&reportedState=ACTIVE": {crm}, "ids=none": nil,
		"integrationType=" + m.typeID + "&reportedState=ACTIVE": nil,
	} {
		var ids []string
		for _, x := range o.all("integrations?" + query) {
			ids = append(ids, x["id"].(string))
		}
		assert.Check(t, is.DeepEqual(ids, want), query)
	}
}

func TestIntegrationLife(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 3, 10*time.Second)
	m := o.discover()
	made := o.must(http.MethodPost, "integrations", m.integration("Messenger SSO"))
	id := made["id"].(string)
	assert.Assert(t, made["intendedState"] == "DISABLED" && state(o, id) == "INACTIVE", "a new integration: %v", made)
	current := made["config"].(object)["current"].(object)
	assert.Check(t, current["version"] == 1.0 && len(current["properties"].(object)) == 0,
		"a new configuration: %v", current)
	credential := o.must(http.MethodPost, "integrations/credentials", m.credential("s3cret"))["id"].(string)
	config := o.must(http.MethodPut, "integrations/"+id+"/config/current", m.config(1, credential))
	if config["version"] != 2.0 || config["properties"].(object)[m.discoveryKey] != m.properties()[m.discoveryKey] {
		t.Errorf("after PUT: %v", config)
	}
	held := config["credentials"].(object)[m.credentialKey].(object)
	assert.Check(t, held["id"] == credential, "credential: %v", held)
	got := o.must(http.MethodGet, "integrations/"+id, nil)["name"]
	assert.Check(t, got == "Messenger SSO", "name %v", got)

	o.must(http.MethodPatch, "integrations/"+id, object{"intendedState": "ENABLED"})
	assert.Check(t, is.Equal(state(o, id), "ACTIVATING"), "at once")
	o.clock.advance(10 * time.Second)
	assert.Check(t, is.Equal(state(o, id), "ACTIVE"), "settled")
	o.must(http.MethodPatch, "integrations/"+id, object{"intendedState": "DISABLED"})
	assert.Check(t, is.Equal(state(o, id), "DEACTIVATING"), "disabled")
	o.must(http.MethodDelete, "integrations/"+id, nil)
	o.refuses("404 not.found", http.MethodGet, "integrations/"+id, nil)
	o.refuses("404 not.found", http.MethodPatch, "integrations/"+id, object{"intendedState": "ENABLED"})
}

func TestEnablingAnIncompleteIntegration(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 3, 0)
	m := o.discover()
	id := o.must(http.MethodPost, "integrations", m.integration("x"))["id"].(string)
	for _, step := range []struct {
		name, state, message string
		prepare              func()
	}{
		{"no properties", "ERROR", "The required property Discovery URI is not set.", func() {}},
		{"no credential", "ERROR", "The required credential " + m.credentialKey + " is not configured.", func() {
			o.must(http.MethodPut, "integrations/"+id+"/config/current", m.config(1, ""))
		}},
		{"complete", "ACTIVE", "", func() {
			credential := o.must(http.MethodPost, "integrations/credentials", m.credential("s"))["id"].(string)
			o.must(http.MethodPut, "integrations/"+id+"/config/current", m.config(2, credential))
		}},
	} {
		step.prepare()
		reported := o.must(http.MethodPatch, "integrations/"+id, object{"intendedState": "ENABLED"})["reportedState"].(object)
		detail, _ := reported["detail"].(object)
		message, _ := detail["message"].(string)
		assert.Check(t, reported["code"] == step.state && message == step.message, "%s: %v", step.name, reported)
	}
	o.refuses("400 invalid.value", http.MethodPatch, "integrations/"+id, object{"intendedState": "ON"})
}

func TestIntegrationRefusals(t *testing.T) {
	o := newOrg(t, 3, 0)
	m := o.discover()
	refusals{
		"empty name":   {with(m.integration("x"), "name", ""), "400 constraint.validation"},
		"no type":      {without(m.integration("x"), "integrationType"), "400 constraint.validation"},
		"unknown type": {with(m.integration("x"), "integrationType", object{"id": "nothing"}), "400 constraint.validation"},
		"odd member":   {with(m.integration("x"), "colour", "red"), "400 invalid.property"},
	}.of(o, "POST integrations")
	unnamed := o.must(http.MethodPost, "integrations", without(m.integration("x"), "name")) // as the vendor's provider does
	assert.Check(t, unnamed["name"] == o.must(http.MethodGet, "integrations/types/"+m.typeID, nil)["name"],
		"without a name: %v", unnamed["name"])
	for range m.maxInstances - 1 {
		o.must(http.MethodPost, "integrations", m.integration("one more"))
	}
	o.refuses("400 max.integrations.reached", http.MethodPost, "integrations", m.integration("too many"))
	assert.Check(t, is.Equal(len(o.all("integrations?pageSize=3")), m.maxInstances+2))
}

func TestConfigRefusals(t *testing.T) {
	o := newOrg(t, 3, 0)
	m := o.discover()
	id := o.must(http.MethodPost, "integrations", m.integration("x"))["id"].(string)
	own := o.must(http.MethodPost, "integrations/credentials", m.credential("s"))["id"].(string)
	foreign := o.named("integrations/credentials", "CRM user")["id"].(string)
	good := m.config(1, own)
	properties := func(key string, value any) object { return with(good, "properties", with(m.properties(), key, value)) }
	cases := refusals{
		"stale version":       {with(good, "version", 0), "409 version.conflict"},
		"future version":      {with(good, "version", 2), "409 version.conflict"},
		"unknown property":    {properties("somethingElse", "x"), "400 invalid.property"},
		"not a URL":           {properties(m.discoveryKey, "acme"), "400 constraint.validation"},
		"empty URL":           {properties(m.discoveryKey, ""), "400 constraint.validation"},
		"lifetime too short":  {properties(m.lifetimeKey, 899), "400 constraint.validation"},
		"lifetime as text":    {properties(m.lifetimeKey, "86400"), "400 constraint.validation"},
		"no discovery URI":    {with(good, "properties", without(m.properties(), m.discoveryKey)), "400 constraint.validation"},
		"unknown credential":  {with(good, "credentials", object{m.credentialKey: object{"id": "none"}}), "400 constraint.validation"},
		"wrong credential":    {with(good, "credentials", object{m.credentialKey: object{"id": foreign}}), "400 constraint.validation"},
		"wrong key":           {with(good, "credentials", object{m.credentialType + "Key": object{"id": own}}), "400 invalid.property"},
		"advanced not taken":  {with(good, "advanced", object{"x": 1}), "400 constraint.validation"},
		"version is not text": {with(good, "version", "1"), "400 constraint.validation"},
	}
	for _, member := range []string{"name", "version", "properties", "advanced", "notes", "credentials"} {
		cases["no "+member] = refusal{without(good, member), "400 constraint.validation"}
	}
	cases.of(o, "PUT integrations/"+id+"/config/current")
	got := o.must(http.MethodGet, "integrations/"+id+"/config/current", nil)["version"]
	assert.Check(t, got == 1.0, "a refused PUT moved the version to %v", got)
	o.must(http.MethodPut, "integrations/"+id+"/config/current", good)
}

func TestEmptyNotes(t *testing.T) {
	t.Parallel()
	saw := map[any]bool{}
	for seed := range uint64(10) {
		o := newOrg(t, seed, 0)
		id := o.named("integrations", "CRM data actions")["id"].(string)
		saw[o.must(http.MethodGet, "integrations/"+id+"/config/current", nil)["notes"]] = true
	}
	assert.Check(t, len(saw) == 2 && saw[""] && saw["node_dynamodb_empty_string"], "empty notes read back as %v", saw)
}

func TestCredentialLife(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 4, 0)
	m := o.discover()
	made := o.must(http.MethodPost, "integrations/credentials", m.credential("canary-1"))
	path := "integrations/credentials/" + made["id"].(string)
	o.clock.advance(time.Minute)
	changed := o.must(http.MethodPut, path, m.credential("canary-2"))
	if changed["id"] != made["id"] || changed["createdDate"] != "2026-03-01T09:00:00.000Z" || changed["modifiedDate"] != "2026-03-01T09:01:00.000Z" {
		t.Errorf("after PUT: %v", changed)
	}
	read := o.must(http.MethodGet, path, nil)
	assert.Check(t, read["type"].(object)["name"] == m.credentialType && len(read["credentialFields"].(object)) == 2,
		"read: %v", read)
	for _, answer := range []any{made, changed, read, o.all("integrations/credentials")} {
		raw, err := json.Marshal(answer)
		assert.Check(t, err == nil && !strings.Contains(string(raw), "canary"),
			"an answer shows the secret: %s %v", raw, err)
	}
	o.must(http.MethodDelete, path, nil)
	for _, method := range []string{http.MethodGet, http.MethodDelete} {
		o.refuses("404 not.found", method, path, nil)
	}
	o.refuses("404 not.found", http.MethodPut, path, m.credential("x"))
}

func TestCredentialRefusals(t *testing.T) {
	o := newOrg(t, 4, 0)
	m := o.discover()
	good := m.credential("s")
	id := o.must(http.MethodPost, "integrations/credentials", good)["id"].(string)
	refusals{
		"no type":       {without(good, "type"), "400 constraint.validation"},
		"type as text":  {with(good, "type", m.credentialType), "400 constraint.validation"},
		"unknown type":  {with(good, "type", object{"name": "nothing"}), "400 constraint.validation"},
		"no fields":     {without(good, "credentialFields"), "400 constraint.validation"},
		"no secret":     {with(good, "credentialFields", object{m.idKey: "x"}), "400 constraint.validation"},
		"empty secret":  {with(good, "credentialFields", object{m.idKey: "x", m.secretKey: ""}), "400 constraint.validation"},
		"unknown field": {with(good, "credentialFields", object{m.idKey: "x", m.secretKey: "y", "z": "z"}), "400 invalid.property"},
	}.of(o, "POST integrations/credentials", "PUT integrations/credentials/"+id)
	other := with(with(good, "type", object{"name": "userDefined"}), "credentialFields", object{"userName": "x", "password": "y"})
	o.must(http.MethodPost, "integrations/credentials", other) // a type is wrong only for the credential that has another
	o.refuses("400 constraint.validation", http.MethodPut, "integrations/credentials/"+id, other)
}

func TestDeletedCredentialBreaksItsIntegration(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 4, 0)
	id := o.named("integrations/credentials", "CRM user")["id"].(string)
	integration := o.named("integrations?expand=config.current", "CRM data actions")
	current := integration["config"].(object)["current"].(object)
	assert.Assert(t, current["credentials"].(object)["basicAuth"].(object)["id"] == id, "seeded: %v", current)
	o.must(http.MethodDelete, "integrations/credentials/"+id, nil)
	current = o.must(http.MethodGet, "integrations/"+integration["id"].(string)+"/config/current", nil)
	assert.Check(t, is.Len(current["credentials"].(object), 0), "a deleted credential is still shown: %v", current)
}

func TestActivationError(t *testing.T) {
	t.Parallel()
	const why = "The discovery document cannot be read."
	o := newOrg(t, 3, 10*time.Second, genesyssim.Options{ActivationError: why})
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

func TestNoMessengerLicense(t *testing.T) {
	t.Parallel()
	for seed := range uint64(12) {
		o := newOrg(t, seed, 0, genesyssim.Options{NoMessengerLicense: true})
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
