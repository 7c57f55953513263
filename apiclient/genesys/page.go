package genesys

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"strconv"

	"msgsso-wizard/apiclient"
)

// pageSize is how many elements a page is asked to have.
const pageSize = "100"

// page is a page of either kind of list (contract genesys.md 2.1 and 6).
type page[T any] struct {
	Entities   []T    `api:"entities"`
	PageNumber int    `api:"pageNumber"`
	PageCount  int    `api:"pageCount"`
	Total      *int   `api:"total"`
	NextURI    string `api:"nextUri"`
}

// FillFrom refuses an answer that is no page: it must not pass for an empty list.
func (p *page[T]) FillFrom(whole apiclient.Object) error {
	err := apiclient.FillFields(p, whole)
	if err == nil && p.Entities == nil && (p.Total == nil || *p.Total != 0) {
		err = apiclient.MissingError("entities")
	}
	return err
}

// numbered reads a list whose pages have numbers. It counts by itself and never calls the address of a next page.
func numbered[T any](ctx context.Context, c *Client, op, path string, query url.Values) ([]T, error) {
	number := 1
	req := listRequest(op, path, query)
	req.Query.Set("pageNumber", "1")
	return paged(ctx, c, req, func(p page[T], req apiclient.Request) (string, error) {
		switch {
		case p.PageNumber != 0 && p.PageNumber != number:
			return "", c.api.Incomplete(req, fmt.Sprintf("page %d came again as page %d", p.PageNumber, number))
		case p.PageCount != 0 && number >= p.PageCount:
			return "", nil
		case p.PageCount != 0 && p.NextURI == "":
			return fmt.Sprintf("%s?pageNumber=%d", path, number+1), nil
		}
		return p.NextURI, nil
	}, func(query, _ url.Values) bool {
		number++
		query.Set("pageNumber", strconv.Itoa(number))
		return true
	})
}

// cursored reads a list of web deployments. Only the cursor is taken from the address of a next page. Without one, or
// where it stays the same and the total is reached, the list is at its end (contract genesys.md 2.1).
func cursored[T any](ctx context.Context, c *Client, op, path string, query url.Values) ([]T, error) {
	count := 0
	return paged(ctx, c, listRequest(op, path, query), func(p page[T], req apiclient.Request) (string, error) {
		count += len(p.Entities)
		next, err := url.Parse(p.NextURI)
		cursor := req.Query.Get("after")
		if err == nil && cursor != "" && next.Query().Get("after") == cursor && p.Total != nil && count >= *p.Total {
			return "", nil
		}
		return p.NextURI, nil
	}, func(query, next url.Values) bool {
		query.Set("after", next.Get("after"))
		return next.Get("after") != ""
	})
}

// paged reads a list: next finds the address of a next page, turn changes the query to that page's. A list that does
// not come to an end is an apiclient.ErrIncompleteList.
func paged[T any](ctx context.Context, c *Client, req apiclient.Request, next func(page[T], apiclient.Request) (string, error), turn func(query, next url.Values) bool) ([]T, error) {
	var all []T
	err := c.api.Pages(req, func(req apiclient.Request) (string, error) {
		p, err := one[page[T]](ctx, c, req)
		if err != nil {
			return "", err
		}
		all = append(all, p.Entities...)
		return next(p, req)
	}, func(req apiclient.Request, next *url.URL) (apiclient.Request, bool) {
		req.Query = maps.Clone(req.Query)
		return req, turn(req.Query, next.Query())
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

func listRequest(op, path string, query url.Values) apiclient.Request {
	all := url.Values{"pageSize": {pageSize}}
	maps.Copy(all, query)
	return apiclient.Get(op, path, all)
}
