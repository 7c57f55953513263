package okta

import (
	"net/url"
	"strings"
)

// AdminConsole returns the address of the org's Admin Console, empty for a custom domain and for loopback,
// where it is not known (contract okta.md 7).
func AdminConsole(org string) string {
	u, err := url.Parse(org)
	if err != nil {
		return ""
	}
	for _, suffix := range suffixes {
		if name, ok := strings.CutSuffix(u.Host, "."+suffix); ok {
			return "https://" + name + "-admin." + suffix + "/"
		}
	}
	return ""
}
