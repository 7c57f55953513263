package genesys

import (
	"encoding/json"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/testkit/cases"
	"msgsso-wizard/apiclient/testkit/contract"
)

func TestParseRegion(t *testing.T) {
	t.Parallel()
	cases.Check(t, "regions.txt", func(in ...string) string {
		got, note, err := ParseRegion(in[0])
		if err != nil {
			assert.Check(t, !strings.Contains(err.Error(), "hun") && !strings.ContainsRune(err.Error(), '\u202e'), "%q: the error repeats what it must not: %v", in, err)
			return "✗ " + err.Error()
		}
		return got.Domain + " " + note
	})
	_, _, err := ParseRegion(strings.Repeat("a", 3000))
	assert.Check(t, is.ErrorContains(err, "too long"))
}

func TestRegionOfLoopbackHasOneBase(t *testing.T) {
	t.Parallel()
	got, _, err := ParseRegion("http://LOCALHOST:1234/somewhere")
	assert.NilError(t, err)
	base := "http://localhost:1234"
	assert.Check(t, is.DeepEqual(got, Region{Domain: "localhost:1234", API: base, Login: base, Apps: base, CDN: base}))
}

func FuzzParseRegion(f *testing.F) {
	for _, seed := range []string{"mypurecloud.de", "http://[::1%25x]:1", "user@host", "\x00", "%", "prod_eu_west_2", "US East (N. Virginia)", "mypurecloud.dee", "https//mypurecloud.de", "mypurecloud.de.evil.test"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, input string) {
		region, _, err := ParseRegion(input)
		assert.Check(t, is.Equal((err == nil), (region.Domain != "")), "%q: %+v, %v", input, region, err)
		if err == nil {
			if _, err := New(Config{Region: region}); err != nil {
				t.Errorf("%q: a region that can't be used: %v", input, err)
			}
		}
	})
}

func TestRegionsAreTheContracts(t *testing.T) {
	t.Parallel()
	var rows []struct{ Name, AWSRegion, Domain, API, Login, Apps, APICDN, Environment string }
	assert.NilError(t, json.Unmarshal(contract.Read(t, "genesys-regions.json"), &rows))
	byDomain := map[string]Region{}
	for _, r := range Regions() {
		byDomain[r.Domain] = r
	}
	assert.Check(t, is.Len(byDomain, len(rows)))
	for _, row := range rows {
		got := byDomain[row.Domain]
		assert.Check(t, strings.Contains(row.Name, got.Location) && got.Location != "",
			"%s: place is %q, the contract says %q", row.Domain, got.Location, row.Name)
		assert.Check(t, is.DeepEqual(got, Region{
			Domain: row.Domain, Location: got.Location, AWS: row.AWSRegion, Environment: row.Environment,
			API: row.API, Login: row.Login, Apps: row.Apps, CDN: row.APICDN,
		}))
	}
}

func TestRegionsFindThemselves(t *testing.T) {
	t.Parallel()
	assert.Equal(t, len(Regions()), 18)
	for _, want := range Regions() {
		inputs := []string{want.Domain, want.AWS, want.Environment, want.Location, want.API, want.Login, want.Apps, want.CDN, strings.ToUpper(want.Domain)}
		for _, input := range inputs {
			got, note, err := ParseRegion(input)
			assert.Check(t, err == nil && note == "", "%q: %q, %v", input, note, err)
			assert.Check(t, is.DeepEqual(got, want))
		}
	}
}
