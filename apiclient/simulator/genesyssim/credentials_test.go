package genesyssim_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

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
