package genesyssim_test

import (
	"fmt"
	"net/http"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestNumberedPages(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 1, 0)
	first := o.must(http.MethodGet, "flows?pageSize=2", nil)
	assert.Check(t, first["total"] == 5.0 && first["pageCount"] == 3.0 && first["previousUri"] == nil,
		"first: %v", first)
	got, want := first["nextUri"], "/api/v2/flows?pageNumber=2&pageSize=2"
	assert.Check(t, got == want, "nextUri %v, want %s", got, want)
	last := o.must(http.MethodGet, "flows?pageSize=2&pageNumber=3", nil)
	assert.Check(t, len(last["entities"].([]any)) == 1 && last["nextUri"] == nil, "last: %v", last)
	assert.Check(t, o.must(http.MethodGet, "flows?pageSize=5", nil)["nextUri"] == nil, "a page that is just full is the last")
	beyond := o.must(http.MethodGet, "flows?pageSize=2&pageNumber=4", nil)
	assert.Check(t, is.Len(beyond["entities"].([]any), 0), "beyond")
	if got := len(o.all("integrations/types?pageSize=10")); got != int(o.must(http.MethodGet, "integrations/types", nil)["total"].(float64)) {
		t.Errorf("walked %d", got)
	}
}

func TestCursors(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 1, 0)
	for n := range 5 {
		o.must(http.MethodPost, configurations, object{"name": fmt.Sprintf("Number %d", n)})
	}
	seen := map[any]bool{}
	list := o.all(configurations + "?pageSize=3")
	for _, one := range list {
		seen[one["id"]] = true
	}
	assert.Check(t, len(list) == 7 && len(seen) == 7, "walked %d, %d different", len(list), len(seen))
	whole := o.must(http.MethodGet, configurations, nil)
	assert.Check(t, whole["nextUri"] == nil && len(whole["entities"].([]any)) == 7 && whole["pageNumber"] == nil,
		"one page: %v", whole)
	second := o.must(http.MethodGet, o.must(http.MethodGet, configurations+"?pageSize=3", nil)["nextUri"].(string), nil)
	back := o.must(http.MethodGet, second["previousUri"].(string), nil)
	assert.Check(t, back["entities"].([]any)[0].(object)["id"] == list[0]["id"],
		"previousUri leads to %v", back["entities"])
	for path, most := range map[string]int{configurations: 300, "integrations/credentials/listing": 200} {
		for _, query := range []string{"after=x", "before=x", "pageSize=0", fmt.Sprint("pageSize=", most+1)} {
			o.refuses("400 invalid.query.param.value", http.MethodGet, path+"?"+query, nil)
		}
		o.must(http.MethodGet, path+fmt.Sprint("?pageSize=", most), nil)
	}
	m := o.discover()
	o.must(http.MethodPost, "integrations/credentials", m.credential("s"))
	got := o.all("integrations/credentials/listing?pageSize=1")
	assert.Check(t, len(got) == 2 && got[1]["name"] == "Integration-x", "credentials: %v", got)
}
