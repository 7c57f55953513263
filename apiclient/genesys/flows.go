package genesys

import (
	"context"
	"net/url"

	"msgsso-wizard/apiclient"
)

// Flows lists the inbound message flows by name (getFlows; contract genesys.md 7).
func (c *Client) Flows(ctx context.Context) ([]Flow, error) {
	return numbered[Flow](ctx, c, "getFlows", "/api/v2/flows", url.Values{"type": {"inboundshortmessage"}, "sortBy": {"name"}})
}

// FillFrom also reads whether the flow was ever published.
func (f *Flow) FillFrom(whole apiclient.Object) error {
	f.Published = whole["publishedVersion"] != nil
	return apiclient.FillFields(f, whole)
}
