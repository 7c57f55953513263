package genesys

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"msgsso-wizard/apiclient"
)

// The size of a page, and how many of them a list may have before it is taken for endless.
const (
	pageSize = "100"
	maxPages = 100
)

// entity is an element of a list; one that cannot be addressed makes the list of no use.
type entity interface{ key() string }

// page is a page of either kind of list (contract genesys.md 2.1 and 6).
type page[T entity] struct {
	Entities  []T    `json:"entities"`
	PageCount int    `json:"pageCount"`
	Total     *int   `json:"total"`
	NextURI   string `json:"nextUri"`
}

// read fills the page. An answer that is no page is a fault: it must not pass for an empty list.
func (p *page[T]) read(ctx context.Context, c *Client, req apiclient.Request) error {
	resp, err := c.call(ctx, req, p)
	switch {
	case err != nil:
		return err
	case p.Entities == nil && (p.Total == nil || *p.Total != 0):
		return c.api.Missing(req, resp, "entities")
	case slices.ContainsFunc(p.Entities, func(e T) bool { return e.key() == "" }):
		return c.api.Missing(req, resp, "entities[].id")
	}
	return nil
}

// numbered reads a list whose pages have numbers. It counts by itself and never follows a server's address.
func numbered[T entity](ctx context.Context, c *Client, op, path string, query url.Values) ([]T, error) {
	var all []T
	for n := 1; n <= maxPages; n++ {
		req := listRequest(op, path, query)
		req.Query.Set("pageNumber", strconv.Itoa(n))
		var p page[T]
		if err := p.read(ctx, c, req); err != nil {
			return nil, err
		}
		all = append(all, p.Entities...)
		more := n < p.PageCount || p.PageCount == 0 && p.NextURI != ""
		if len(p.Entities) == 0 || !more {
			return all, nil
		}
	}
	return nil, c.api.Missing(listRequest(op, path, query), apiclient.Response{}, "the end of the list")
}

// cursored reads a list of web deployments. Only the cursor is taken from nextUri, and only if it stays on the host.
func cursored[T entity](ctx context.Context, c *Client, op, path string, query url.Values) ([]T, error) {
	var all []T
	after, seen := "", map[string]bool{"": true}
	for range maxPages {
		req := listRequest(op, path, query)
		if after != "" {
			req.Query.Set("after", after)
		}
		var p page[T]
		if err := p.read(ctx, c, req); err != nil {
			return nil, err
		}
		all = append(all, p.Entities...)
		if p.NextURI == "" || len(p.Entities) == 0 {
			return all, nil
		}
		_, next, err := c.api.SameHost(p.NextURI)
		if err != nil {
			return nil, err
		}
		after = next.Get("after")
		if seen[after] {
			return all, nil
		}
		seen[after] = true
	}
	return nil, c.api.Missing(listRequest(op, path, query), apiclient.Response{}, "the end of the list")
}

func listRequest(op, path string, query url.Values) apiclient.Request {
	query = maps.Clone(query)
	if query == nil {
		query = url.Values{}
	}
	query.Set("pageSize", pageSize)
	return apiclient.Request{Op: op, Method: http.MethodGet, Path: path, Query: query}
}

// one carries out a call whose answer is a single object, which must have an id.
func one[T entity](ctx context.Context, c *Client, req apiclient.Request) (T, error) {
	var answer T
	resp, err := c.call(ctx, req, &answer)
	if err == nil && answer.key() == "" {
		err = c.api.Missing(req, resp, "id")
	}
	return answer, err
}
