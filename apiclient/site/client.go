package site

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"sync"
	"time"

	"msgsso-wizard/apiclient"
)

// website is the service's name in sentences.
const website apiclient.Service = "The website"

// The limits of a fetch: sizes in bytes, after decompression.
const (
	maxPage      = 2 << 20
	maxScript    = 1 << 20
	maxScripts   = 10
	maxRedirects = 5
	maxURL       = 8 << 10
	maxPolicies  = 64 << 10 // of all policies of a page; no server sends headers that long
	maxFound     = 20       // snippets or plugins, each of which is checked on its own
)

// Config says who watches the calls. All of it may be left out.
type Config struct{ apiclient.CallOptions }

// Client fetches pages. It is safe for concurrent use.
type Client struct {
	cfg       Config
	transport func() (http.RoundTripper, error)
}

// New returns a Client; nothing is sent.
func New(cfg Config) *Client {
	return &Client{cfg: cfg, transport: sync.OnceValues(func() (http.RoundTripper, error) {
		transport, err := apiclient.NewTransport(cfg.CallOptions)
		if t, ok := transport.(*http.Transport); ok {
			guard(t)
		}
		return transport, err
	})}
}

// CloseIdle ends the connections that no call uses.
func (c *Client) CloseIdle() {
	t, _ := c.transport()
	if t, ok := t.(interface{ CloseIdleConnections() }); ok {
		t.CloseIdleConnections()
	}
}

// wanted is what is asked for, and what of the answer is taken.
type wanted struct {
	op    string // as a sentence names it
	media map[string]bool
	limit int
	may   func(*url.URL) string // why an address is not asked, empty: it may
	reach *reach
}

// answer is what came.
type answer struct {
	url       *url.URL
	redirects []string
	header    http.Header
	body      []byte
}

// get asks for an address and follows its redirects. A failure is an *apiclient.Error.
func (c *Client) get(ctx context.Context, at *url.URL, want wanted) (answer, error) {
	var hops []string
	for {
		resp, body, err := c.once(ctx, at, want)
		if err != nil {
			return answer{}, err
		}
		if to := resp.Header.Get("Location"); resp.Status/100 == 3 && to != "" {
			next, err := at.Parse(to)
			switch {
			case err != nil:
				return answer{}, fault(want, at, apiclient.ErrRedirect, "to something that isn't a URL")
			case len(to) > maxURL:
				return answer{}, fault(want, at, apiclient.ErrRedirect, fmt.Sprintf("to a URL of more than %d bytes", maxURL))
			case len(hops) == maxRedirects:
				return answer{}, fault(want, at, apiclient.ErrRedirect, fmt.Sprintf("more than %d times", maxRedirects))
			}
			if why := cmp.Or(want.may(next), want.reach.mayFollow(at, next)); why != "" {
				return answer{}, fault(want, at, apiclient.ErrRedirect, why)
			}
			hops, at = append(hops, apiclient.Clean(at.String())), next
			at.Fragment, at.RawFragment = "", ""
			continue
		}
		media, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
		switch {
		case resp.Status/100 != 2:
			e := fault(want, at, nil, "")
			e.Status = resp.Status
			return answer{}, e
		case !want.media[media]:
			return answer{}, fault(want, at, apiclient.ErrMalformed, fmt.Sprintf("its type is %q", media))
		}
		return answer{url: at, redirects: hops, header: resp.Header, body: body}, nil
	}
}

// once makes one call, and tells who watches.
func (c *Client) once(ctx context.Context, at *url.URL, want wanted) (apiclient.Response, []byte, error) {
	transport, err := c.transport()
	if err != nil {
		return apiclient.Response{}, nil, err
	}
	bounded, cancel := context.WithTimeout(ctx, apiclient.Timeout)
	defer cancel()
	r, err := http.NewRequestWithContext(bounded, http.MethodGet, at.String(), nil)
	if err != nil {
		return apiclient.Response{}, nil, fault(want, at, apiclient.ErrMalformed, "it isn't a URL")
	}
	r.Header.Set("User-Agent", apiclient.UserAgent)
	x := apiclient.Exchange{
		Call:  apiclient.Call{Service: website, Op: want.op, Method: r.Method},
		Began: time.Now(), URL: r.URL, Sent: apiclient.Payload{Header: r.Header},
	}
	defer func() { c.report(x) }()
	resp, err := transport.RoundTrip(want.reach.watch(r, transport))
	if err == nil {
		defer resp.Body.Close() //nolint:errcheck // everything that is wanted has been read
		x.Got.Body, err = apiclient.ReadAll(resp.Body, want.limit)
	}
	x.Elapsed = time.Since(x.Began)
	if err != nil {
		x.Err = lost(ctx, at, want, err)
		return apiclient.Response{}, nil, x.Err
	}
	x.Status, x.Got.Header = resp.StatusCode, resp.Header
	return apiclient.Response{Status: resp.StatusCode, Header: resp.Header}, x.Got.Body, nil
}

func (c *Client) report(x apiclient.Exchange) {
	if c.cfg.Observe != nil {
		c.cfg.Observe(x.Call)
	}
	if c.cfg.Record != nil {
		c.cfg.Record.Record(x)
	}
}

func lost(ctx context.Context, at *url.URL, want wanted, err error) error {
	if ctx.Err() != nil {
		return fault(want, at, ctx.Err(), "")
	}
	if errors.Is(err, errInside) {
		return fault(want, at, apiclient.ErrRedirect, errInside.Error())
	}
	why, kind := apiclient.Unanswered(err, want.limit)
	return fault(want, at, kind, why)
}

func fault(want wanted, at *url.URL, kind error, why string) *apiclient.Error {
	return &apiclient.Error{
		Service: website, Op: want.op, Method: http.MethodGet, Path: apiclient.Clean(at.EscapedPath()), Host: apiclient.Clean(at.Host),
		Summary: apiclient.Clean(why), Err: kind,
	}
}

// Page is a page of a website. Its texts are cleaned, but for Script.Text and Plugin.Code.
type Page struct {
	URL       string   // where it was found in the end
	Redirects []string // the addresses on the way there, the first one asked for included; empty: none
	Snippets  []Snippet
	Plugins   []Plugin
	Unread    []string // files in which snippet and plugin could not be looked for, each with the reason

	policies []policy
}

// Script is a script element of a page.
type Script struct {
	Offset int    // of the element on the page, in bytes: scripts run in this order
	URL    string // of its file; empty: it stands on the page itself
	Later  bool   // it runs when the rest of the page has been read (defer, async, module)
	Nonce  string // for the Content Security Policy
	Text   string // the code, exactly as it was sent
}

// Snippet is the piece of code that starts Messenger (contract genesys.md 3).
type Snippet struct {
	Script
	DeploymentID string
	Environment  string // of a region, such as prod-euc1
	ScriptURL    string // of Genesys Cloud's genesys.min.js
}

// Plugin is code that registers Messenger's AuthProvider (contract genesys.md 4).
type Plugin struct {
	Script
	Code string // Text, but for its comments
}

// Kind is what a page loads, for a Content Security Policy.
type Kind string

// The kinds that Messenger needs.
const (
	KindScript  Kind = "script"
	KindConnect Kind = "connect"
)
