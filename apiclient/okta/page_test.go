package okta

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

func TestAppsFollowsTheCursor(t *testing.T) {
	t.Parallel()
	c := org(
		t,
		exchange{
			want: "GET /api/v1/apps?includeNonDeleted=true&limit=100&q=a+b",
			link: []string{
				`<{org}/api/v1/apps?q=a+b&limit=100>; rel="self"`,
				`<{org}/api/v1/apps?q=a+b&limit=100&after=x%2F1>; rel="next"`,
			},
			answer: `[{"id":"1"}]`,
		},
		exchange{
			want:   "GET /api/v1/apps?after=x%2F1&limit=100&q=a+b",
			link:   []string{`<{org}/api/v1/apps?q=a+b&limit=100&after=x%2F1>; rel="self"`},
			answer: `[{"id":"2"},{"id":"3"}]`,
		},
	)
	apps, err := c.Apps(t.Context(), "a b")
	noError(t, err)
	same(t, apps, []App{{ID: "1"}, {ID: "2"}, {ID: "3"}})
}

func TestPagingStopsOnARepeatedCursor(t *testing.T) {
	t.Parallel()
	next := []string{`<{org}/api/v1/apps?includeNonDeleted=true&limit=100&after=1>; rel="next"`}
	c := org(
		t,
		exchange{want: "GET /api/v1/apps?includeNonDeleted=true&limit=100", link: next, answer: `[{"id":"1"}]`},
		exchange{want: "GET /api/v1/apps?after=1&includeNonDeleted=true&limit=100", link: next, answer: `[{"id":"2"}]`},
	)
	apps, err := c.Apps(t.Context(), "")
	noError(t, err)
	same(t, apps, []App{{ID: "1"}, {ID: "2"}})

	// A first page that points at itself is not read twice.
	c = org(t, exchange{
		want: "GET /api/v1/apps?includeNonDeleted=true&limit=100", link: []string{`<{org}/api/v1/apps?includeNonDeleted=true&limit=100>; rel="next"`}, answer: `[{"id":"1"}]`,
	})
	apps, err = c.Apps(t.Context(), "")
	noError(t, err)
	same(t, apps, []App{{ID: "1"}})
}

func TestPagingNeverLeavesTheHost(t *testing.T) {
	t.Parallel()
	var reached atomic.Int32
	thief := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	t.Cleanup(thief.Close)
	for name, next := range map[string]string{
		"another port":   thief.URL + "/api/v1/apps?after=1",
		"another name":   strings.Replace(thief.URL, "127.0.0.1", "localhost", 1) + "/api/v1/apps",
		"no scheme":      strings.TrimPrefix(thief.URL, "http:") + "/api/v1/apps",
		"user and host":  "http://acme.okta.com@" + strings.TrimPrefix(thief.URL, "http://") + "/",
		"another scheme": "javascript:alert(1)",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := org(t, exchange{
				want: "GET /api/v1/apps?includeNonDeleted=true&limit=100", link: []string{"<" + next + `>; rel="next"`}, answer: `[{"id":"1"}]`,
			})
			apps, err := c.Apps(t.Context(), "")
			malformed(t, err, "next page", "")
			if apps != nil {
				t.Errorf("half a list: %v", apps)
			}
			if reached.Load() > 0 {
				t.Error("the other host was asked")
			}
		})
	}
}

func TestPagingEnds(t *testing.T) {
	t.Parallel()
	var pages atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		pages.Add(1)
		after := r.URL.Query().Get("after") + "x"
		w.Header().Set("Link", `<http://`+r.Host+`/api/v1/trustedOrigins?after=`+after+`>; rel="next"`)
		w.Header().Set("Content-Type", "application/json")
		w.Write([]byte("[]")) //nolint:errcheck // the client reports it
	}))
	t.Cleanup(server.Close)
	_, err := client(t, server.URL).TrustedOrigins(t.Context())
	malformed(t, err, "listTrustedOrigins", "last page")
	if pages.Load() != maxPages {
		t.Errorf("%d pages, want %d", pages.Load(), maxPages)
	}
}

func TestNextLink(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		lines []string
		want  string
	}{
		"none":            {nil, ""},
		"only self":       {[]string{`<https://a/1>; rel="self"`}, ""},
		"second line":     {[]string{`<https://a/1>; rel="self"`, `<https://a/2>; rel="next"`}, "https://a/2"},
		"joined":          {[]string{`<https://a/1,x>; rel="self", <https://a/2,y>; rel="next"`}, "https://a/2,y"},
		"joined, first":   {[]string{`<https://a/2>; rel="next", <https://a/1>; rel="self"`}, "https://a/2"},
		"no quotes":       {[]string{`<https://a/2>;rel=next`}, "https://a/2"},
		"capitals":        {[]string{`<https://a/2>; REL="Next"`}, "https://a/2"},
		"other params":    {[]string{`<https://a/2>; title="x"; rel="next"`}, "https://a/2"},
		"two relations":   {[]string{`<https://a/2>; rel="last next"`}, "https://a/2"},
		"only looks next": {[]string{`<https://a/2>; rel="next-archive"`}, ""},
		"broken":          {[]string{`<https://a/2; rel="next"`, `nonsense`, ``}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := nextLink(test.lines); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
