package okta

import (
	"strings"

	"msgsso-wizard/apiclient/address"
)

// AdminConsole returns the address of the org's Admin Console, empty for a custom domain and for loopback,
// where it is not known (contract okta.md 7).
func AdminConsole(org string) string {
	host := address.OriginOf(org).HostPort()
	for _, suffix := range suffixes {
		if name, ok := strings.CutSuffix(host, "."+suffix); ok {
			return "https://" + name + "-admin." + suffix + "/"
		}
	}
	return ""
}
