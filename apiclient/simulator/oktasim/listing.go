package oktasim

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/oktasim/schema"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// listing is how a list is searched and cut into pages.
type listing struct {
	search                []string                       // members whose beginning the parameter q is held against
	filters               map[string][]string            // the members that a parameter such as filter can compare
	standard, least, most int                            // how many there are on a page; most 0: all
	searchedOnce          bool                           // what q finds cannot be paged
	keeps                 func(c *call, doc object) bool // what else decides; nil: nothing
}

// answer finds the documents that the query asks for.
func (l listing) answer(c *call, docs []object) ([]object, error) {
	query := c.r.URL.Query()
	for parameter, members := range l.filters {
		f, err := schema.ParseFilter(parameter, query.Get(parameter), members)
		if err != nil {
			return nil, err
		}
		docs = keep(docs, f.Holds)
	}
	if l.keeps != nil {
		docs = keep(docs, func(doc object) bool { return l.keeps(c, doc) })
	}
	q := strings.ToLower(query.Get("q"))
	if q != "" && l.search != nil {
		docs = keep(docs, func(doc object) bool {
			return slices.ContainsFunc(l.search, func(member string) bool {
				return strings.HasPrefix(strings.ToLower(jsontree.Text(doc, member)), q)
			})
		})
	}
	return l.page(c, docs, l.searchedOnce && q != "")
}

// keep returns the items that are wanted; the list is not good for anything else afterward.
func keep[T any](items []T, wanted func(T) bool) []T {
	return slices.DeleteFunc(items, func(item T) bool { return !wanted(item) })
}

// page cuts the documents that the query asks for and writes the Link headers, one line for each relation (contract
// okta.md 1.2). What can be had once only has no next page.
func (l listing) page(c *call, docs []object, once bool) ([]object, error) {
	if l.most == 0 {
		return docs, nil
	}
	query, limit := c.r.URL.Query(), l.standard
	if once {
		limit = 300 // contract okta.md 2
	}
	if text := query.Get("limit"); text != "" {
		var err error
		if limit, err = strconv.Atoi(text); err != nil || limit < l.least || limit > l.most {
			return nil, refusal.Field("limit", fmt.Sprintf("must be a number from %d to %d", l.least, l.most))
		}
	}
	if after := query.Get("after"); after != "" && !once {
		at := slices.IndexFunc(docs, func(doc object) bool { return cursor(doc) == after })
		if at < 0 {
			return nil, refusal.Field("after", "the cursor is not known")
		}
		docs = docs[at+1:]
	}
	c.link(query, "self")
	if len(docs) <= limit {
		return docs, nil
	}
	docs = docs[:limit]
	if !once && limit > 0 {
		query.Set("after", cursor(docs[limit-1]))
		c.link(query, "next")
	}
	return docs, nil
}

// cursor is where a page ends.
func cursor(doc object) string { return jsontree.Text(doc, "id") + jsontree.Text(doc, "uuid") }

func (c *call) link(query url.Values, relation string) {
	address := simkit.Base(c.r) + c.r.URL.Path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	c.header.Add("Link", fmt.Sprintf("<%s>; rel=%q", address, relation))
}

// link is a link relation, with the methods that it hints at.
func link(address string, allow ...string) object {
	out := object{"href": address}
	if allow != nil {
		out["hints"] = object{"allow": allow}
	}
	return out
}

// statusLinks are the links of what can be switched on and off.
func statusLinks(address string, e *entry) object {
	return object{"self": link(address, "GET", "PUT", "DELETE"), e.next(): link(address+"/lifecycle/"+e.next(), "POST")}
}

// next is the change of status that an object can go through.
func (e *entry) next() string {
	if e.active() {
		return "deactivate"
	}
	return "activate"
}
