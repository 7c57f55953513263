package okta

import (
	"context"
	"net/http"
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
