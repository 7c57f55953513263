package oktasim

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// entity is anything that the org keeps under an id.
type entity interface{ key() string }

// find returns the item with this id, or a 404 that names the kind as Okta does.
func find[T entity](items []T, id, kind string) (T, error) {
	at := slices.IndexFunc(items, func(item T) bool { return item.key() == id })
	if at < 0 {
		var none T
		return none, notFound(id, kind)
	}
	return items[at], nil
}

func remove[T entity](items []T, id string) []T {
	return slices.DeleteFunc(items, func(item T) bool { return item.key() == id })
}

// paging is how many items a list gives at a time.
type paging struct {
	standard, least, most int
	once                  bool // only the first page can be had
}

// page cuts the items that the query asks for and writes the Link headers, one line for each relation
// (contract okta.md 1.2).
func page[T entity](c *call, items []T, p paging) ([]T, error) {
	query := c.r.URL.Query()
	limit := p.standard
	if text := query.Get("limit"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < p.least || n > p.most {
			return nil, invalid("limit", fmt.Sprintf("limit: must be a number from %d to %d", p.least, p.most))
		}
		limit = n
	}
	if after := query.Get("after"); after != "" && !p.once {
		at := slices.IndexFunc(items, func(item T) bool { return item.key() == after })
		if at < 0 {
			return nil, invalid("after", "after: the cursor is not known")
		}
		items = items[at+1:]
	}
	c.link(query, "self")
	if len(items) <= limit {
		return items, nil
	}
	items = items[:limit]
	if !p.once && limit > 0 {
		query.Set("after", items[limit-1].key())
		c.link(query, "next")
	}
	return items, nil
}

func (c *call) link(query url.Values, relation string) {
	address := simkit.Base(c.r) + c.r.URL.Path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	c.header.Add("Link", fmt.Sprintf("<%s>; rel=%q", address, relation))
}

// render turns items into documents; an empty list is [] and not null.
func render[T any](items []T, doc func(T) object) []object {
	out := make([]object, 0, len(items))
	for _, item := range items {
		out = append(out, doc(item))
	}
	return out
}
