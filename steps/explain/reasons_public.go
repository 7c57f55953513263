package explain

import (
	"net/http"
	"slices"

	"msgsso-wizard/apiclient"
)

// NeedsNoCredentials reports whether what every provider publishes was refused as if credentials were missing.
func NeedsNoCredentials(e *apiclient.Error) bool {
	published := slices.Contains([]string{"oauthKeys", "getWellKnownOpenIDConfiguration"}, e.Op)
	return published && (status(http.StatusUnauthorized)(e) || status(http.StatusForbidden)(e))
}

// PublicFix is what to do about such a refusal.
const PublicFix = "A proxy, a firewall, or a rule of the server refuses public reads. Try from another network, or ask the server's admin."

var publicReasons = []reason{
	{
		fits: NeedsNoCredentials, class: ClassNetwork, retry: true,
		problem: say("%[1]s refused to let the wizard %[2]s (HTTP %[5]d). That needs no credentials."),
		fix:     PublicFix,
	},
	{ // the CDN's answer for what it doesn't know (contract genesys.md 3)
		fits: func(e *apiclient.Error) bool {
			return slices.Contains([]string{"config.json", "domains.json"}, e.Op) && status(http.StatusForbidden)(e)
		}, class: ClassConflict, retry: true,
		problem: say("%[4]s publishes no file for this deployment at %[1]s."),
		fix:     "Check the deployment ID and the region. After a new deployment, wait a minute.",
	},
}
