package genesys

import (
	"context"
	"encoding/json"
	"net/http"

	"msgsso-wizard/apiclient"
)

const credentials = "/api/v2/integrations/credentials"

// Credentials lists the stored credentials, without their fields (getIntegrationsCredentials; contract genesys.md 1.3).
func (c *Client) Credentials(ctx context.Context) ([]Credential, error) {
	return numbered[Credential](ctx, c, "getIntegrationsCredentials", credentials, nil)
}

// Credential reads a stored credential, without its fields (getIntegrationsCredential; contract genesys.md 1.3).
func (c *Client) Credential(ctx context.Context, id string) (Credential, error) {
	return one[Credential](ctx, c, apiclient.Request{Op: "getIntegrationsCredential", Method: http.MethodGet, Path: apiclient.JoinPath(credentials, id)})
}

// CreateCredential stores a credential (postIntegrationsCredentials; contract genesys.md 1.3).
func (c *Client) CreateCredential(ctx context.Context, n NewCredential) (Credential, error) {
	return c.store(ctx, n, apiclient.Request{Op: "postIntegrationsCredentials", Method: http.MethodPost, Path: credentials})
}

// UpdateCredential replaces a credential and its fields (putIntegrationsCredential; contract genesys.md 1.3).
func (c *Client) UpdateCredential(ctx context.Context, id string, n NewCredential) (Credential, error) {
	return c.store(ctx, n, apiclient.Request{Op: "putIntegrationsCredential", Method: http.MethodPut, Path: apiclient.JoinPath(credentials, id)})
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

func (c Credential) key() string { return c.ID }

// UnmarshalJSON reads CredentialInfo as the API sends it.
func (c *Credential) UnmarshalJSON(data []byte) error {
	var w struct {
		ID, Name                  apiclient.Text
		Type                      struct{ ID, Name apiclient.Text }
		CreatedDate, ModifiedDate apiclient.Text
	}
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	*c = Credential{
		ID: string(w.ID), Name: string(w.Name), Type: string(w.Type.Name),
		Created: moment(w.CreatedDate), Modified: moment(w.ModifiedDate),
	}
	if c.Type == "" {
		c.Type = string(w.Type.ID)
	}
	return nil
}
