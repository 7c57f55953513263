package genesyssim_test

import (
	"net/http"
	"slices"
	"testing"

	"gotest.tools/v3/assert"
)

func TestOnePublishedMessageFlow(t *testing.T) {
	t.Parallel()
	for seed := range uint64(10) {
		o := newOrg(t, seed, 0)
		var names, published []string
		for _, f := range o.all("flows?type=inboundshortmessage&sortBy=name&pageSize=1") {
			names = append(names, f["name"].(string))
			if f["publishedVersion"] != nil {
				published = append(published, f["name"].(string))
			}
		}
		if len(names) != 2 || names[0] != "Draft chat" || len(published) != 1 || published[0] != "Web chat" {
			t.Errorf("seed %d: %v, published %v", seed, names, published)
		}
	}
}

func TestFlowRefusals(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 1, 0)
	o.refuses("400 architect.invalid.flow.type", http.MethodGet, "flows?type=nothing", nil)
	o.refuses("400 architect.invalid.flow.type", http.MethodGet, "flows?type=inboundcall&type=nothing", nil)
	o.refuses("404 architect.flow.not.found", http.MethodGet, "flows/none", nil)
	got := o.must(http.MethodGet, "flows/"+o.webChat(), nil)["name"]
	assert.Check(t, got == "Web chat", "name %v", got)
}

// Types may be repeated or set off by commas, which is what the vendor's own SDK does.
func TestFlowsOfSeveralTypes(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 1, 0)
	for _, query := range []string{"type=inboundcall,inboundemail", "type=INBOUNDCALL&type=INBOUNDEMAIL"} {
		var names []string
		for _, f := range o.all("flows?sortBy=name&" + query) {
			names = append(names, f["name"].(string))
		}
		assert.Check(t, slices.Equal(names, []string{"Main line", "Service mailbox"}), "%s: %v", query, names)
	}
}
