package okta

import (
	"context"
	"net/http"
	"path"
	"strings"
	"time"

	"msgsso-wizard/apiclient"
)

// Client speaks to one org as the admin or app that signed in.
type Client struct {
	api    *apiclient.Client
	signIn SignIn
}

// New returns a client for cfg.Org, which may not carry a path; it sends nothing yet.
func New(cfg Config) (*Client, error) {
	if cfg.SignIn == nil {
		cfg.SignIn = APIToken(cfg.Token)
	}
	api, err := apiclient.New(apiclient.Config{
		Service:     apiclient.Okta,
		Base:        cfg.Org,
		Authorize:   authorize(cfg.SignIn),
		Reauthorize: cfg.SignIn.Reauthorize,
		CallOptions: cfg.CallOptions,
		Decode:      DecodeError,
		Bucket:      bucket,
		NeedsIDs:    true,
	})
	if err != nil {
		return nil, err
	}
	return &Client{api: api, signIn: cfg.SignIn}, nil
}

// SignIn gets the credentials that calls will need, so that a wrong key shows before anything else is tried.
// Without it the first call does that; an API token shows only in a call whether it is right.
func (c *Client) SignIn(ctx context.Context) error { return c.signIn.Begin(ctx) }

// CloseIdle ends the connections that no call uses.
func (c *Client) CloseIdle() {
	c.api.CloseIdle()
	c.signIn.CloseIdle()
}

// Skew is how far the org's clock is ahead of this machine's, to about a second; false: not known yet.
func (c *Client) Skew() (time.Duration, bool) { return c.api.Skew() }

// RateLimits returns what the org said last about each rate limit (contract okta.md 6).
func (c *Client) RateLimits() []apiclient.RateLimit { return c.api.RateLimits() }

// authorize puts the credentials on every call but those for the documents that are public: they are read
// before the admin has said that this is the right org.
func authorize(signIn SignIn) apiclient.Authorizer {
	return func(ctx context.Context, req *http.Request) error {
		if strings.HasPrefix(req.URL.Path, "/.well-known/") {
			return nil
		}
		return signIn.Authorize(ctx, req)
	}
}

// one sends req and reads the answer into a T.
func one[T any](ctx context.Context, c *Client, req apiclient.Request) (T, error) {
	var answer, none T
	if _, err := c.api.Do(ctx, req, &answer); err != nil {
		return none, err
	}
	return answer, nil
}

// apiPath joins segments below /api/v1.
func apiPath(segments ...string) string { return apiclient.JoinPath("/api/v1", segments...) }

// buckets are the groups of calls that share one rate limit; the first match counts (contract okta.md 6).
// "*" stands for one segment, a "/" at the end for everything below.
var buckets = []struct{ pattern, bucket string }{
	{"/api/v1/apps/*", "/api/v1/apps/{id}"},
	{"/api/v1/apps", "/api/v1/apps"},
	{"/api/v1/apps/", "/api/v1/apps"},
	{"/api/v1/groups", "/api/v1/groups"},
	{"/api/v1/groups/*", "/api/v1/groups/{id}"},
	{"/api/v1/users/*", "/api/v1/users/{id}"},
	{"/api/v1/", "/api/v1"},
}

// bucket names the rate limit that a call counts against; nothing for the documents that are not limited.
// Okta does not tell the methods apart on the paths that this client uses.
func bucket(callPath string) string {
	for _, b := range buckets {
		if strings.HasSuffix(b.pattern, "/") {
			if strings.HasPrefix(callPath, b.pattern) {
				return b.bucket
			}
			continue
		}
		// The patterns are constant and well formed, so the error cannot occur.
		if ok, _ := path.Match(b.pattern, callPath); ok {
			return b.bucket
		}
	}
	return ""
}

// UnassignGroup ends that a group's members may sign in to an app integration.
// Operation unassignApplicationFromGroup, contract okta.md 2.
func (c *Client) UnassignGroup(ctx context.Context, appID, groupID string) error {
	return c.remove(ctx, "unassignApplicationFromGroup", apiPath("apps", appID, "groups", groupID))
}

// UnassignUser ends that a user, given by ID, may sign in to an app integration.
// Operation unassignUserFromApplication, contract okta.md 2.
func (c *Client) UnassignUser(ctx context.Context, appID, userID string) error {
	return c.remove(ctx, "unassignUserFromApplication", apiPath("apps", appID, "users", userID))
}

// DeletePolicy deletes an access policy with its rules.
// Operation deleteAuthorizationServerPolicy, contract okta.md 4.
func (c *Client) DeletePolicy(ctx context.Context, serverID, policyID string) error {
	return c.remove(ctx, "deleteAuthorizationServerPolicy", policiesPath(serverID, policyID))
}

// DeleteRule deletes a rule of an access policy.
// Operation deleteAuthorizationServerPolicyRule, contract okta.md 4.
func (c *Client) DeleteRule(ctx context.Context, serverID, policyID, ruleID string) error {
	return c.remove(ctx, "deleteAuthorizationServerPolicyRule", policiesPath(serverID, policyID, "rules", ruleID))
}

// DeleteFederatedClaim takes a claim from an app integration's tokens. Operation deleteFederatedClaim, contract okta.md 4.
func (c *Client) DeleteFederatedClaim(ctx context.Context, appID, id string) error {
	return c.remove(ctx, "deleteFederatedClaim", apiPath("apps", appID, "federated-claims", id))
}

// DeleteTrustedOrigin deletes a trusted origin. Operation deleteTrustedOrigin, contract okta.md 5.
func (c *Client) DeleteTrustedOrigin(ctx context.Context, id string) error {
	return c.remove(ctx, "deleteTrustedOrigin", apiPath("trustedOrigins", id))
}

func (c *Client) remove(ctx context.Context, op, path string) error {
	_, err := c.api.Do(ctx, apiclient.Delete(op, path), nil)
	return err
}
