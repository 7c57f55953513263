package oktasim

import (
	"net/url"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestManyGroups(t *testing.T) {
	t.Parallel()
	const many, seeded = 3000, 6
	o := start(t, Options{Groups: many})
	all := "/api/v1/groups?limit=200&filter=" + url.QueryEscape(`type eq "OKTA_GROUP" or type eq "BUILT_IN"`)
	total, pages := 0, 0
	for at := all; at != ""; pages++ {
		a := o.do("GET", at, nil).want(t, "200")
		total, at = total+len(a.column("id")), a.next()
	}
	assert.Check(t, total == many+seeded && pages == 16, "%d groups on %d pages", total, pages)
	assert.Check(t, is.DeepEqual(o.do("GET", "/api/v1/groups?q=group+299", nil).column("profile.name"), []string{"Group 2990", "Group 2991", "Group 2992", "Group 2993", "Group 2994", "Group 2995", "Group 2996", "Group 2997", "Group 2998", "Group 2999"}))
	a := o.do("GET", "/api/v1/groups?q=Group", nil).want(t, "200")
	if n := len(a.column("id")); n != 300 || a.next() != "" {
		t.Errorf("a search gives %d groups, then %q", n, a.next())
	}
}
