package okta

import (
	"context"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
)

// most asks for as many elements as a page of most lists may have.
var most = url.Values{"limit": {"200"}}

// all sends req and follows the answers' rel="next" to the last page (contract okta.md 1.2). A list that does not
// come to an end is an apiclient.ErrIncompleteList.
func all[T any](ctx context.Context, c *Client, req apiclient.Request) ([]T, error) {
	var found []T
	read := func(req apiclient.Request) (next string, err error) {
		values, resp, err := page[T](ctx, c, req)
		found = append(found, values...)
		return nextLink(resp.Header.Values("Link")), err
	}
	if err := c.api.Pages(req, read, follow); err != nil {
		return nil, err
	}
	return found, nil
}

// follow makes the request for a next page, whose address is opaque.
func follow(req apiclient.Request, next *url.URL) (apiclient.Request, bool) {
	req.Path, req.Query = next.EscapedPath(), next.Query()
	return req, true
}

// page sends req and reads one answer's elements.
func page[T any](ctx context.Context, c *Client, req apiclient.Request) ([]T, apiclient.Response, error) {
	var answer []T
	resp, err := c.api.Do(ctx, req, &answer)
	if err != nil {
		return nil, resp, err
	}
	return answer, resp, nil
}

// link is a target in a Link header, and its parameters (RFC 8288).
var link = regexp.MustCompile(`<([^>]*)>([^<]*)`)

// nextLink returns the target of rel="next", or nothing on the last page. Okta sends one Link line for each relation; a
// proxy may have joined them.
func nextLink(lines []string) string {
	for _, line := range lines {
		for _, found := range link.FindAllStringSubmatch(line, -1) {
			if isNext(found[2]) {
				return found[1]
			}
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
		relations := strings.Fields(strings.Trim(strings.TrimSpace(value), `"`))
		if slices.ContainsFunc(relations, func(r string) bool { return strings.EqualFold(r, "next") }) {
			return true
		}
	}
	return false
}
