package genesys

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient"
)

// okta is a client of the OpenID provider.
var okta = NewCredential{
	Name: "Integration-i-1", Type: "oauth",
	Fields: map[string]apiclient.Secret{
		"clientId": apiclient.NewSecret("0oa-client"), "clientSecret": apiclient.NewSecret(`f1eld-"canary`),
	},
}

func TestCredentialsAreShownNowhere(t *testing.T) {
	t.Parallel()
	c := answering(t, 400, `{"code":"invalid.value","message":"f1eld-\"canary is bad","details":[{"fieldName":"f1eld-\\\"canary"}]}`)
	_, err := c.CreateCredential(t.Context(), okta)
	text := fmt.Sprintf("%v %+v", err, err)
	assert.Check(t, !strings.Contains(text, "canary") && strings.Contains(text, "•••••••• is bad; ••••••••"), "got %s", text)
	data, err := json.Marshal(okta)
	assert.Check(t, err != nil, "a credential outside its request is marshalled: %s", data)
}
