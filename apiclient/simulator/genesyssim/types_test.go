package genesyssim_test

import (
	"net/http"
	"reflect"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDiscoveryUnderManySeeds(t *testing.T) {
	t.Parallel()
	ids := map[string]bool{}
	saw := map[string]bool{}
	for seed := range uint64(40) {
		o := newOrg(t, seed, 0)
		m := o.discover()
		ids[m.typeID] = true
		if regexp.MustCompile(`^[0-9a-f]{8}-`).MatchString(m.typeID) {
			t.Errorf("seed %d: the type's id is a GUID", seed)
		}
		for what, text := range map[string]string{
			"discovery": m.discoveryKey, "lifetime": m.lifetimeKey, "third": m.thirdKey,
			"credential": m.credentialKey, "id": m.idKey, "secret": m.secretKey,
		} {
			if text == "" {
				t.Errorf("seed %d: no %s key", seed, what)
			}
		}
		list := o.all("integrations/types?pageSize=100")
		saw["two pages"] = saw["two pages"] || len(list) > 100
		saw["one page"] = saw["one page"] || len(list) <= 100
		for _, kind := range list {
			if kind["nonInstallable"] == true {
				saw["look-alike"] = true
				o.refuses("400 constraint.validation", http.MethodPost, "integrations",
					object{"name": "x", "integrationType": object{"id": kind["id"]}})
			}
			if kind["id"] == m.typeID {
				_, full := kind["credentials"]
				saw["brief"] = saw["brief"] || !full
				saw["full"] = saw["full"] || full
				saw["other case"] = saw["other case"] || kind["name"] != "OpenID Connect Messenger Configuration"
				if kind["description"] != "oAuth configuration for Messenger deployments" || kind["category"] != "WebDeployments" {
					t.Errorf("seed %d: description %v, category %v", seed, kind["description"], kind["category"])
				}
			}
		}
		saw["lifetime required"] = saw["lifetime required"] || len(m.required) == 2
	}
	for _, what := range []string{"two pages", "one page", "look-alike", "brief", "full", "other case", "lifetime required"} {
		if !saw[what] {
			t.Errorf("no seed shows: %s", what)
		}
	}
	if len(ids) < 10 {
		t.Errorf("only %d type ids under 40 seeds", len(ids))
	}
}

func TestSeedsRepeat(t *testing.T) {
	t.Parallel()
	a, b, other := newOrg(t, 7, 0), newOrg(t, 7, 0), newOrg(t, 8, 0)
	if diff := cmp.Diff(a.discover(), b.discover(), cmp.AllowUnexported(messenger{})); diff != "" {
		t.Errorf("the same seed differs:\n%s", diff)
	}
	for _, path := range []string{"integrations", "webdeployments/configurations", "flows"} {
		if diff := cmp.Diff(a.all(path), b.all(path)); diff != "" {
			t.Errorf("%s: the same seed differs:\n%s", path, diff)
		}
	}
	if a.sim.ClientSecret() != b.sim.ClientSecret() || a.sim.ClientSecret() == other.sim.ClientSecret() {
		t.Error("the client's secret does not follow the seed")
	}
	x, y := a.discover(), other.discover()
	if x.typeID == y.typeID || reflect.DeepEqual(x, y) {
		t.Errorf("two seeds agree: %+v %+v", x, y)
	}
	m := a.discover()
	if one, two := a.must(http.MethodPost, "integrations", m.integration("x")), b.must(http.MethodPost, "integrations", m.integration("x")); one["id"] != two["id"] {
		t.Errorf("the first id made differs: %v %v", one["id"], two["id"])
	}
}

func TestTypeRefusals(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 1, 0)
	m := o.discover()
	o.refuses("404 not.found", http.MethodGet, "integrations/types/nothing", nil)
	o.refuses("404 not.found", http.MethodGet, "integrations/types/nothing/configschemas/properties", nil)
	o.refuses("400 invalid.value", http.MethodGet, "integrations/types/"+m.typeID+"/configschemas/other", nil)
	o.must(http.MethodGet, "integrations/types/"+m.typeID+"/configschemas/advanced", nil)
	for _, query := range []string{"pageSize=0", "pageSize=1000", "pageNumber=0", "pageSize=x"} {
		o.refuses("400 invalid.query.param.value", http.MethodGet, "integrations/types?"+query, nil)
	}
}
