package apiclient

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// UserAgent is how this program names itself to every server.
const UserAgent = "msgsso-wizard"

// message is a Request made ready once, so that every try sends the same bytes.
type message struct {
	Request
	url   string
	body  []byte
	media string
}

func (c *Client) prepare(req Request) (message, error) {
	msg := message{Request: req}
	if !strings.HasPrefix(req.Path, "/") || strings.ContainsAny(req.Path, "?#") {
		return msg, fmt.Errorf("%s: the path %q isn't absolute or carries a query", req.Op, req.Path)
	}
	if c.cfg.NeedsIDs && !whole(req.Path) {
		return msg, fmt.Errorf("%s wasn't sent: an ID is empty or isn't valid", req.Op)
	}
	target, err := url.Parse(c.cfg.Base.String() + req.Path)
	if err != nil {
		return msg, fmt.Errorf("%s: the path isn't escaped", req.Op)
	}
	target.RawQuery = req.Query.Encode()
	msg.url = target.String()
	switch {
	case req.Form != nil:
		msg.body, msg.media = []byte(req.Form.Encode()), "application/x-www-form-urlencoded"
	case req.Body != nil:
		if msg.body, err = json.Marshal(req.Body); err != nil {
			return msg, fmt.Errorf("%s: the body can't be written as JSON: %w", req.Op, err)
		}
		msg.media = "application/json"
	}
	return msg, nil
}

// whole reports whether a path has all its segments: DELETE /integrations/ would be another operation.
func whole(path string) bool {
	for segment := range strings.SplitSeq(strings.TrimPrefix(path, "/"), "/") {
		if segment == "" || segment == "." || segment == ".." {
			return false
		}
	}
	return true
}

// JoinPath puts segments, such as IDs that come from a server, below a path; each is escaped, so that none can reach
// another resource.
func JoinPath(path string, segments ...string) string {
	for _, s := range segments {
		path += "/" + url.PathEscape(s)
	}
	return path
}

// ready makes the HTTP request of one try if the transcript can take a write.
func (c *Client) ready(ctx context.Context, req Request, msg message) (*http.Request, error) {
	if err := c.recordable(req); err != nil {
		return nil, err
	}
	return c.build(ctx, msg)
}

// build makes the HTTP request of one try and puts the credentials on it. The Authorizer runs under the
// caller's context: fetching a token may have to wait longer than one try may take.
func (c *Client) build(ctx context.Context, msg message) (*http.Request, error) {
	var body io.Reader // net/http sends Content-Length: 0 for a POST or PUT without one, which Okta insists on
	if msg.media != "" {
		body = bytes.NewReader(msg.body)
	}
	r, err := http.NewRequestWithContext(ctx, msg.Method, msg.url, body)
	if err != nil {
		return nil, fmt.Errorf("%s: %s isn't a method", msg.Op, msg.Method)
	}
	r.Header.Set("Accept", "application/json")
	r.Header.Set("User-Agent", UserAgent)
	if msg.media != "" {
		r.Header.Set("Content-Type", msg.media)
	}
	for name, values := range msg.Header {
		r.Header[http.CanonicalHeaderKey(name)] = values
	}
	if c.cfg.Authorize != nil {
		if err := c.cfg.Authorize(ctx, r); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// Get is the request for what is at a path.
func Get(op, path string, query url.Values) Request {
	return Request{Op: op, Method: http.MethodGet, Path: path, Query: query}
}

// Post is the request to make or do something.
func Post(op, path string, body any) Request {
	return Request{Op: op, Method: http.MethodPost, Path: path, Body: body}
}

// Put is the request to replace what is at a path.
func Put(op, path string, body any) Request {
	return Request{Op: op, Method: http.MethodPut, Path: path, Body: body}
}

// Delete is the request to delete what is at a path.
func Delete(op, path string) Request {
	return Request{Op: op, Method: http.MethodDelete, Path: path}
}
