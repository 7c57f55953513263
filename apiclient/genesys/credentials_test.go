package genesys

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

func TestCredentials(t *testing.T) {
	t.Parallel()
	n := NewCredential{
		Name: "Integration-i-1", Type: "oauth",
		Fields: map[string]apiclient.Secret{"clientId": apiclient.NewSecret("0oa-client"), "clientSecret": apiclient.NewSecret(`f1eld-"canary`)},
	}
	const body = `{"name":"Integration-i-1","type":{"name":"oauth"},"credentialFields":{"clientId":"0oa-client","clientSecret":"f1eld-\"canary"}}`
	const answer = `{"id":"c-1","name":"Integration-i-1","type":{"name":"oauth"},"createdDate":"2026-01-01T00:00:00Z","modifiedDate":"2026-02-03T04:05:06.789Z"}`
	c := script(
		t,
		exchange{call: "POST /api/v2/integrations/credentials", body: body, answer: answer},
		exchange{call: "PUT /api/v2/integrations/credentials/c-1", body: body, answer: `{"id":"c-1","type":{"id":"oauth"}}`},
		exchange{call: "POST /api/v2/integrations/credentials", body: body, status: 400, answer: `{"code":"invalid.value","message":"f1eld-\"canary is bad","details":[{"fieldName":"f1eld-\\\"canary"}]}`},
		exchange{call: "GET /api/v2/integrations/credentials/c-1", answer: answer},
		exchange{call: "DELETE /api/v2/integrations/credentials/c-1", status: 204},
		exchange{call: "GET /api/v2/integrations/credentials?pageNumber=1&pageSize=100", answer: `{"entities":[` + answer + `],"pageCount":1}`},
	)
	want := Credential{
		ID: "c-1", Name: "Integration-i-1", Type: "oauth",
		Created: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Modified: time.Date(2026, 2, 3, 4, 5, 6, 789e6, time.UTC),
	}
	created, err := c.CreateCredential(t.Context(), n)
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(created, want))
	replaced, err := c.UpdateCredential(t.Context(), "c-1", n)
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(replaced, Credential{ID: "c-1", Type: "oauth"}))
	_, err = c.CreateCredential(t.Context(), n)
	if text := fmt.Sprintf("%v %+v", err, err); strings.Contains(text, "canary") || !strings.Contains(text, "•••••••• is bad; ••••••••") {
		t.Errorf("got %s", text)
	}
	read, err := c.Credential(t.Context(), "c-1")
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(read, want))
	assert.NilError(t, c.DeleteCredential(t.Context(), "c-1"))
	all, err := c.Credentials(t.Context())
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(all, []Credential{want}))
	if data, err := json.Marshal(n); err == nil {
		t.Errorf("a credential outside its request is marshalled: %s", data)
	}
}
