package genesyssim_test

import (
	"fmt"
	"net/http"
	"testing"
)

func TestNumberedPages(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 1, 0)
	first := o.must(http.MethodGet, "flows?pageSize=2", nil)
	if first["total"] != 5.0 || first["pageCount"] != 3.0 || first["previousUri"] != nil {
		t.Errorf("first: %v", first)
	}
	if got, want := first["nextUri"], "/api/v2/flows?pageNumber=2&pageSize=2"; got != want {
		t.Errorf("nextUri %v, want %s", got, want)
	}
	last := o.must(http.MethodGet, "flows?pageSize=2&pageNumber=3", nil)
	if len(last["entities"].([]any)) != 1 || last["nextUri"] != nil {
		t.Errorf("last: %v", last)
	}
	beyond := o.must(http.MethodGet, "flows?pageSize=2&pageNumber=4", nil)
	if got := beyond["entities"].([]any); len(got) != 0 {
		t.Errorf("beyond: %v", got)
	}
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
	if len(list) != 7 || len(seen) != 7 {
		t.Errorf("walked %d, %d different", len(list), len(seen))
	}
	whole := o.must(http.MethodGet, configurations, nil)
	if whole["nextUri"] != nil || len(whole["entities"].([]any)) != 7 || whole["pageNumber"] != nil {
		t.Errorf("one page: %v", whole)
	}
	second := o.must(http.MethodGet, o.must(http.MethodGet, configurations+"?pageSize=3", nil)["nextUri"].(string), nil)
	back := o.must(http.MethodGet, second["previousUri"].(string), nil)
	if back["entities"].([]any)[0].(object)["id"] != list[0]["id"] {
		t.Errorf("previousUri leads to %v", back["entities"])
	}
	for path, most := range map[string]int{configurations: 300, "integrations/credentials/listing": 200} {
		for _, query := range []string{"after=x", "before=x", "pageSize=0", fmt.Sprint("pageSize=", most+1)} {
			o.refuses("400 invalid.query.param.value", http.MethodGet, path+"?"+query, nil)
		}
		o.must(http.MethodGet, path+fmt.Sprint("?pageSize=", most), nil)
	}
	m := o.discover()
	o.must(http.MethodPost, "integrations/credentials", m.credential("s"))
	if got := o.all("integrations/credentials/listing?pageSize=1"); len(got) != 2 || got[1]["name"] != "Integration-x" {
		t.Errorf("credentials: %v", got)
	}
}
