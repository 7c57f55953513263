package conformance

import (
	"net/http"
	"regexp"
)

// habits are what a vendor does that its definition does not say.
type habits struct {
	errorSchema string            // of error answers whose status an operation does not list
	scheme      map[string]string // how the Authorization header begins, by the name of the security scheme
	undefined   []undefined
	openAnswers bool              // answers have members that the definition lacks
	extra       map[string]string // members of requests that the definition lacks, with the reason
	prepare     func(answer any)  // changes an answer to what the definition can express; nil: nothing
}

// undefined is an address that exists without being in the definition.
type undefined struct {
	method string
	path   *regexp.Regexp
	why    string
}

var oktaHabits = habits{
	errorSchema: "Error",
	scheme:      map[string]string{"apiToken": "SSWS "},
	undefined: []undefined{
		{
			http.MethodGet, regexp.MustCompile(`^/\.well-known/oauth-authorization-server$`),
			"the trimmed definition has only the custom servers' (contract okta.md 4)",
		},
	},
	openAnswers: true, // recorded ones do: settings.manualProvisioning, _links.accessPolicy, cell, ...
	extra: map[string]string{
		"/settings/app":                "an app that is sent back as it was read has it: recording app-put-web.json",
		"/settings/manualProvisioning": "the same",
	},
	prepare: nameSignOnModes,
}

var genesysHabits = habits{
	errorSchema: "ErrorBody",
	scheme:      map[string]string{"PureCloud OAuth": "bearer "},
	undefined: []undefined{
		{http.MethodPost, regexp.MustCompile(`^/oauth/token$`), "the login host has no definition (contract genesys.md 6)"},
		{http.MethodGet, regexp.MustCompile(`^/webdeployments/v1/deployments/[^/]+/(config|domains)\.json$`), "public files of the CDN (contract genesys.md 3)"},
		{http.MethodGet, regexp.MustCompile(`^/genesys-bootstrap/genesys\.min\.js$`), "a script, not an API"},
	},
}

// nameSignOnModes gives the apps without one a sign-on mode, without which no schema can be chosen for them.
// Okta has such apps, custom_identity_source for one, and its definition cannot say so (contract okta.md 1.2).
func nameSignOnModes(answer any) {
	switch v := answer.(type) {
	case []any:
		for _, item := range v {
			nameSignOnModes(item)
		}
	case map[string]any:
		mode, ok := v["signOnMode"]
		if ok && mode == nil && v["name"] == "custom_identity_source" {
			v["signOnMode"] = "AUTO_LOGIN"
		}
	}
}
