package genesys

import (
	"encoding/json"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestRegionsAreTheContracts(t *testing.T) {
	t.Parallel()
	var rows []struct{ Name, AWSRegion, Domain, API, Login, Apps, APICDN, Environment string }
	assert.NilError(t, json.Unmarshal(contract(t, "genesys-regions.json"), &rows))
	byDomain := map[string]Region{}
	for _, r := range Regions() {
		byDomain[r.Domain] = r
	}
	assert.Check(t, is.Len(byDomain, len(rows)))
	for _, row := range rows {
		got := byDomain[row.Domain]
		assert.Check(t, strings.Contains(row.Name, got.Place) && got.Place != "",
			"%s: place is %q, the contract says %q", row.Domain, got.Place, row.Name)
		assert.Check(t, is.DeepEqual(got, Region{
			Domain: row.Domain, Place: got.Place, AWS: row.AWSRegion, Environment: row.Environment,
			API: row.API, Login: row.Login, Apps: row.Apps, CDN: row.APICDN,
		}))
	}
}

func TestRegionsFindThemselves(t *testing.T) {
	t.Parallel()
	assert.Equal(t, len(Regions()), 18)
	for _, want := range Regions() {
		inputs := []string{want.Domain, want.AWS, want.Environment, want.Place, want.API, want.Login, want.Apps, want.CDN, strings.ToUpper(want.Domain)}
		for _, input := range inputs {
			got, note, err := ParseRegion(input)
			assert.Check(t, err == nil && note == "", "%q: %q, %v", input, note, err)
			assert.Check(t, is.DeepEqual(got, want))
		}
	}
}
