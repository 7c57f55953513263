package genesys

import (
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
)

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
