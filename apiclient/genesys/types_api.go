package genesys

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"msgsso-wizard/apiclient"
)

const integrationTypes = "/api/v2/integrations/types"

// IntegrationTypes lists the kinds of integrations (getIntegrationsTypes; contract genesys.md 1.2).
func (c *Client) IntegrationTypes(ctx context.Context) ([]IntegrationType, error) {
	return numbered[IntegrationType](ctx, c, "getIntegrationsTypes", integrationTypes, nil)
}

// IntegrationType reads one kind of integration, with its credentials (getIntegrationsType; contract genesys.md 1.2).
func (c *Client) IntegrationType(ctx context.Context, id string) (IntegrationType, error) {
	return one[IntegrationType](ctx, c, apiclient.Request{Op: "getIntegrationsType", Method: http.MethodGet, Path: apiclient.JoinPath(integrationTypes, id)})
}

// PropertiesSchema reads which properties an integration of a type has (getIntegrationsTypeConfigschema; contract genesys.md 1.2).
func (c *Client) PropertiesSchema(ctx context.Context, typeID string) (Schema, error) {
	var s Schema
	err := c.get(ctx, "getIntegrationsTypeConfigschema", apiclient.JoinPath(integrationTypes, typeID)+"/configschemas/properties", &s)
	return s, err
}

// CredentialTypes lists the kinds of credentials with their fields (getIntegrationsCredentialsTypes; contract genesys.md 1.2).
func (c *Client) CredentialTypes(ctx context.Context) ([]CredentialType, error) {
	req := apiclient.Request{Op: "getIntegrationsCredentialsTypes", Method: http.MethodGet, Path: credentials + "/types"}
	var p page[CredentialType]
	if err := p.read(ctx, c, req); err != nil {
		return nil, err
	}
	if p.PageCount > 1 || p.NextURI != "" { // the operation has no way to ask for a second page
		return nil, c.api.Incomplete(req, "it has more than one page")
	}
	return p.Entities, nil
}

func (t IntegrationType) key() string { return t.ID }

// UnmarshalJSON reads IntegrationType as the API sends it.
func (t *IntegrationType) UnmarshalJSON(data []byte) error {
	var w struct {
		ID, Name, Description apiclient.Text
		NonInstallable        bool
		MaxInstances          int
		Credentials           map[string]struct {
			Required        bool
			Title           apiclient.Text
			CredentialTypes []apiclient.Text
		}
	}
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	*t = IntegrationType{
		ID: string(w.ID), Name: string(w.Name), Description: string(w.Description),
		NonInstallable: w.NonInstallable, MaxInstances: w.MaxInstances,
	}
	for key, spec := range cleanKeys(w.Credentials) {
		if t.Credentials == nil {
			t.Credentials = map[string]CredentialSpec{}
		}
		t.Credentials[key] = CredentialSpec{Required: spec.Required, Title: string(spec.Title), Types: apiclient.Strings(spec.CredentialTypes)}
	}
	return nil
}

// key of a credential type is its name where it has no id: credentials refer to it by either.
func (t CredentialType) key() string { return t.ID + t.Name }

// UnmarshalJSON reads CredentialType as the API sends it: its properties are a schema whose keys are the
// fields, or a schema document that has them under "properties".
func (t *CredentialType) UnmarshalJSON(data []byte) error {
	var w struct {
		ID, Name   apiclient.Text
		Properties map[string]any
		Required   []apiclient.Text
	}
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	fields := w.Properties
	if inner, ok := fields["properties"].(map[string]any); ok {
		fields = inner
	}
	*t = CredentialType{ID: string(w.ID), Name: string(w.Name), Required: apiclient.Strings(w.Required)}
	t.Fields = slices.Sorted(maps.Keys(cleanKeys(fields)))
	return nil
}

// UnmarshalJSON reads JsonSchemaDocument as the API sends it.
func (s *Schema) UnmarshalJSON(data []byte) error {
	var w struct {
		Required   []apiclient.Text
		Properties map[string]struct {
			Title, Description apiclient.Text
			Type, Default      any
		}
	}
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	*s = Schema{Required: apiclient.Strings(w.Required), Properties: map[string]SchemaProperty{}}
	for key, p := range cleanKeys(w.Properties) {
		property := SchemaProperty{Title: string(p.Title), Description: string(p.Description), Default: p.Default}
		if p.Type != nil {
			property.Type = clean(fmt.Sprint(p.Type))
		}
		if text, ok := p.Default.(string); ok {
			property.Default = clean(text)
		}
		s.Properties[key] = property
	}
	return nil
}
