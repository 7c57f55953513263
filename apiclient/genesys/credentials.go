package genesys

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"

	"msgsso-wizard/apiclient"
)

const credentials = "/api/v2/integrations/credentials"

// Credentials lists the stored credentials, without their fields (getIntegrationsCredentials; contract genesys.md 1.3).
func (c *Client) Credentials(ctx context.Context) ([]Credential, error) {
	return numbered[Credential](ctx, c, "getIntegrationsCredentials", credentials, nil)
}

// Credential reads a stored credential, without its fields (getIntegrationsCredential; contract genesys.md 1.3).
func (c *Client) Credential(ctx context.Context, id string) (Credential, error) {
	return one[Credential](ctx, c, apiclient.Get("getIntegrationsCredential", apiclient.JoinPath(credentials, id), nil))
}

// CreateCredential stores a credential (postIntegrationsCredentials; contract genesys.md 1.3).
func (c *Client) CreateCredential(ctx context.Context, n NewCredential) (Credential, error) {
	return c.store(ctx, n, apiclient.Post("postIntegrationsCredentials", credentials, nil))
}

// UpdateCredential replaces a credential and its fields (putIntegrationsCredential; contract genesys.md 1.3).
func (c *Client) UpdateCredential(ctx context.Context, id string, n NewCredential) (Credential, error) {
	return c.store(ctx, n, apiclient.Put("putIntegrationsCredential", apiclient.JoinPath(credentials, id), nil))
}

// DeleteCredential takes a credential away (deleteIntegrationsCredential; contract genesys.md 1.3).
func (c *Client) DeleteCredential(ctx context.Context, id string) error {
	return c.remove(ctx, "deleteIntegrationsCredential", apiclient.JoinPath(credentials, id))
}

func (c *Client) store(ctx context.Context, n NewCredential, req apiclient.Request) (Credential, error) {
	req.Body = credentialBody{n}
	stored, err := one[Credential](ctx, c, req)
	for _, secret := range n.Fields {
		err = apiclient.RedactError(err, secret)
	}
	return stored, err
}

// credentialBody is the one form in which a credential's fields can be marshalled; it lives as long as its request.
type credentialBody struct{ credential NewCredential }

func (b credentialBody) MarshalJSON() ([]byte, error) {
	fields := make(map[string]string, len(b.credential.Fields))
	for name, secret := range b.credential.Fields {
		fields[name] = secret.Reveal()
	}
	return json.Marshal(map[string]any{
		"name":             b.credential.Name,
		"type":             map[string]any{"name": b.credential.Type},
		"credentialFields": fields,
	})
}

// FillFrom takes the ID of the type where it has no name.
func (c *Credential) FillFrom(whole apiclient.Object) error {
	var kind struct {
		ID string `api:"type.id"`
	}
	err := errors.Join(apiclient.FillFields(c, whole), apiclient.FillFields(&kind, whole))
	c.Type = cmp.Or(c.Type, kind.ID)
	return err
}
