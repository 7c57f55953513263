package okta

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
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
	assert.NilError(t, err)
	same(t, apps, []App{{ID: "1"}, {ID: "2"}, {ID: "3"}})
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
		"no last quote":   {[]string{`<https://a/2>; rel="next`}, "https://a/2"},
		"comma":           {[]string{`<https://a/2>,rel="next"`}, "https://a/2"},
		"nothing between": {[]string{`<https://a/2>rel="next"`}, "https://a/2"},
		"in a title":      {[]string{`<https://a/2>; title="a rel=next b"; rel="self"`}, ""},
		"broken":          {[]string{`<https://a/2; rel="next"`, `nonsense`, ``}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Check(t, is.Equal(nextLink(test.lines), test.want))
		})
	}
}
