package genesys

import (
	"context"
	"errors"
	"fmt"
	"time"

	"msgsso-wizard/apiclient"
)

// firstPause is how long a limited token request waits before its first repetition.
const firstPause = 3 * time.Second

// Client speaks to one Genesys Cloud organization; its methods may be called side by side.
type Client struct {
	cdn
	api    *apiclient.Client
	tokens *tokens
}

// New makes a client of the region's hosts; nothing is sent before the first call. Its errors are about the region's addresses.
func New(cfg Config) (*Client, error) {
	how := apiclient.Config{CallOptions: cfg.CallOptions, Decode: decodeError}
	files, filesErr := open(cfg.Region.CDN, how)
	t := newTokens(cfg)
	how.Authorize, how.Reauthorize = t.authorize, t.reauthorize
	api, apiErr := open(cfg.Region.API, how)
	how.Authorize, how.Reauthorize, how.Decode = cfg.authorize(), nil, decodeTokenError
	var loginErr error
	t.login, loginErr = open(cfg.Region.Login, how)
	if err := errors.Join(loginErr, apiErr, filesErr); err != nil {
		return nil, err
	}
	return &Client{cdn: cdn{files}, api: api, tokens: t}, nil
}

// open makes the transport to one of the region's hosts.
func open(base string, how apiclient.Config) (*apiclient.Client, error) {
	u, err := apiclient.ParseBase(base)
	if err != nil {
		return nil, err
	}
	how.Service, how.Base, how.NeedsIDs = apiclient.GenesysCloud, u, true
	return apiclient.New(how)
}

// CloseIdle ends the connections that no call uses.
func (c *Client) CloseIdle() {
	for _, part := range []*apiclient.Client{c.api, c.files, c.tokens.login} {
		part.CloseIdle()
	}
}

// SignIn asks for an access token, so that wrong credentials show before anything else is tried; a token
// that is already held or was given is kept, and tried by the first call (contract genesys.md 6).
func (c *Client) SignIn(ctx context.Context) error {
	_, err := c.tokens.get(ctx)
	return err
}

// RateLimits returns the last word on the rate limit of the token.
func (c *Client) RateLimits() []apiclient.RateLimit { return c.api.RateLimits() }

// call carries out one operation of the API.
func (c *Client) call(ctx context.Context, req apiclient.Request, out any) error {
	_, err := c.api.Do(ctx, req, out)
	if c.tokens.given && tokenRefused(err) {
		err = fmt.Errorf("%w: %w", ErrTokenEnded, err)
	}
	return err
}

// one carries out a call and reads its answer into a T.
func one[T any](ctx context.Context, c *Client, req apiclient.Request) (T, error) {
	var answer, none T
	if err := c.call(ctx, req, &answer); err != nil {
		return none, err
	}
	return answer, nil
}

// remove deletes one object.
func (c *Client) remove(ctx context.Context, op, path string) error {
	return c.call(ctx, apiclient.Delete(op, path), nil)
}

// cdn reads the public files that Messenger reads in a visitor's browser, without credentials. The CDN may lag
// behind the API, and answers 403 for a deployment that it does not know (contract genesys.md 3).
type cdn struct{ files *apiclient.Client }

// PublicConfig reads what browsers get of a deployment's configuration (contract genesys.md 3).
func (c cdn) PublicConfig(ctx context.Context, deploymentID string) (PublicConfig, error) {
	return publicFile[PublicConfig](ctx, c, deploymentID, "config.json")
}

// PublicDomains reads on which sites browsers start a deployment (contract genesys.md 3).
func (c cdn) PublicDomains(ctx context.Context, deploymentID string) (PublicDomains, error) {
	return publicFile[PublicDomains](ctx, c, deploymentID, "domains.json")
}

const publicFiles = "/webdeployments/v1/deployments"

// Calls are addresses that Messenger calls in a visitor's browser, one on each host (contract genesys.md 3, 4); none
// where the region is not known.
func (r Region) Calls(deploymentID string) []string {
	if r.API == "" {
		return nil
	}
	return []string{r.API + visitorExchange, r.CDN + apiclient.JoinPath(publicFiles, deploymentID, "config.json")}
}

func publicFile[T any](ctx context.Context, c cdn, deploymentID, file string) (T, error) {
	var answer T
	req := apiclient.Get(file, apiclient.JoinPath(publicFiles, deploymentID, file), nil)
	_, err := c.files.Do(ctx, req, &answer)
	return answer, err
}
