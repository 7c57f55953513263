package genesyssim_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

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
