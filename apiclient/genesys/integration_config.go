package genesys

import (
	"context"
	"errors"

	"msgsso-wizard/apiclient"
)

// emptyNotes is what the API answers for notes that are empty (contract genesys.md 1.3).
const emptyNotes = "node_dynamodb_empty_string"

// IntegrationConfig reads the current configuration of an integration (getIntegrationConfigCurrent; contract genesys.md 1.3).
func (c *Client) IntegrationConfig(ctx context.Context, id string) (IntegrationConfig, error) {
	return one[IntegrationConfig](ctx, c, apiclient.Get("getIntegrationConfigCurrent", configOf(id), nil))
}

// UpdateIntegrationConfig replaces the configuration of an integration, if config.Version is still the current
// one; VersionConflict tells that it is not (putIntegrationConfigCurrent; contract genesys.md 1.3).
func (c *Client) UpdateIntegrationConfig(ctx context.Context, id string, config IntegrationConfig) (IntegrationConfig, error) {
	req := apiclient.Put("putIntegrationConfigCurrent", configOf(id), config.body())
	req.Needs = "version"
	return one[IntegrationConfig](ctx, c, req)
}

func configOf(id string) string { return apiclient.JoinPath(integrations, id) + "/config/current" }

// Property returns a property for showing and comparing; Properties keeps it as the server wrote it.
func (c IntegrationConfig) Property(key string) string {
	text, _ := c.Properties[key].(string)
	return apiclient.Clean(text)
}

// body has all members that a PUT requires; what is not known of properties and advanced goes back as it came.
func (c IntegrationConfig) body() apiclient.Object {
	body := apiclient.Object{
		"name":        unlessCleaned(c.Whole.Stored()["name"], c.Name, apiclient.Clean),
		"version":     c.Version,
		"notes":       unlessCleaned(c.Whole.Stored()["notes"], c.Notes, shownNotes),
		"properties":  orEmpty(c.Properties),
		"advanced":    object(c.Whole.Stored(), "advanced"),
		"credentials": apiclient.Object{},
	}
	for key, id := range c.Credentials {
		body["credentials"].(apiclient.Object)[key] = map[string]any{"id": id}
	}
	return body
}

// shownNotes are notes as a user reads them; the API has a word for empty ones.
func shownNotes(notes string) string {
	if notes == emptyNotes {
		return ""
	}
	return apiclient.CleanLines(notes)
}

func orEmpty(o apiclient.Object) apiclient.Object {
	if o == nil {
		return apiclient.Object{}
	}
	return o
}

// FillFrom also reads the credentials' IDs; any member may be missing.
func (c *IntegrationConfig) FillFrom(whole apiclient.Object) error {
	var references struct {
		Credentials map[string]struct {
			ID string `api:"id"`
		} `api:"credentials"`
	}
	err := errors.Join(apiclient.FillFields(c, whole), apiclient.FillFields(&references, whole))
	c.Notes, c.Properties = shownNotes(c.Notes), object(whole, "properties")
	c.Credentials = map[string]string{}
	for key, credential := range references.Credentials {
		if credential.ID != "" {
			c.Credentials[key] = credential.ID
		}
	}
	return err
}
