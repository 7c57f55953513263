package genesyssim

import (
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
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
	from, to := min((number-1)*size, len(all)), min(number*size, len(all))
	out := object{
		"entities": rendered(all[from:to], render),
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

// cursored cuts a list by pageSize, after and before, the paging of web deployments (contract genesys.md 2.1).
func cursored[T any](most int) func(*call, []T, func(T) object) (object, error) {
	return func(c *call, all []T, render func(T) object) (object, error) {
		size, err := c.number("pageSize", most, most)
		if err != nil {
			return nil, err
		}
		from, err := c.start(size)
		if err != nil {
			return nil, err
		}
		from = min(max(from, 0), len(all))
		to := min(from+size, len(all))
		out := object{"entities": rendered(all[from:to], render), "total": len(all), "selfUri": c.link(nil)}
		width := strconv.Itoa(size)
		if to < len(all) {
			out["nextUri"] = c.link(map[string]string{"pageSize": width, "after": cursor(to)}, "before")
		}
		if from > 0 {
			out["previousUri"] = c.link(map[string]string{"pageSize": width, "before": cursor(from)}, "after")
		}
		return out, nil
	}
}

// start is where the page begins that the cursors name.
func (c *call) start(size int) (int, error) {
	if after := c.query("after"); after != "" {
		return openCursor("after", after)
	}
	if before := c.query("before"); before != "" {
		end, err := openCursor("before", before)
		return end - size, err
	}
	return 0, nil
}

// unpaged gives the whole list.
func unpaged[T any](c *call, all []T, render func(T) object) (object, error) {
	return object{"entities": rendered(all, render), "total": len(all), "selfUri": c.r.URL.Path}, nil
}

func rendered[T any](list []T, render func(T) object) []object {
	out := make([]object, 0, len(list))
	for _, one := range list {
		out = append(out, render(one))
	}
	return out
}

func cursor(at int) string {
	return base64.RawURLEncoding.EncodeToString([]byte("at:" + strconv.Itoa(at)))
}

func openCursor(name, text string) (int, error) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	at, ok := strings.CutPrefix(string(raw), "at:")
	n, convErr := strconv.Atoi(at)
	if err != nil || !ok || convErr != nil {
		return 0, refuse("invalid.query.param.value", text, name, "a cursor of an earlier answer")
	}
	return n, nil
}
