package genesys

import (
	"context"
	"encoding/json"

	"msgsso-wizard/apiclient"
)

const integrationTypes = "/api/v2/integrations/types"

// IntegrationTypes lists the kinds of integrations (getIntegrationsTypes; contract genesys.md 1.2).
func (c *Client) IntegrationTypes(ctx context.Context) ([]IntegrationType, error) {
	return numbered[IntegrationType](ctx, c, "getIntegrationsTypes", integrationTypes, nil)
}

// IntegrationType reads one kind of integration, with its credentials (getIntegrationsType; contract genesys.md 1.2).
func (c *Client) IntegrationType(ctx context.Context, id string) (IntegrationType, error) {
	req := apiclient.Get("getIntegrationsType", apiclient.JoinPath(integrationTypes, id), nil)
	return one[IntegrationType](ctx, c, req)
}

// PropertiesSchema reads which properties an integration of a type has (getIntegrationsTypeConfigschema; contract genesys.md 1.2).
func (c *Client) PropertiesSchema(ctx context.Context, typeID string) (Schema, error) {
	path := apiclient.JoinPath(integrationTypes, typeID, "configschemas", "properties")
	return one[Schema](ctx, c, apiclient.Get("getIntegrationsTypeConfigschema", path, nil))
}

// CredentialTypes lists the kinds of credentials with their fields (getIntegrationsCredentialsTypes; contract genesys.md 1.2).
func (c *Client) CredentialTypes(ctx context.Context) ([]CredentialType, error) {
	req := apiclient.Get("getIntegrationsCredentialsTypes", credentials+"/types", nil)
	p, err := one[page[CredentialType]](ctx, c, req)
	if err != nil {
		return nil, err
	}
	if p.PageCount > 1 || p.NextURI != "" { // the operation has no way to ask for a second page
		return nil, c.api.Incomplete(req, "it has more than one page")
	}
	return p.Entities, nil
}

// FillFrom takes the type's properties for its fields: they are a schema, or a schema document that has them under
// "properties". Credentials refer to a type by its ID or its name, so either is enough.
func (t *CredentialType) FillFrom(whole apiclient.Object) error {
	fields := object(whole, "properties")
	if inner, ok := fields["properties"].(map[string]any); ok {
		fields = inner
	}
	for name, field := range cleanKeys(fields) {
		var p SchemaProperty
		described, _ := field.(map[string]any)
		_ = p.FillFrom(described) // its name is enough
		if t.Fields == nil {
			t.Fields = map[string]SchemaProperty{}
		}
		t.Fields[name] = p
	}
	err := apiclient.FillFields(t, whole)
	if err == nil && t.ID+t.Name == "" {
		err = apiclient.MissingError("id")
	}
	return err
}

// FillFrom also reads the type, which may be several, and what a list holds. A limit that isn't a number is none: the
// service checks a value again.
func (p *SchemaProperty) FillFrom(whole apiclient.Object) error {
	kinds, several := whole["type"].([]any)
	if !several {
		kinds = []any{whole["type"]}
	}
	for _, kind := range kinds {
		if name, _ := kind.(string); name != "null" && p.Type == "" {
			p.Type = apiclient.Clean(name)
		}
	}
	if items, ok := whole["items"].(map[string]any); ok {
		p.Items = &SchemaProperty{}
		if err := p.Items.FillFrom(items); err != nil {
			return err
		}
	}
	for name, to := range map[string]**float64{"minimum": &p.Minimum, "maximum": &p.Maximum} {
		if limit, ok := number(whole[name]); ok {
			*to = &limit
		}
	}
	for name, to := range map[string]*int{"minLength": &p.MinLength, "maxLength": &p.MaxLength} {
		if limit, ok := number(whole[name]); ok {
			*to = int(limit)
		}
	}
	p.Enum, _ = whole["enum"].([]any)
	return apiclient.FillFields(p, whole)
}

func number(value any) (float64, bool) {
	n, ok := value.(json.Number)
	f, err := n.Float64()
	return f, ok && err == nil
}
