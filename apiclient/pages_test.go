package apiclient

import (
	"errors"
	"net/url"
	"strconv"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// followed is a list of two pages, the second of which is at next. It returns what the second page was asked for with.
func followed(t *testing.T, next string) (string, error) {
	t.Helper()
	var asked []string
	err := client(t, "https://acme.okta.com", nil).Pages(get, func(req Request) (string, error) {
		if asked = append(asked, req.Path+"?"+req.Query.Encode()); len(asked) == 2 {
			return "", nil
		}
		return next, nil
	}, func(req Request, u *url.URL) (Request, bool) {
		req.Path, req.Query = u.EscapedPath(), u.Query()
		return req, true
	})
	return asked[len(asked)-1], err
}

func TestPagesStayOnHost(t *testing.T) {
	t.Parallel()
	for next, want := range map[string]string{
		"https://acme.okta.com/api/v1/apps?after=a%20b": "/api/v1/apps?after=a+b",
		"https://ACME.okta.com:443/x%2Fy":               "/x%2Fy?",
		"/api/v2/things?pageNumber=2":                   "/api/v2/things?pageNumber=2",
		"https://evil.test/api/v1/apps":                 "",
		"//evil.test/api":                               "",
		"http://acme.okta.com/api":                      "",
		"https://acme.okta.com:8443/api":                "",
		"https://acme.okta.com@evil.test/":              "",
		"https://me@acme.okta.com/":                     "",
		"javascript:alert(1)":                           "",
		"/a?b=%zz":                                      "",
		"https://acme.okta.com.evil.test/":              "",
	} {
		got, err := followed(t, next)
		switch e, _ := AsError(err); {
		case want == "" && (!errors.Is(err, ErrIncompleteList) || e.Op != get.Op || e.Host != "acme.okta.com" || got != "/things/1?after=canary-query"):
			t.Errorf("%s: %v, after %s", next, err, got)
		case want != "" && (err != nil || got != want):
			t.Errorf("%s: asked for %s, %v", next, got, err)
		}
	}
}

func TestPagesEnd(t *testing.T) {
	t.Parallel()
	c := client(t, "https://acme.okta.com", nil)
	noMore := func(req Request, _ *url.URL) (Request, bool) { return req, false }
	assert.Check(t, c.Pages(get, func(Request) (string, error) { return "/things/1", nil }, noMore))
	refused := errors.New("refused")
	assert.Check(t, is.ErrorIs(c.Pages(get, func(Request) (string, error) { return "/x", refused }, noMore), refused))
}

func TestPagesThatDoNotEnd(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		next func(page int) string
		why  string
		read int
	}{
		"the first page is its own next page": {func(int) string { return get.Path + "?" + get.Query.Encode() }, "read already", 1},
		"a page comes round again":            {func(int) string { return "/x?after=1" }, "read already", 2},
		"two pages take turns":                {func(page int) string { return "/x?after=" + strconv.Itoa(page%2) }, "read already", 3},
		"they go on":                          {func(page int) string { return "/x?after=" + strconv.Itoa(page) }, "500 pages", 500},
	} {
		pages := 0
		err := client(t, "https://acme.okta.com", nil).Pages(get, func(Request) (string, error) {
			pages++
			return tt.next(pages), nil
		}, func(req Request, u *url.URL) (Request, bool) {
			req.Path, req.Query = u.EscapedPath(), u.Query()
			return req, true
		})
		assert.Check(t, is.ErrorIs(err, ErrIncompleteList), name)
		assert.Check(t, is.ErrorContains(err, tt.why), name)
		assert.Check(t, is.Equal(pages, tt.read), name)
	}
}
