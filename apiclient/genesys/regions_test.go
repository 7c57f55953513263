package genesys

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestRegionsAreTheContracts(t *testing.T) {
	t.Parallel()
	var rows []struct{ Name, AWSRegion, Domain, API, Login, Apps, APICDN, Environment string }
	ok(t, json.Unmarshal(contract(t, "genesys-regions.json"), &rows))
	byDomain := map[string]Region{}
	for _, r := range Regions() {
		byDomain[r.Domain] = r
	}
	if len(byDomain) != len(rows) {
		t.Errorf("%d regions, the contract has %d", len(byDomain), len(rows))
	}
	for _, row := range rows {
		got := byDomain[row.Domain]
		if !strings.Contains(row.Name, got.Place) || got.Place == "" {
			t.Errorf("%s: place is %q, the contract says %q", row.Domain, got.Place, row.Name)
		}
		same(t, got, Region{
			Domain: row.Domain, Place: got.Place, AWS: row.AWSRegion, Environment: row.Environment,
			API: row.API, Login: row.Login, Apps: row.Apps, CDN: row.APICDN,
		})
	}
}

func TestRegionsFindThemselves(t *testing.T) {
	t.Parallel()
	if got := len(Regions()); got != 18 {
		t.Fatalf("%d regions", got)
	}
	for _, want := range Regions() {
		inputs := []string{want.Domain, want.AWS, want.Environment, want.Place, want.API, want.Login, want.Apps, want.CDN, strings.ToUpper(want.Domain)}
		for _, input := range inputs {
			got, note, err := ParseRegion(input)
			if err != nil || note != "" {
				t.Errorf("%q: %q, %v", input, note, err)
			}
			same(t, got, want)
		}
	}
}
