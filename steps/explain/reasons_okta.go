package explain

import (
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/okta/signin"
	"msgsso-wizard/steps/guide"
)

// oktaReasons are about codes of Okta (contract okta.md 1.7, 11).
var oktaReasons = []reason{
	{
		fits: oauth("invalid_token"), class: ClassSignIn, key: guide.OktaSignIn, retry: true,
		problem: say("%[1]s does not accept the access token any more."),
		fix:     "Sign in again.",
	},
	{
		fits: oauth("invalid_client"), class: ClassSignIn, key: guide.OktaClientID,
		problem: say("%[1]s does not accept the app that the wizard signs in with. Okta says: %[3]s"),
		fix:     "Check the client id, and for a service app its key and the key's id (the app > General > Public keys); the app must be active.",
	},
	{
		fits: oauth("unauthorized_client", "unsupported_grant_type"), class: ClassSignIn, key: guide.OktaSignIn,
		problem: say("The app may not sign in this way. Okta says: %[3]s"),
		fix:     "Give it the grant type that this way needs (the app > General): Device Authorization for the browser, Client Credentials for a service app. Or sign in another way (--okta-sign-in).",
	},
	{
		fits: oauth("invalid_scope", "consent_required"), class: ClassPermission, key: guide.OktaClientID,
		problem: say("The app has not got every scope that the wizard needs. Okta says: %[3]s"),
		fix:     scopeFix,
	},
	{
		fits: oauth("insufficient_scope"), class: ClassPermission, key: guide.OktaClientID,
		problem: say("Okta did not let the app %[2]s. Okta says: %[3]s"),
		fix:     scopeFix,
	},
	{
		fits: func(e *apiclient.Error) bool { return okta.BadToken(e) }, class: ClassSignIn, key: guide.OktaToken,
		problem: say("%[1]s does not accept the API token."),
		fix:     "It may be mistyped, revoked, unused for 30 days, from another org, or limited to other IP addresses. Create one under Security > API > Tokens and enter it again (OKTA_CLIENT_TOKEN).",
		doc:     "https://developer.okta.com/docs/guides/create-an-api-token/main/",
	},
	{
		fits: func(e *apiclient.Error) bool { return alreadyThere(e) && e.Op == "createApplication" }, class: ClassConflict, key: guide.AppName,
		problem: say("Okta already has an app integration of that name: %[3]s"),
		fix:     "Choose another name (--app-name), or use that one by giving its id instead of the name.",
	},
	{
		fits: func(e *apiclient.Error) bool { return okta.NoFeature(e) }, class: ClassPermission,
		problem: say("Okta could not %[2]s: this org does not have the feature. Okta says: %[3]s"),
		fix:     "Ask your Okta contact for API Access Management, or leave the Discovery URI out: the org authorization server needs none.",
	},
}

var scopeFix = "A super admin grants them to the app (the app > Okta API Scopes): " + strings.Join(scopeNames(), ", ") + "."

func scopeNames() []string {
	var names []string
	for _, s := range signin.Scopes() {
		names = append(names, s.Name)
	}
	return names
}

// alreadyThere reports whether Okta refused a field because another object has its value. That comes as 400.
func alreadyThere(e *apiclient.Error) bool {
	return okta.Invalid(e) && strings.Contains(strings.ToLower(e.Summary+strings.Join(e.Causes, " ")), "already exist")
}

func oauth(codes ...string) func(*apiclient.Error) bool {
	return func(e *apiclient.Error) bool { return slices.Contains(codes, okta.OAuthError(e)) }
}
