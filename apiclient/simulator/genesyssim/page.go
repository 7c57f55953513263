package genesyssim

import (
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

// link is the request's own path with some of its query replaced.
func (c *call) link(changes map[string]string, drop ...string) string {
	query := c.r.URL.Query()
	for _, name := range drop {
		query.Del(name)
	}
	for name, value := range changes {
		query.Set(name, value)
	}
	return (&url.URL{Path: c.r.URL.Path, RawQuery: query.Encode()}).String()
}

// numbered cuts a list by pageSize and pageNumber, the usual paging. Only what is on the page is rendered.
func numbered[T any](c *call, all []T, render func(T) object) (object, error) {
	size, err := c.number("pageSize", defaultPage, largestPage)
	if err != nil {
		return nil, err
	}
	number, err := c.number("pageNumber", 1, largestPage)
	if err != nil {
		return nil, err
	}
	pages := (len(all) + size - 1) / size
	uri := func(n int) string {
		return c.link(map[string]string{"pageSize": strconv.Itoa(size), "pageNumber": strconv.Itoa(n)})
	}
	out := object{
		"entities": rendered(all, (number-1)*size, size, render),
		"pageSize": size, "pageNumber": number, "pageCount": pages, "total": len(all),
		"selfUri": uri(number), "firstUri": uri(1), "lastUri": uri(max(pages, 1)),
	}
	if number < pages {
		out["nextUri"] = uri(number + 1)
	}
	if number > 1 {
		out["previousUri"] = uri(number - 1)
	}
	return out, nil
}

// cursored cuts a list by pageSize, after and before, the paging of web deployments (contract genesys.md 2.1). A cursor
// says where a page begins, or ends.
func cursored[T any](c *call, most int, all []T, render func(T) object) (object, error) {
	size, err := c.number("pageSize", most, most)
	if err != nil {
		return nil, err
	}
	from, end := 0, 0
	for name, at := range map[string]*int{"before": &end, "after": &from} {
		if cursor := c.query(name); cursor != "" {
			raw, _ := base64.RawURLEncoding.DecodeString(cursor)
			if *at, err = strconv.Atoi(string(raw)); err != nil {
				return nil, refuse("invalid.query.param.value", cursor, name, "a cursor of an earlier answer")
			}
		}
	}
	if end > 0 && from == 0 {
		from = max(end-size, 0)
	}
	uri := func(name string, at int, other string) string {
		cursor := base64.RawURLEncoding.EncodeToString([]byte(strconv.Itoa(at)))
		return c.link(map[string]string{"pageSize": strconv.Itoa(size), name: cursor}, other)
	}
	out := object{"entities": rendered(all, from, size, render), "total": len(all), "selfUri": c.link(nil)}
	if from+size < len(all) {
		out["nextUri"] = uri("after", from+size, "before")
	}
	if from > 0 {
		out["previousUri"] = uri("before", from, "after")
	}
	return out, nil
}

// unpaged gives the whole list.
func unpaged[T any](c *call, all []T, render func(T) object) (object, error) {
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
