package okta

import (
	"context"
	"strings"

	"msgsso-wizard/apiclient"
)

// maxPages ends a list whose cursors never repeat; at 100 a page it is far beyond any org's apps.
const maxPages = 500

// all sends req and follows the answers' rel="next" to the last page (contract okta.md 1.2).
// The next address is opaque, but it never leads to another host: the token goes with it. A cursor that
// comes again ends the list, or a looping server would hold the wizard for ever.
func all[W wire[T], T any](ctx context.Context, c *Client, req apiclient.Request) ([]T, error) {
	var found []T
	seen := map[string]bool{}
	for range maxPages {
		seen[req.Path+"?"+req.Query.Encode()] = true
		values, resp, err := page[W](ctx, c, req)
		if err != nil {
			return nil, err
		}
		found = append(found, values...)

		next := nextLink(resp.Header.Values("Link"))
		if next == "" {
			return found, nil
		}
		req.Path, req.Query, err = c.api.SameHost(next)
		if err != nil {
			return nil, err
		}
		if seen[req.Path+"?"+req.Query.Encode()] {
			return found, nil
		}
	}
	return nil, c.api.Missing(req, apiclient.Response{}, "the last page")
}

// page sends req and turns one answer's elements into Ts.
func page[W wire[T], T any](ctx context.Context, c *Client, req apiclient.Request) ([]T, apiclient.Response, error) {
	var answer []W
	resp, err := c.api.Do(ctx, req, &answer)
	if err != nil {
		return nil, resp, err
	}
	values := make([]T, 0, len(answer))
	for _, element := range answer {
		v, missing := element.value()
		if missing != "" {
			return nil, resp, c.api.Missing(req, resp, missing)
		}
		values = append(values, v)
	}
	return values, resp, nil
}

// nextLink returns the target of rel="next" (RFC 8288), or nothing on the last page. Okta sends one Link
// line for each relation; a proxy may have joined them.
func nextLink(lines []string) string {
	for _, line := range lines {
		for {
			_, rest, ok := strings.Cut(line, "<")
			if !ok {
				break
			}
			target, rest, ok := strings.Cut(rest, ">")
			if !ok {
				break
			}
			params, _, _ := strings.Cut(rest, "<")
			if isNext(params) {
				return target
			}
			line = rest
		}
	}
	return ""
}

// isNext reports whether a link's parameters, such as `; rel="next"`, name the next page.
func isNext(params string) bool {
	for param := range strings.FieldsFuncSeq(params, func(r rune) bool { return r == ';' || r == ',' }) {
		name, value, _ := strings.Cut(strings.TrimSpace(param), "=")
		if !strings.EqualFold(strings.TrimSpace(name), "rel") {
			continue
		}
		for relation := range strings.FieldsSeq(strings.Trim(strings.TrimSpace(value), `"`)) {
			if strings.EqualFold(relation, "next") {
				return true
			}
		}
	}
	return false
}
