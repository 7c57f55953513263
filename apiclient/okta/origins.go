package okta

import (
	"context"
	"errors"

	"msgsso-wizard/apiclient"
)

// TrustedOrigins lists the org's trusted origins.
// Operation listTrustedOrigins, contract okta.md 5.
func (c *Client) TrustedOrigins(ctx context.Context) ([]TrustedOrigin, error) {
	return all[TrustedOrigin](ctx, c, apiclient.Get("listTrustedOrigins", apiPath("trustedOrigins"), most))
}

// TrustedOrigin reads one trusted origin. One that is not there is a NotFound error.
// Operation getTrustedOrigin, contract okta.md 5.
func (c *Client) TrustedOrigin(ctx context.Context, id string) (TrustedOrigin, error) {
	return one[TrustedOrigin](ctx, c, apiclient.Get("getTrustedOrigin", apiPath("trustedOrigins", id), nil))
}

// ActivateTrustedOrigin makes an inactive trusted origin work. Operation activateTrustedOrigin, contract okta.md 5.
func (c *Client) ActivateTrustedOrigin(ctx context.Context, id string) (TrustedOrigin, error) {
	return one[TrustedOrigin](ctx, c, apiclient.Post("activateTrustedOrigin", apiPath("trustedOrigins", id, "lifecycle", "activate"), nil))
}

// DeactivateTrustedOrigin undoes ActivateTrustedOrigin. Operation deactivateTrustedOrigin, contract okta.md 5.
func (c *Client) DeactivateTrustedOrigin(ctx context.Context, id string) (TrustedOrigin, error) {
	return one[TrustedOrigin](ctx, c, apiclient.Post("deactivateTrustedOrigin", apiPath("trustedOrigins", id, "lifecycle", "deactivate"), nil))
}

// CreateTrustedOrigin makes a trusted origin; of o it takes Name, Origin and Scopes.
// Operation createTrustedOrigin, contract okta.md 5.
func (c *Client) CreateTrustedOrigin(ctx context.Context, o TrustedOrigin) (TrustedOrigin, error) {
	return one[TrustedOrigin](ctx, c, apiclient.Post("createTrustedOrigin", apiPath("trustedOrigins"), map[string]any{"name": o.Name, "origin": o.Origin, "scopes": scopes(o.Scopes, nil)}))
}

// UpdateTrustedOrigin replaces a trusted origin with o, which was read before: Name, Origin and Scopes are
// o's, everything else stays as it was. Operation replaceTrustedOrigin, contract okta.md 5.
func (c *Client) UpdateTrustedOrigin(ctx context.Context, o TrustedOrigin) (TrustedOrigin, error) {
	if o.Stored() == nil {
		return TrustedOrigin{}, errors.New("only a trusted origin that was read can be updated")
	}
	body := o.Sendable("id", "created", "lastUpdated", "_links")
	body["name"], body["origin"] = o.Name, o.Origin
	body["scopes"] = scopes(o.Scopes, body["scopes"])
	return one[TrustedOrigin](ctx, c, apiclient.Put("replaceTrustedOrigin", apiPath("trustedOrigins", o.ID), body))
}

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
