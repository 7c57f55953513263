package genesys

import (
	"context"
	"encoding/json"
	"net/http"

	"msgsso-wizard/apiclient"
)

// emptyNotes is what the API answers for notes that are empty (contract genesys.md 1.3).
const emptyNotes = "node_dynamodb_empty_string"

// IntegrationConfig reads the current configuration of an integration (getIntegrationConfigCurrent; contract genesys.md 1.3).
func (c *Client) IntegrationConfig(ctx context.Context, id string) (IntegrationConfig, error) {
	var config IntegrationConfig
	err := c.get(ctx, "getIntegrationConfigCurrent", configOf(id), &config)
	return config, err
}

// UpdateIntegrationConfig replaces the configuration of an integration, if config.Version is still the current
// one; VersionConflict tells that it is not (putIntegrationConfigCurrent; contract genesys.md 1.3).
func (c *Client) UpdateIntegrationConfig(ctx context.Context, id string, config IntegrationConfig) (IntegrationConfig, error) {
	req := apiclient.Request{Op: "putIntegrationConfigCurrent", Method: http.MethodPut, Path: configOf(id), Body: config.body()}
	var saved IntegrationConfig
	resp, err := c.call(ctx, req, &saved)
	if err != nil {
		return IntegrationConfig{}, err
	}
	if saved.Version == 0 {
		return IntegrationConfig{}, c.api.Missing(req, resp, "version")
	}
	return saved, nil
}

func configOf(id string) string { return apiclient.JoinPath(integrations, id) + "/config/current" }

// Property returns a property for showing and comparing; Properties keeps it as the server wrote it.
func (c IntegrationConfig) Property(key string) string {
	text, _ := c.Properties[key].(string)
	return clean(text)
}

// body has all members that a PUT requires; what is not known of properties and advanced goes back as it came.
func (c IntegrationConfig) body() apiclient.Object {
	body := apiclient.Object{
		"name":        unlessCleaned(c.raw["name"], c.Name, clean),
		"version":     c.Version,
		"notes":       unlessCleaned(c.raw["notes"], c.Notes, shownNotes),
		"properties":  orEmpty(c.Properties),
		"advanced":    orEmpty(c.Advanced),
		"credentials": apiclient.Object{},
	}
	for key, id := range c.Credentials {
		body["credentials"].(apiclient.Object)[key] = map[string]any{"id": id}
	}
	return body
}

// shownNotes are notes as a person reads them; the API has a word for empty ones.
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

// UnmarshalJSON reads IntegrationConfiguration as the API sends it; any member may be missing.
func (c *IntegrationConfig) UnmarshalJSON(data []byte) error {
	var w struct {
		Name        apiclient.Text
		Version     int
		Notes       apiclient.Lines
		Credentials map[string]ref
	}
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	var raw apiclient.Object
	if err := json.Unmarshal(data, &raw); err != nil {
		return err
	}
	*c = IntegrationConfig{
		Name: string(w.Name), Version: w.Version, Notes: shownNotes(string(w.Notes)),
		Properties: object(raw, "properties"), Advanced: object(raw, "advanced"),
		Credentials: map[string]string{}, raw: raw,
	}
	for key, credential := range w.Credentials {
		if credential.ID != "" {
			c.Credentials[key] = string(credential.ID)
		}
	}
	return nil
}
