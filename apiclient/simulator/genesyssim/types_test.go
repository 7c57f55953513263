package genesyssim_test

import (
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/genesyssim"
)

func TestDiscoveryUnderManySeeds(t *testing.T) {
	t.Parallel()
	ids := map[string]bool{}
	saw := map[string]bool{}
	for seed := range uint64(40) {
		o := newOrg(t, seed, 0)
		m := o.discover()
		ids[m.Type] = true
		assert.Check(t, !regexp.MustCompile(`^[0-9a-f]{8}-`).MatchString(m.Type),
			"seed %d: the type's id is a GUID", seed)
		for what, text := range map[string]string{
			"discovery": m.Discovery, "lifetime": m.Lifetime, "third": m.Implicit,
			"credential": m.Slot, "id": m.IDField, "secret": m.SecretField,
		} {
			assert.Check(t, text != "", "seed %d: no %s key", seed, what)
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
			if kind["id"] == m.Type {
				_, full := kind["credentials"]
				saw["brief"] = saw["brief"] || !full
				saw["full"] = saw["full"] || full
				saw["other case"] = saw["other case"] || kind["name"] != "OpenID Connect Messenger Configuration"
				if kind["description"] != "oAuth configuration for Messenger deployments" || kind["category"] != "WebDeployments" {
					t.Errorf("seed %d: description %v, category %v", seed, kind["description"], kind["category"])
				}
			}
		}
		saw["lifetime required"] = saw["lifetime required"] || len(o.must(http.MethodGet, "integrations/types/"+m.Type+"/configschemas/properties", nil)["required"].([]any)) == 2
	}
	for _, what := range []string{"two pages", "one page", "look-alike", "brief", "full", "other case", "lifetime required"} {
		assert.Check(t, saw[what], "no seed shows: %s", what)
	}
	assert.Check(t, len(ids) >= 10, "only %d type ids under 40 seeds", len(ids))
}

func TestSeedsRepeat(t *testing.T) {
	t.Parallel()
	a, b, other := newOrg(t, 7, 0), newOrg(t, 7, 0), newOrg(t, 8, 0)
	assert.Check(t, is.Equal(b.discover(), a.discover()),
		"the same seed differs")
	for _, path := range []string{"integrations", "webdeployments/configurations", "flows"} {
		assert.Check(t, is.DeepEqual(b.all(path), a.all(path)), "%s: the same seed differs", path)
	}
	assert.Check(t, a.sim.ClientSecret() == b.sim.ClientSecret() && a.sim.ClientSecret() != other.sim.ClientSecret(),
		"the client's secret does not follow the seed")
	x, y := a.discover(), other.discover()
	assert.Check(t, x.Type != y.Type && !reflect.DeepEqual(x, y), "two seeds agree: %+v %+v", x, y)
	m := a.discover()
	one, two := a.must(http.MethodPost, "integrations", m.integration("x")), b.must(http.MethodPost, "integrations", m.integration("x"))
	assert.Check(t, one["id"] == two["id"], "the first id made differs: %v %v", one["id"], two["id"])
}

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

// TestUnusualSeeds shows each trait of the unusual types under the first twelve of their seeds. An integration of the type
// was added in the console, whose URL names the type.
func TestUnusualSeeds(t *testing.T) {
	t.Parallel()
	saw := map[string]bool{}
	for seed := range uint64(12) {
		o := newOrg(t, 1300+seed, 0)
		all := o.all("integrations")
		i := slices.IndexFunc(all, func(i object) bool { return i["name"] == "Chat sign-in" })
		assert.Assert(t, i >= 0, "seed %d: no integration was added in the console", seed)
		id := all[i]["integrationType"].(object)["id"].(string)
		kind := o.must(http.MethodGet, "integrations/types/"+id, nil)
		schema := o.must(http.MethodGet, "integrations/types/"+id+"/configschemas/properties", nil)
		properties, titles := schema["properties"].(object), map[string]bool{}
		for _, key := range schema["required"].([]any) {
			p := properties[key.(string)].(object)
			titles[p["title"].(string)] = true
			saw["required "+p["type"].(string)] = true
			saw["required enum"] = saw["required enum"] || p["enum"] != nil
			saw["required with limits"] = saw["required with limits"] || p["minimum"] != nil
			assert.Check(t, p["default"] == nil, "seed %d: %s has a default", seed, key)
			saw["keys that say nothing"] = saw["keys that say nothing"] || strings.HasPrefix(key.(string), "setting")
		}
		assert.Check(t, titles["Discovery URI"] && titles["Max Refresh Token Lifetime"] && len(titles) > 2, "seed %d: %v", seed, titles)
		named := 0
		for _, other := range o.all("integrations/types?pageSize=100") {
			if other["name"] == kind["name"] && other["nonInstallable"] != true {
				named++
			}
		}
		saw["several candidates"] = saw["several candidates"] || named > 1
		saw["another name"] = saw["another name"] || !strings.Contains(strings.ToLower(kind["name"].(string)), "openid")
		saw["another category"] = saw["another category"] || kind["category"] != "WebDeployments"
		saw["several credentials"] = saw["several credentials"] || len(kind["credentials"].(object)) > 1
		for _, spec := range kind["credentials"].(object) {
			fields := o.named("integrations/credentials/types", spec.(object)["credentialTypes"].([]any)[0].(string))
			saw["three fields"] = saw["three fields"] || len(fields["required"].([]any)) > 2
			for name, field := range fields["properties"].(object) {
				title, _ := field.(object)["title"].(string)
				saw["fields known by title"] = saw["fields known by title"] || title == "Client ID" && name != title
				saw["a field known by format"] = saw["a field known by format"] || field.(object)["format"] == "password"
			}
		}
	}
	for _, want := range []string{
		"required integer", "required boolean", "required string", "required array", "required enum", "required with limits", "keys that say nothing",
		"several candidates", "another name", "another category", "several credentials", "three fields", "fields known by title", "a field known by format",
	} {
		assert.Check(t, saw[want], "no seed shows: %s", want)
	}
}

func TestEmptyNotes(t *testing.T) {
	t.Parallel()
	saw := map[any]bool{}
	for seed := range uint64(10) {
		o := newOrg(t, seed, 0)
		id := o.named("integrations", "CRM data actions")["id"].(string)
		saw[o.must(http.MethodGet, "integrations/"+id+"/config/current", nil)["notes"]] = true
	}
	assert.Check(t, len(saw) == 2 && saw[""] && saw["node_dynamodb_empty_string"], "empty notes read back as %v", saw)
}

func TestNoMessengerLicense(t *testing.T) {
	t.Parallel()
	for seed := range uint64(12) {
		o := newOrg(t, seed, 0, genesyssim.Options{NoMessengerLicense: true})
		for _, kind := range o.all("integrations/types?pageSize=100") {
			if kind["description"] == "oAuth configuration for Messenger deployments" && kind["nonInstallable"] != true {
				t.Errorf("seed %d: the type is there: %v", seed, kind["id"])
			}
		}
		id := newOrg(t, seed, 0).discover().Type
		o.refuses("404 not.found", http.MethodGet, "integrations/types/"+id, nil)
		o.refuses("400 constraint.validation", http.MethodPost, "integrations", object{"name": "x", "integrationType": object{"id": id}})
	}
}
