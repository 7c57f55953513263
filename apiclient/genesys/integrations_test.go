package genesys

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

var noRaw = cmpopts.IgnoreUnexported(IntegrationConfig{}, Configuration{}, Deployment{})

func TestIntegrations(t *testing.T) {
	t.Parallel()
	c := script(
		t,
		exchange{call: "GET /api/v2/integrations?expand=config.current&pageNumber=1&pageSize=100", answer: `{"entities":[
			{"id":"i-1","name":"One","integrationType":{"id":"type-1"},"intendedState":"ENABLED",
			 "reportedState":{"code":"ERROR","effective":"Fehler","detail":{"message":"no\nanswer"}},
			 "config":{"current":{"id":"current","name":"One","version":4,"properties":{"discoveryUri":"https://x"},"notes":"node_dynamodb_empty_string","credentials":{"oauth":{"id":"c-1"},"gone":null}}}},
			{"id":"i-2","intendedState":"DISABLED","config":{"current":{"selfUri":"/x"}},"reportedState":null}],"pageCount":1}`},
		exchange{call: "GET /api/v2/integrations/i-1", answer: `{"id":"i-1","reportedState":{"code":"ACTIVE"}}`},
		exchange{call: "PATCH /api/v2/integrations/i-1", body: `{"intendedState":"ENABLED"}`, answer: `{"id":"i-1","intendedState":"ENABLED"}`},
		exchange{call: "DELETE /api/v2/integrations/i-1", answer: `{"id":"i-1"}`},
	)
	all, err := c.Integrations(t.Context())
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(all, []Integration{
		{
			ID: "i-1", Name: "One", TypeID: "type-1", IntendedState: "ENABLED", State: "ERROR", StateDetail: "no‹U+000A›answer",
			Config: &IntegrationConfig{
				Name: "One", Version: 4, Credentials: map[string]string{"oauth": "c-1"},
				Properties: apiclient.Object{"discoveryUri": "https://x"},
			},
		},
		{ID: "i-2", IntendedState: "DISABLED"},
	}, noRaw))
	one, err := c.Integration(t.Context(), "i-1")
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(one, Integration{ID: "i-1", State: "ACTIVE"}))
	enabled, err := c.EnableIntegration(t.Context(), "i-1")
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(enabled, Integration{ID: "i-1", IntendedState: "ENABLED"}))
	assert.NilError(t, c.DeleteIntegration(t.Context(), "i-1"))
}

func TestCreateIntegration(t *testing.T) {
	t.Parallel()
	create := exchange{
		call: "POST /api/v2/integrations", body: `{"name":"Messenger SSO (Okta)","integrationType":{"id":"type-1"}}`,
		answer: `{"id":"i-1","name":"Messenger SSO (Okta)","config":{"current":{"version":1}}}`,
	}
	lost := create
	lost.answer = `{"name":"Messenger SSO (Okta)"}`
	c := script(t, create, lost)
	got, err := c.CreateIntegration(t.Context(), "Messenger SSO (Okta)", "type-1")
	assert.NilError(t, err)
	assert.Check(t, is.Equal(got.ID, "i-1"))
	assert.Check(t, is.Equal(got.Config.Version, 1))
	_, err = c.CreateIntegration(t.Context(), "Messenger SSO (Okta)", "type-1")
	if e, found := apiclient.AsError(err); !found || !errors.Is(err, apiclient.ErrMalformed) || !e.Maybe || e.Summary != "postIntegrations: id is missing" {
		t.Errorf("got %v", err)
	}
}

func TestEmptyIDsAreNotSent(t *testing.T) {
	t.Parallel()
	c := script(t)
	for _, id := range []string{"", ".", ".."} {
		_, readErr := c.Integration(t.Context(), id)
		_, publicErr := c.PublicConfig(t.Context(), id)
		for _, err := range []error{
			c.DeleteIntegration(t.Context(), id), c.DeleteCredential(t.Context(), id),
			c.DeleteConfiguration(t.Context(), id), c.DeleteDeployment(t.Context(), id), readErr, publicErr,
		} {
			assert.Check(t, is.ErrorContains(err, "was not sent"), "%q", id)
		}
	}
}

func TestIntegrationConfigRoundTrip(t *testing.T) {
	t.Parallel()
	const call = "/api/v2/integrations/i-1/config/current"
	c := script(
		t,
		exchange{call: "GET " + call, answer: `{"id":"current","name":"N\u0007","version":7,"selfUri":"/x","notes":"two\r\nlines\u0007",
			"properties":{"discoveryUri":"https://old","life":12345678901234567890,"odd":null,"deep":{"a":[1,null]}},"advanced":{"x":{"y":1.50}},"credentials":{"oauth":{"id":"c-1","name":"n"}}}`},
		exchange{
			call: "PUT " + call, body: `{"name":"N\u0007","version":7,"notes":"two\r\nlines\u0007",
			"properties":{"discoveryUri":"https://new","life":12345678901234567890,"odd":null,"deep":{"a":[1,null]}},"advanced":{"x":{"y":1.50}},"credentials":{"oauth":{"id":"c-2"}}}`,
			answer: `{"version":8,"notes":"node_dynamodb_empty_string"}`,
		},
		exchange{call: "PUT " + call, body: `{"name":"","version":8,"notes":"","properties":{},"advanced":{},"credentials":{}}`, answer: `{}`},
	)
	config, err := c.IntegrationConfig(t.Context(), "i-1")
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual([]string{config.Name, config.Notes, config.Property("discoveryUri"), config.Property("life")}, []string{"N‹U+0007›", "two\r\nlines‹U+0007›", "https://old", ""}))
	config.Properties["discoveryUri"] = "https://new"
	config.Credentials["oauth"] = "c-2"
	saved, err := c.UpdateIntegrationConfig(t.Context(), "i-1", config)
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual([]any{saved.Version, saved.Notes}, []any{8, ""}))
	_, err = c.UpdateIntegrationConfig(t.Context(), "i-1", saved)
	assert.Check(t, is.ErrorIs(err, apiclient.ErrMalformed), "an answer without a version")
}

func TestIntegrationConfigByHand(t *testing.T) {
	t.Parallel()
	c := script(t, exchange{
		call: "PUT /api/v2/integrations/i-1/config/current", status: 409,
		body:   `{"name":"N","version":3,"notes":"hello","properties":{"a":"b"},"advanced":{},"credentials":{"k":{"id":"c"}}}`,
		answer: `{"code":"version.conflict","message":"Integration configuration update failed due to version conflict."}`,
	})
	_, err := c.UpdateIntegrationConfig(t.Context(), "i-1", IntegrationConfig{
		Name: "N", Version: 3, Notes: "hello", Properties: apiclient.Object{"a": "b"}, Credentials: map[string]string{"k": "c"},
	})
	assert.Check(t, VersionConflict(err) && CodeIs(err, "version.conflict"), "got %v", err)
}
