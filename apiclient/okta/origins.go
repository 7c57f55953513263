package okta

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"time"

	"msgsso-wizard/apiclient"
)

// TrustedOrigins lists the org's trusted origins.
// Operation listTrustedOrigins, contract okta.md 5.
func (c *Client) TrustedOrigins(ctx context.Context) ([]TrustedOrigin, error) {
	return all[originWire](ctx, c, apiclient.Request{
		Op: "listTrustedOrigins", Method: http.MethodGet,
		Path: apiPath("trustedOrigins"), Query: url.Values{"limit": {"200"}},
	})
}

// TrustedOrigin reads one trusted origin. One that is not there is a NotFound error.
// Operation getTrustedOrigin, contract okta.md 5.
func (c *Client) TrustedOrigin(ctx context.Context, id string) (TrustedOrigin, error) {
	return one[originWire](ctx, c, apiclient.Request{
		Op: "getTrustedOrigin", Method: http.MethodGet, Path: apiPath("trustedOrigins", id),
	})
}

// ActivateTrustedOrigin makes an inactive trusted origin work. Operation activateTrustedOrigin, contract okta.md 5.
func (c *Client) ActivateTrustedOrigin(ctx context.Context, id string) (TrustedOrigin, error) {
	return one[originWire](ctx, c, apiclient.Request{
		Op: "activateTrustedOrigin", Method: http.MethodPost, Path: apiPath("trustedOrigins", id, "lifecycle", "activate"),
	})
}

// DeactivateTrustedOrigin undoes ActivateTrustedOrigin. Operation deactivateTrustedOrigin, contract okta.md 5.
func (c *Client) DeactivateTrustedOrigin(ctx context.Context, id string) (TrustedOrigin, error) {
	return one[originWire](ctx, c, apiclient.Request{
		Op: "deactivateTrustedOrigin", Method: http.MethodPost, Path: apiPath("trustedOrigins", id, "lifecycle", "deactivate"),
	})
}

// CreateTrustedOrigin makes a trusted origin; of o it takes Name, Origin and Scopes.
// Operation createTrustedOrigin, contract okta.md 5.
func (c *Client) CreateTrustedOrigin(ctx context.Context, o TrustedOrigin) (TrustedOrigin, error) {
	return one[originWire](ctx, c, apiclient.Request{
		Op: "createTrustedOrigin", Method: http.MethodPost, Path: apiPath("trustedOrigins"),
		Body: map[string]any{"name": o.Name, "origin": o.Origin, "scopes": scopes(o.Scopes, nil)},
	})
}

// UpdateTrustedOrigin replaces a trusted origin with o, which was read before: Name, Origin and Scopes are
// o's, everything else stays as it was. Operation replaceTrustedOrigin, contract okta.md 5.
func (c *Client) UpdateTrustedOrigin(ctx context.Context, o TrustedOrigin) (TrustedOrigin, error) {
	if o.raw == nil {
		return TrustedOrigin{}, errors.New("only a trusted origin that was read can be updated")
	}
	body := sendable(o.raw, originReadOnly)
	body["name"], body["origin"] = o.Name, o.Origin
	body["scopes"] = scopes(o.Scopes, body["scopes"])
	return one[originWire](ctx, c, apiclient.Request{
		Op: "replaceTrustedOrigin", Method: http.MethodPut, Path: apiPath("trustedOrigins", o.ID), Body: body,
	})
}

// originReadOnly are the members of an answer that Okta's definition does not take in a request.
var originReadOnly = [][]string{{"id"}, {"created"}, {"lastUpdated"}, {"_links"}}

// scopes is the wire form of types. A scope that was there keeps its other members, such as the Okta apps
// that IFRAME_EMBED is limited to.
func scopes(types []string, was any) []any {
	before, _ := was.([]any)
	s := make([]any, 0, len(types))
	for _, kind := range types {
		scope := map[string]any{"type": kind}
		for _, element := range before {
			if old, ok := element.(map[string]any); ok && old["type"] == kind {
				scope = old
			}
		}
		s = append(s, scope)
	}
	return s
}

type originWire struct{ origin TrustedOrigin }

// UnmarshalJSON decodes the members that TrustedOrigin names and keeps all others in raw.
func (w *originWire) UnmarshalJSON(data []byte) error {
	var raw apiclient.Object
	if err := json.Unmarshal(data, &raw); err != nil {
		return err
	}
	var answer struct {
		ID, Name, Origin, Status apiclient.Text
		Created                  time.Time
		Scopes                   []struct{ Type apiclient.Text }
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		return err
	}
	w.origin = TrustedOrigin{
		ID:      string(answer.ID),
		Name:    string(answer.Name),
		Origin:  string(answer.Origin),
		Status:  string(answer.Status),
		Created: answer.Created,
		raw:     raw,
	}
	for _, scope := range answer.Scopes {
		w.origin.Scopes = append(w.origin.Scopes, string(scope.Type))
	}
	return nil
}

func (w originWire) value() (TrustedOrigin, string) {
	if w.origin.ID == "" {
		return TrustedOrigin{}, "id"
	}
	return w.origin, ""
}
