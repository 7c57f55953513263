package explain

import (
	"net/http"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	browser "msgsso-wizard/apiclient/genesys/signin"
	"msgsso-wizard/apiclient/loopback"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/okta/signin"
	"msgsso-wizard/steps/guide"
)

// oktaReasons are about codes of Okta (contract okta.md 1.7, 11).
var oktaReasons = []reason{
	{
		fits: oauth("invalid_token"), class: ClassSignIn, key: guide.OktaSignIn, retry: true,
		problem: say("%[1]s no longer accepts the access token."),
		fix:     "Sign in again.",
	},
	{
		fits: oauth("invalid_client"), class: ClassSignIn, key: guide.OktaClientID,
		problem: say("%[1]s doesn't accept the app that the wizard signs in with. Okta says: %[3]s"),
		fix:     "Check that the app is active, and check its client ID. For a service app, also check its key and key ID (the app > General > Public keys).",
	},
	{
		fits: oauth("unauthorized_client", "unsupported_grant_type"), class: ClassSignIn, key: guide.OktaSignIn,
		problem: say("The app can't use this sign-in method. Okta says: %[3]s"),
		fix:     "Add the grant type of this method (the app > General): Device Authorization for the browser, Client Credentials for a service app. Or choose another sign-in method.",
	},
	{
		fits: oauth("invalid_scope", "consent_required"), class: ClassPermission, key: guide.OktaClientID,
		problem: say("The app lacks required scopes. Okta says: %[3]s"),
		fix:     scopeFix,
	},
	{
		fits: oauth("insufficient_scope"), class: ClassPermission, key: guide.OktaClientID,
		problem: say("Okta didn't allow the app to %[2]s. Okta says: %[3]s"),
		fix:     scopeFix,
	},
	{
		fits: func(e *apiclient.Error) bool { return okta.BadToken(e) }, class: ClassSignIn, key: guide.OktaToken,
		problem: say("%[1]s doesn't accept the API token."),
		fix:     "It may be mistyped, revoked, unused for 30 days, from another org, or limited to other IP addresses. Create one (Security > API > Tokens) and enter it. " + guide.TokenCreators,
		doc:     "https://developer.okta.com/docs/guides/create-an-api-token/main/",
	},
	{
		fits: func(e *apiclient.Error) bool { return alreadyThere(e) && e.Op == "createApplication" }, class: ClassConflict, key: guide.AppName,
		problem: say("Okta already has an app integration with this name: %[3]s"),
		fix:     "Choose another name, or enter its ID to use it.",
	},
	{
		fits: func(e *apiclient.Error) bool {
			return okta.Forbidden(e) && strings.HasPrefix(e.Op, "createAuthorizationServerPolicy")
		}, class: ClassPermission, key: guide.OktaToken, retry: true,
		problem: say("Okta didn't allow this admin to %[2]s. Okta says: %[3]s"),
		fix:     "Ask a super admin to add an access policy for this app (Security > API > Authorization Servers > Access Policies). Its rule allows Authorization Code. Then retry. " + RoleFix,
	},
	{
		fits: func(e *apiclient.Error) bool { return okta.NoFeature(e) }, class: ClassPermission,
		problem: say("Okta couldn't %[2]s: this org doesn't have the feature. Okta says: %[3]s"),
		fix:     "Ask your Okta contact for API Access Management, or leave the Discovery URI empty. The org authorization server doesn't need it.",
	},
}

var scopeFix = "A super admin grants them to the app (the app > Okta API Scopes): " + strings.Join(signin.Scopes(), ", ") +
	". Doctor and the sign-in test tell more with " + strings.Join(signin.OptionalScopes(), " and ") + "."

// alreadyThere reports whether Okta refused a field because another object has its value. That comes as 400.
func alreadyThere(e *apiclient.Error) bool {
	return okta.Invalid(e) && strings.Contains(strings.ToLower(e.Summary+strings.Join(e.Causes, " ")), "already exist")
}

func oauth(codes ...string) func(*apiclient.Error) bool {
	return func(e *apiclient.Error) bool { return slices.Contains(codes, okta.OAuthError(e)) }
}

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

// endings are how a run or a sign-in can fail that no service refused. Without a Problem, the error's own words are one.
var endings = []struct {
	is   error
	says Error
}{
	{apiclient.ErrSetting, Error{Class: ClassUsage, Fix: "Correct it, then try again."}},
	{genesys.ErrTokenEnded, Error{
		Class: ClassSignIn, Question: guide.GenesysAccessToken, Also: []guide.Key{guide.GenesysSignIn},
		Problem: "Genesys Cloud rejected the access token. It has expired or was revoked.",
		Fix:     "Get a new one and enter it, or choose another sign-in method.",
	}},
	{browser.ErrSignInTimeout, Error{
		Class: ClassSignIn, Question: guide.GenesysSignIn, Retry: true,
		Fix: "Try again, or choose another sign-in method.",
	}},
	{loopback.ErrPortTaken, Error{
		Class: ClassUsage, Question: guide.CallbackPort, Retry: true,
		Fix: "Free the port, or set another one and register its redirect URI.",
	}},
	{signin.ErrCodeExpired, Error{
		Class: ClassSignIn, Question: guide.OktaSignIn, Retry: true,
		Problem: "The Okta code expired.",
		Fix:     "Try again with a new code, or choose another sign-in method.",
	}},
	{signin.ErrDenied, Error{
		Class: ClassSignIn, Question: guide.OktaSignIn, Retry: true,
		Problem: "The sign-in to Okta was refused in the browser.",
		Fix:     "Try again and approve the sign-in, or choose another sign-in method.",
	}},
}
