package genesys

import (
	"context"
	"encoding/json"
	"net/url"

	"msgsso-wizard/apiclient"
)

// Flows lists the inbound message flows by name (getFlows; contract genesys.md 7).
func (c *Client) Flows(ctx context.Context) ([]Flow, error) {
	return numbered[Flow](ctx, c, "getFlows", "/api/v2/flows", url.Values{"type": {"inboundshortmessage"}, "sortBy": {"name"}})
}

func (f Flow) key() string { return f.ID }

// UnmarshalJSON reads Flow as the API sends it; one that was never published has no published version.
func (f *Flow) UnmarshalJSON(data []byte) error {
	var w struct {
		ID, Name         apiclient.Text
		Active           bool
		PublishedVersion *struct{}
	}
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	*f = Flow{ID: string(w.ID), Name: string(w.Name), Published: w.PublishedVersion != nil, Active: w.Active}
	return nil
}
