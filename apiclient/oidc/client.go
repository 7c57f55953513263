package oidc

import (
	"cmp"
	"context"
	"net/url"
	"sync"
	"time"

	"msgsso-wizard/apiclient"
)

// provider is the service's name in sentences about a host that is not the Okta org's.
const provider apiclient.Service = "OpenID provider"

// Config says who watches the calls. All of it may be left out.
type Config struct {
	Org *url.URL // calls to this Okta org's host count as Okta's
	apiclient.CallOptions
}

// Client fetches discovery documents and keys; it needs no credentials. It is safe for concurrent use.
type Client struct {
	cfg   Config
	mu    sync.Mutex
	hosts map[string]*apiclient.Client // by base, so that connections are used again
}

// New returns a Client.
func New(cfg Config) *Client {
	return &Client{cfg: cfg, hosts: map[string]*apiclient.Client{}}
}

// CloseIdle ends the connections that no call uses.
func (c *Client) CloseIdle() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, host := range c.hosts {
		host.CloseIdle()
	}
}

// Skew is how far the clock of the document's token endpoint was ahead of this computer's at its last answer, to about a
// second; false: not known yet.
func (c *Client) Skew(doc Document) (time.Duration, bool) {
	host, _, err := c.serving(doc, doc.TokenEndpoint)
	if err != nil {
		return 0, false
	}
	return host.Skew()
}

// Document fetches the discovery document at uri (getWellKnownOpenIDConfiguration; OpenID Connect Discovery
// 1.0 section 4). Its texts are cleaned; whether it is any good is for Validate to say.
func (c *Client) Document(ctx context.Context, uri *url.URL) (Document, error) {
	doc := Document{URI: uri.String(), Hosts: c.cfg.Hosts}
	if err := c.get(ctx, "getWellKnownOpenIDConfiguration", uri, &doc); err != nil {
		return Document{}, err
	}
	return doc, nil
}

// Keys fetches the document's signing keys (oauthKeys; RFC 7517 section 5).
func (c *Client) Keys(ctx context.Context, doc Document) ([]Key, error) {
	uri, err := doc.endpoint(doc.JWKSURI)
	if err != nil {
		return nil, err
	}
	var set struct {
		Keys []Key `api:"keys"`
	}
	err = c.get(ctx, "oauthKeys", uri, &set)
	return set.Keys, err
}

func (c *Client) get(ctx context.Context, op string, uri *url.URL, out any) error {
	host, err := c.host(uri)
	if err != nil {
		return err
	}
	_, err = host.Do(ctx, apiclient.Get(op, cmp.Or(uri.EscapedPath(), "/"), uri.Query()), out)
	return err
}

// serving returns the client of the host that serves an endpoint of the document, and the endpoint.
func (c *Client) serving(doc Document, endpoint string) (*apiclient.Client, *url.URL, error) {
	at, err := doc.endpoint(endpoint)
	if err != nil {
		return nil, nil, err
	}
	host, err := c.host(at)
	return host, at, err
}

// host returns the client of an address's host.
func (c *Client) host(at *url.URL) (*apiclient.Client, error) {
	base, err := apiclient.ParseBase((&url.URL{Scheme: at.Scheme, User: at.User, Host: at.Host}).String())
	if err != nil {
		return nil, err
	}
	if !c.cfg.Hosts.Reach(base.Host) {
		return nil, &apiclient.Error{Service: provider, Op: "connect", Host: base.Host, Err: apiclient.ErrUnreachable, Summary: apiclient.ErrElsewhere.Error()}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if known := c.hosts[base.String()]; known != nil {
		return known, nil
	}
	service := provider
	if c.cfg.Org != nil && c.cfg.Org.Host == base.Host {
		service = apiclient.Okta
	}
	made, err := apiclient.New(apiclient.Config{Service: service, Base: base, CallOptions: c.cfg.CallOptions, Decode: decodeError})
	if err != nil {
		return nil, err
	}
	c.hosts[base.String()] = made
	return made, nil
}
