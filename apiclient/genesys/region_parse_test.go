package genesys

import (
	"encoding/json"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/testkit/contract"
)

func TestParseRegion(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ input, domain, note, problem string }{
		{input: "  MyPureCloud.DE. ", domain: "mypurecloud.de"},
		{input: "EU-Central-1", domain: "mypurecloud.de"},
		{input: "eu_central_1", domain: "mypurecloud.de"},
		{input: "euc1", domain: "mypurecloud.de"},
		{input: "EMEA (Frankfurt)", domain: "mypurecloud.de"},
		{input: "https://apps.mypurecloud.de/directory/#/engage/admin/people/joe@acme.example", domain: "mypurecloud.de"},
		{input: "https://login.mypurecloud.de/", domain: "mypurecloud.de"},
		{input: "https://api.mypurecloud.de/api/v2/users/me?expand=x", domain: "mypurecloud.de"},
		{input: "HTTPS://API-CDN.mypurecloud.de:443", domain: "mypurecloud.de"},
		{input: "apps.mypurecloud.de/directory/", domain: "mypurecloud.de"},
		{input: "use1", domain: "mypurecloud.com"},
		{input: "prod", domain: "mypurecloud.com"},
		{input: "virginia", domain: "mypurecloud.com"},
		{input: "US East", domain: "mypurecloud.com"},
		{input: "US East (N. Virginia)", domain: "mypurecloud.com"},
		{input: "N. Virginia", domain: "mypurecloud.com"},
		{input: "US East (Ohio)", domain: "use2.us-gov-pure.cloud"},
		{input: "US West (Oregon)", domain: "usw2.pure.cloud"},
		{input: "Canada (Central)", domain: "cac1.pure.cloud"},
		{input: "South America (São Paulo)", domain: "sae1.pure.cloud"},
		{input: "Europe (Ireland)", domain: "mypurecloud.ie"},
		{input: "Middle East (UAE)", domain: "mec1.pure.cloud"},
		{input: "prod_eu_west_2", domain: "euw2.pure.cloud"},
		{input: "PROD-US-EAST-1", domain: "mypurecloud.com"},
		{input: "fedramp-use2", domain: "use2.us-gov-pure.cloud"},
		{input: "Americas (US East 2, FedRAMP)", domain: "use2.us-gov-pure.cloud"},
		{input: "sao  paulo", domain: "sae1.pure.cloud"},
		{input: "são paulo", domain: "sae1.pure.cloud"},
		{input: "sydney", domain: "mypurecloud.com.au"},
		{input: "https://apps.mypurecloud.com.au/", domain: "mypurecloud.com.au"},
		{input: "edee1", domain: "edee1.eusc-pure.cloud"},

		{input: "use2.maximus-pure.cloud", domain: "use2.maximus-pure.cloud", note: "sent to https://login.use2.maximus-pure.cloud"},
		{input: "https://apps.use2.maximus-pure.cloud/directory/", domain: "use2.maximus-pure.cloud", note: "isn't in the list"},
		{input: "mypurecloud.it", domain: "mypurecloud.it", note: "did you mean mypurecloud.ie?"},
		{input: "usw3.pure.cloud", domain: "usw3.pure.cloud", note: "did you mean usw2.pure.cloud?"},
		{input: "http://127.0.0.1:1234", domain: "127.0.0.1:1234", note: "this computer"},
		{input: "http://localhost:1234/", domain: "localhost:1234", note: "this computer"},
		{input: "http://[::1]:1234", domain: "[::1]:1234", note: "this computer"},

		{input: " ", problem: "copy the browser's URL"},
		{input: "germany", problem: "can mean mypurecloud.de (Frankfurt) or edee1.eusc-pure.cloud (EU Sovereign)"},
		{input: "japan", problem: "mypurecloud.jp (Tokyo) or apne3.pure.cloud (Osaka)"},
		{input: "frankfrt", problem: "did you mean mypurecloud.de (Frankfurt)?"},
		{input: "eu-central-9", problem: "mypurecloud.de (Frankfurt) or euc2.pure.cloud (Zurich)"},
		{input: "atlantis", problem: "copy the browser's URL"},
		{input: "localhost", problem: "enter http://localhost"},
		{input: "127.0.0.1:1234", problem: "enter http://127.0.0.1:1234"},
		{input: "http://mypurecloud.de", problem: "enter https://mypurecloud.de"},
		{input: "https://10.0.0.1", problem: "IP address"},
		{input: "https://[2001:db8::1]/", problem: "IP address"},
		{input: "https://user:hunter2@mypurecloud.de", problem: "enter the domain only"},
		{input: "user:hun%ter2@mypurecloud.de", problem: "enter the domain only"},
		{input: "https://mypurecloud.de:8443", problem: "enter mypurecloud.de"},
		{input: "ftp://mypurecloud.de", problem: "must start with https://"},
		{input: "javascript:alert(1)", problem: "isn't a URL"},
		{input: "my purecloud.de", problem: "isn't a URL"},
		{input: "help.mypurecloud.com", problem: "its region would be mypurecloud.com"},
		{input: "mypurecloud.de.evil.test", problem: "only looks like mypurecloud.de"},
		{input: "https://login.mypurecloud.com.evil.test", problem: "only looks like mypurecloud.com"},
		{input: "help.genesys.cloud", problem: "a site of Genesys"},
		{input: "pure.cloud", problem: "a site of Genesys"},
		{input: "mypurecloud.xn--d-jlc", problem: "imitate"},
		{input: "xn--mypureclud-o9d.de", problem: "isn't a URL"},
		{input: "mypurecl\u043eud.de", problem: "imitate"},
		{input: "mypurecloud.d\u0435", problem: "imitate"},
		{input: "my\u202epurecloud.de", problem: `the URL contains '\u202e'`},
		{input: "https://", problem: "isn't a URL"},
		{input: "a..b.test", problem: "two dots"},
		{input: "US West (N. California)", problem: "isn't a region"},
		{input: "https//mypurecloud.de", problem: "misspelled"},
		{input: "https:/mypurecloud.de", problem: "misspelled"},
		{input: "https://https://mypurecloud.de", problem: "misspelled"},
		{input: "me:hun/ter2@mypurecloud.de", problem: "enter the domain only"},
		{input: strings.Repeat("a", 3000), problem: "too long"},
	} {
		got, note, err := ParseRegion(tt.input)
		switch {
		case tt.problem != "" && (err == nil || !strings.Contains(err.Error(), tt.problem)):
			t.Errorf("%q: error is %v, want %q", tt.input, err, tt.problem)
		case tt.problem == "" && err != nil:
			t.Errorf("%q: %v", tt.input, err)
		case got.Domain != tt.domain || (note == "") != (tt.note == "") || !strings.Contains(note, tt.note):
			t.Errorf("%q: %s, %q; want %s, %q", tt.input, got.Domain, note, tt.domain, tt.note)
		}
		if err != nil && (strings.Contains(err.Error(), "hun") || strings.ContainsRune(err.Error(), '\u202e')) {
			t.Errorf("%q: the error repeats what it must not: %v", tt.input, err)
		}
	}
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
