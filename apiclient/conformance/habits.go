package conformance

import (
	"net/http"
	"regexp"
)

// habits are what a vendor does that its definition does not say.
type habits struct {
	errorSchema string              // of error answers whose status an operation does not list
	scheme      map[string][]string // how the Authorization header begins, by the name of the security scheme
	form        map[string]string   // the member of a form by which a client says who it is, by the same name
	pages       map[string]string   // operations that answer with a page or send the browser on, with the reason
	undefined   []undefined
	openAnswers bool              // answers have members that the definition lacks
	extra       map[string]string // members of requests that the definition lacks, with the reason
	prepare     func(answer any)  // changes an answer to what the definition can express; nil: nothing
}

// undefined is an address that exists without being in the definition.
type undefined struct {
	method string // empty: any
	path   *regexp.Regexp
	why    string
}

var oktaHabits = habits{
	errorSchema: "Error",
	scheme:      map[string][]string{"apiToken": {"SSWS "}, "oauth2": {"Bearer ", "DPoP "}, "Client_authentication_client_secret_basic": {"Basic "}},
	form: map[string]string{
		"Client_authentication_private_key_jwt":    "client_assertion",
		"Client_authentication_client_secret_post": "client_id", // a public client has no more to say
	},
	pages: map[string]string{
		"authorize": "the definition lists no answer but 429", "authorizeCustomAS": "the same",
	},
	undefined: []undefined{
		{http.MethodGet, regexp.MustCompile(`^/activate$`), "a page for people, named in the answers to devices (contract okta.md 3.3)"},
		{http.MethodPost, regexp.MustCompile(`^/activate$`), "the form on it"},
		{http.MethodPost, regexp.MustCompile(`^/oauth2/([^/]+/)?v1/authorize$`), "the form of the simulator's sign-in page"},
		{http.MethodDelete, regexp.MustCompile(`^/api/v1/sessions/me$`), "how a page without an ID token signs out (contract okta.md 5)"},
		{
			http.MethodGet, regexp.MustCompile(`^/api/v1/policies(/[^/]+(/rules)?)?$`),
			"recorded, but the trimmed definition lacks it (contract okta.md 1.8, 9)",
		},
		{
			http.MethodGet, regexp.MustCompile(`^/\.well-known/oauth-authorization-server(/oauth2/[^/]+)?$`),
			"the trimmed definition has only the custom servers' old address (contract okta.md 4)",
		},
		{"", regexp.MustCompile(`^/api/v1/internal/apps/[^/]+/settings/oauth/idToken$`), "recorded (contract okta.md 1.8)"},
		{http.MethodPut, regexp.MustCompile(`^/api/v1/authorizationServers/[^/]+/policies/[^/]+$`), "the same"},
		{http.MethodPost, regexp.MustCompile(`^/api/v1/authorizationServers/.*/lifecycle/activate$`), "how Okta's Terraform provider enables a policy or a rule"},
		{"", regexp.MustCompile(`^/api/v1/authorizationServers/[^/]+/claims(/[^/]+)?$`), "the trimmed definition lacks claims (contract okta.md 4)"},
		{"", regexp.MustCompile(`^/api/v1/apps/[^/]+/federated-claims(/[^/]+)?$`), "the same"},
	},
	openAnswers: true, // recorded ones do: settings.manualProvisioning, _links.accessPolicy, cell, ...
	extra: map[string]string{
		"/settings/app":                "an app that is sent back as it was read has it: recording app-put-web.json",
		"/settings/manualProvisioning": "the same",
	},
	prepare: speakable,
}

var genesysHabits = habits{
	errorSchema: "ErrorBody",
	scheme:      map[string][]string{"PureCloud OAuth": {"bearer "}, "Webmessaging JWT": {"bearer "}},
	undefined: []undefined{
		{http.MethodPost, regexp.MustCompile(`^/oauth/token$`), "the login host has no definition (contract genesys.md 6)"},
		{http.MethodGet, regexp.MustCompile(`^/oauth/authorize$`), "a page of the login host (contract genesys.md 6)"},
		{http.MethodGet, regexp.MustCompile(`^/webdeployments/v1/deployments/[^/]+/(config|domains)\.json$`), "public files of the CDN (contract genesys.md 3)"},
		{http.MethodGet, regexp.MustCompile(`^/genesys-bootstrap/genesys\.min\.js$`), "a script, not an API"},
		{http.MethodGet, regexp.MustCompile(`^/api/v2/authorization/products$`), "the trimmed definition lacks what OpenTofu's provider asks first"},
		{http.MethodGet, regexp.MustCompile(`^/api/v2/integrations/credentials/listing$`), "newer than the definition"},
		{"", regexp.MustCompile(`^/api/v2/webdeployments/deployments/[^/]+/identityresolution$`), "the same (contract genesys.md 2.6)"},
		{http.MethodOptions, regexp.MustCompile(`^/api/v2/webdeployments/token/`), "a browser's preflight"},
	},
}

// speakable changes what Okta answers and its definition cannot say: a missing sign-on mode, and the type of a
// token that is bound to a key (contract okta.md 1.2, 3.2).
func speakable(answer any) {
	nameSignOnModes(answer)
	if v, ok := answer.(map[string]any); ok && v["token_type"] == "DPoP" {
		v["token_type"] = "Bearer"
	}
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
