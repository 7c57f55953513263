package okta

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"msgsso-wizard/apiclient"
)

// Client speaks to one org as the admin who owns the API token.
type Client struct{ api *apiclient.Client }

// New returns a client for cfg.Org, which may not carry a path; it sends nothing yet.
func New(cfg Config) (*Client, error) {
	api, err := apiclient.New(apiclient.Config{
		Service:   apiclient.Okta,
		Base:      cfg.Org,
		Authorize: authorize(cfg.Token),
		Observe:   cfg.Observe,
		OnWait:    cfg.OnWait,
		Decode:    decodeError,
		Bucket:    bucket,
	})
	if err != nil {
		return nil, err
	}
	return &Client{api: api}, nil
}

// CloseIdle ends the connections that no call uses.
func (c *Client) CloseIdle() { c.api.CloseIdle() }

// authorize sends the API token (contract okta.md 3.1), but not to the documents that are public: they are
// read before the admin has said that this is the right org.
func authorize(token apiclient.Secret) apiclient.Authorizer {
	return func(_ context.Context, req *http.Request) error {
		if !token.Empty() && !strings.HasPrefix(req.URL.Path, "/.well-known/") {
			req.Header.Set("Authorization", "SSWS "+token.Reveal())
		}
		return nil
	}
}

// wire is the shape of an answer: value turns it into what the caller gets, or names the member that it
// cannot do without.
type wire[T any] interface {
	value() (v T, missing string)
}

// one sends req and turns the answer into a T.
func one[W wire[T], T any](ctx context.Context, c *Client, req apiclient.Request) (T, error) {
	var answer W
	var none T
	resp, err := c.api.Do(ctx, req, &answer)
	if err != nil {
		return none, err
	}
	v, missing := answer.value()
	if missing != "" {
		return none, c.api.Missing(req, resp, missing)
	}
	return v, nil
}

// apiPath joins segments below /api/v1; each is escaped, so that an id cannot reach another resource.
func apiPath(segments ...string) string {
	var b strings.Builder
	b.WriteString("/api/v1")
	for _, s := range segments {
		b.WriteString("/" + url.PathEscape(s))
	}
	return b.String()
}
