package genesyssim

import (
	"cmp"
	"encoding/base64"
	"net/url"
	"strconv"
)

// Page sizes of lists whose pages have numbers (contract genesys.md 1.2 and 6).
const (
	defaultPage = 25
	largestPage = 999
)

// number reads a whole number from the query, within 1..most.
func (c *call) number(name string, fallback, most int) (int, error) {
	text := c.query(name)
	if text == "" {
		return fallback, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > most {
		return 0, refuse("invalid.query.param.value", text, name, "1.."+strconv.Itoa(most))
	}
	return n, nil
}

// link is the request's own path with a part of its query replaced.
func (c *call) link(name, value string, drop ...string) string {
	query := c.r.URL.Query()
	for _, other := range drop {
		query.Del(other)
	}
	query.Set(name, value)
	return (&url.URL{Path: c.r.URL.Path, RawQuery: query.Encode()}).String()
}

// paged cuts a list; only what is on the page is rendered. Its pages have numbers, or else cursors and at most so many
// objects (contract genesys.md 2.1).
func paged[T any](c *call, cursors int, all []T, render func(T) object) (any, error) {
	size, err := c.number("pageSize", cmp.Or(cursors, defaultPage), cmp.Or(cursors, largestPage))
	if err != nil {
		return nil, err
	}
	out := object{"total": len(all), "selfUri": c.r.URL.RequestURI()}
	var from int
	var next, previous string
	if cursors > 0 {
		from, err = c.cursor(size)
		next, previous = c.link("after", cursor(from+size), "before"), c.link("before", cursor(from), "after")
	} else {
		var page int
		page, err = c.number("pageNumber", 1, largestPage)
		from = (page - 1) * size
		next, previous = c.link("pageNumber", strconv.Itoa(page+1)), c.link("pageNumber", strconv.Itoa(page-1))
		out["pageSize"], out["pageNumber"], out["pageCount"] = size, page, (len(all)+size-1)/size
	}
	if err != nil {
		return nil, err
	}
	out["entities"] = rendered(all, from, size, render)
	if from+size < len(all) {
		out["nextUri"] = next
	}
	if from > 0 {
		out["previousUri"] = previous
	}
	return out, nil
}

// cursor says where a page begins, or ends.
func cursor(at int) string { return base64.RawURLEncoding.EncodeToString([]byte(strconv.Itoa(at))) }

// cursor reads where the wanted page begins.
func (c *call) cursor(size int) (int, error) {
	for name, back := range map[string]int{"after": 0, "before": size} {
		if text := c.query(name); text != "" {
			raw, _ := base64.RawURLEncoding.DecodeString(text)
			at, err := strconv.Atoi(string(raw))
			if err != nil {
				return 0, refuse("invalid.query.param.value", text, name, "a cursor of an earlier answer")
			}
			return max(at-back, 0), nil
		}
	}
	return 0, nil
}

// unpaged gives the whole list.
func unpaged[T any](c *call, all []T, render func(T) object) (any, error) {
	return object{"entities": rendered(all, 0, len(all), render), "total": len(all), "selfUri": c.r.URL.Path}, nil
}

// rendered are so many objects of a list, from a place on.
func rendered[T any](all []T, from, size int, render func(T) object) []object {
	all = all[min(max(from, 0), len(all)):]
	out := make([]object, 0, min(size, len(all)))
	for _, one := range all[:min(size, len(all))] {
		out = append(out, render(one))
	}
	return out
}
