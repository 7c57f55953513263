package genesys

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestIntegrationTypes(t *testing.T) {
	t.Parallel()
	const oidc = `{"id":"type-1","name":"OpenID Connect Messenger Configuration","description":"oAuth\u001b configuration",
		"nonInstallable":false,"maxInstances":20,"images":[{"x":1}],"credentials":{"oauth":{"required":true,"title":"OAuth","credentialTypes":["webClient","other"]}}}`
	want := IntegrationType{
		ID: "type-1", Name: "OpenID Connect Messenger Configuration", Description: "oAuth‹U+001B› configuration", MaxInstances: 20,
		Credentials: map[string]CredentialSpec{"oauth": {Required: true, Title: "OAuth", Types: []string{"webClient", "other"}}},
	}
	c := script(
		t,
		exchange{call: "GET /api/v2/integrations/types?pageNumber=1&pageSize=100", answer: `{"entities":[` + oidc + `,{"id":"x","nonInstallable":true,"credentials":null}],"pageCount":1}`},
		exchange{call: "GET /api/v2/integrations/types/type-1", answer: oidc},
		exchange{call: "GET /api/v2/integrations/types/a%2Fb", answer: `{"name":"no id"}`},
	)
	all, err := c.IntegrationTypes(t.Context())
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(all, []IntegrationType{want, {ID: "x", NonInstallable: true}}))
	one, err := c.IntegrationType(t.Context(), "type-1")
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(one, want))
	if _, err := c.IntegrationType(t.Context(), "a/b"); err == nil {
		t.Error("an answer without an id is a fault")
	}
}

func TestPropertiesSchema(t *testing.T) {
	t.Parallel()
	c := script(t, exchange{
		call: "GET /api/v2/integrations/types/type-1/configschemas/properties",
		answer: `{"$schema":"x","type":"object","required":["discoveryUri"],"additionalProperties":{},"properties":{
			"discoveryUri":{"title":"Discovery URI","description":"d","type":"string","format":"uri"},
			"life":{"title":"Max","type":["integer","null"],"default":900},
			"flag\u0007":{"default":"a\u001bb"}}}`,
	})
	got, err := c.PropertiesSchema(t.Context(), "type-1")
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(got, Schema{
		Required: []string{"discoveryUri"},
		Properties: map[string]SchemaProperty{
			"discoveryUri": {Title: "Discovery URI", Description: "d", Type: "string"},
			"life":         {Title: "Max", Type: "[integer null]", Default: 900.0},
			"flag‹U+0007›": {Default: "a‹U+001B›b"},
		},
	}))
}

func TestCredentialTypes(t *testing.T) {
	t.Parallel()
	c := script(t, exchange{
		call: "GET /api/v2/integrations/credentials/types",
		answer: `{"entities":[
			{"id":"oauth","name":"oauth","properties":{"clientSecret":{"type":"string"},"clientId":{"type":"string"}},"required":["clientId"]},
			{"name":"document","properties":{"type":"object","properties":{"b":{},"a":{}}}},
			{"id":"none"}]}`,
	})
	got, err := c.CredentialTypes(t.Context())
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(got, []CredentialType{
		{ID: "oauth", Name: "oauth", Fields: []string{"clientId", "clientSecret"}, Required: []string{"clientId"}},
		{Name: "document", Fields: []string{"a", "b"}},
		{ID: "none"},
	}))
}
