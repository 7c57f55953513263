package genesys

import (
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
)

// location is a row of the table of regions; words are further names by which an admin may call it.
type location struct {
	domain, name, aws, environment string
	words                          []string
}

// locations is where Genesys Cloud runs (contract genesys.md 5).
var locations = []location{
	{"mypurecloud.com", "US East", "us-east-1", "prod", []string{"use1", "prod-use1", "virginia", "n. virginia"}},
	{"usw2.pure.cloud", "US West", "us-west-2", "prod-usw2", []string{"oregon"}},
	{"cac1.pure.cloud", "Canada", "ca-central-1", "prod-cac1", []string{"montreal", "canada (central)"}},
	{"sae1.pure.cloud", "São Paulo", "sa-east-1", "prod-sae1", []string{"sao paulo", "brazil"}},
	{"mxc1.pure.cloud", "Mexico", "mx-central-1", "prod-mxc1", []string{"queretaro", "mexico (central)"}},
	{"mypurecloud.ie", "Ireland", "eu-west-1", "prod-euw1", []string{"dublin"}},
	{"euw2.pure.cloud", "London", "eu-west-2", "prod-euw2", []string{"uk", "united kingdom"}},
	{"mypurecloud.de", "Frankfurt", "eu-central-1", "prod-euc1", []string{"germany"}},
	{"euc2.pure.cloud", "Zurich", "eu-central-2", "prod-euc2", []string{"zürich", "switzerland"}},
	{"mec1.pure.cloud", "UAE", "me-central-1", "prod-mec1", []string{"united arab emirates", "dubai"}},
	{"aps1.pure.cloud", "Mumbai", "ap-south-1", "prod-aps1", []string{"india"}},
	{"mypurecloud.jp", "Tokyo", "ap-northeast-1", "prod-apne1", []string{"japan"}},
	{"apne2.pure.cloud", "Seoul", "ap-northeast-2", "prod-apne2", []string{"korea", "south korea"}},
	{"apne3.pure.cloud", "Osaka", "ap-northeast-3", "prod-apne3", []string{"japan"}},
	{"apse1.pure.cloud", "Singapore", "ap-southeast-1", "prod-apse1", nil},
	{"mypurecloud.com.au", "Sydney", "ap-southeast-2", "prod-apse2", []string{"australia"}},
	{"use2.us-gov-pure.cloud", "US East 2, FedRAMP", "us-east-2", "fedramp-use2-core", []string{"use2", "fedramp-use2", "fedramp", "ohio"}},
	{"edee1.eusc-pure.cloud", "EU Sovereign", "eusc-de-east-1", "eusc-edee1-core", []string{"edee1", "germany"}},
}

// reserved is a top-level domain under which there is no host (RFC 2606), so that a demo can use it.
const reserved = ".example"

// InCloud reports whether Genesys Cloud may run at a region's domain: not on this machine, nor where there can be no host.
func InCloud(domain string) bool {
	return !apiclient.IsLoopback(domain) && !strings.HasSuffix(domain, reserved)
}

// Regions returns the places where Genesys Cloud runs (contract genesys.md 5).
func Regions() []Region {
	regions := make([]Region, len(locations))
	for i, p := range locations {
		regions[i] = p.region()
	}
	return regions
}

func (p location) region() Region {
	r := ofDomain(p.domain)
	r.Location, r.AWS, r.Environment = p.name, p.aws, p.environment
	return r
}

// ofDomain gives a domain the hosts that every region has.
func ofDomain(domain string) Region {
	return Region{
		Domain: domain,
		API:    "https://api." + domain,
		Login:  "https://login." + domain,
		Apps:   "https://apps." + domain,
		CDN:    "https://api-cdn." + domain,
	}
}

// continents groups the first part of AWS names by how far an admin is likely to have been mistaken.
var continents = map[string]string{
	"us": "America", "ca": "America", "sa": "America", "mx": "America",
	"eu": "Europe", "eusc": "Europe", "me": "Europe", // the vendor lists both as EMEA
	"ap": "Asia Pacific",
}

// OtherRegions returns the regions worth trying when one does not know a client, those of the same continent
// first. Of a region that is not in the table they come in the table's order.
func OtherRegions(r Region) []Region {
	others := slices.DeleteFunc(Regions(), func(other Region) bool { return other.Domain == r.Domain })
	near := continent(r)
	distance := func(other Region) int {
		if continent(other) == near {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(others, func(a, b Region) int { return distance(a) - distance(b) })
	return others
}

func continent(r Region) string {
	prefix, _, _ := strings.Cut(r.AWS, "-")
	return continents[prefix]
}

// UnknownClient reports whether the token end point does not know the client id: it is wrong, or the client
// belongs to another region (contract genesys.md 6).
func UnknownClient(err error) bool {
	e, ok := apiclient.AsError(err)
	return ok && e.Code == "invalid_client" && strings.Contains(strings.ToLower(e.Summary), "client not found")
}
