package explain

import (
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/guide"
)

// genesysReasons are about codes of Genesys Cloud (contract genesys.md 2.5, 6).
var genesysReasons = []reason{
	{
		fits: func(e *apiclient.Error) bool { return e.Op == "getOauthAuthorize" }, class: ClassSignIn, key: guide.GenesysSignIn, retry: true,
		problem: say("Nobody was signed in to Genesys Cloud by the browser. Genesys Cloud says: %[3]s"),
		fix:     "Try again and sign in there, or sign in another way (--genesys-sign-in).",
	},
	{
		fits: code("invalid_grant"), class: ClassSignIn, key: guide.GenesysSignIn, retry: true,
		problem: say("%[1]s does not take what the browser brought back. Genesys Cloud says: %[3]s"),
		fix:     "Sign in once more.",
	},
	{
		fits: func(e *apiclient.Error) bool {
			return code("invalid_request")(e) && strings.Contains(e.Summary, "rate limit exceeded")
		}, class: ClassFault, retry: true,
		problem: say("%[1]s is asked for access tokens too often: %[3]s"),
		fix:     "Try again in a few minutes; what is done stays done.",
	},
	{
		fits: code("invalid_client", "invalid_request", "unauthorized_client"), class: ClassSignIn, key: guide.GenesysClientSecret,
		problem: say("%[1]s does not accept the OAuth client. Genesys Cloud says: %[3]s"),
		fix:     "Check the client id and secret under Admin > Integrations > OAuth, that its grant type is Client Credentials (for the browser: Code Authorization / PKCE), and the region: a client of another region is unknown there.",
	},
	{
		fits: code("ip.not.authorized"), class: ClassPermission, retry: true,
		problem: say("%[1]s does not let this computer in: %[3]s"),
		fix:     "Run the wizard in a network that is allowed, or have this address allowed (Admin > Organization Settings).",
	},
	{
		fits: code("app.not.authorized.for.scope"), class: ClassPermission,
		problem: say("The OAuth client lacks a scope that the wizard needs to %[2]s: %[3]s"),
		fix:     "Give it the scopes integrations, webdeployments, organization:readonly, user-basic-info, architect:readonly and authorization:readonly (Admin > Integrations > OAuth > the client > Scope), then sign in again.",
	},
	{
		fits: code("authz.policy.denied"), class: ClassPermission, retry: true,
		problem: say("A security policy of your organization did not let the wizard %[2]s: %[3]s"),
		fix:     "Ask a Genesys Cloud admin about that policy, then try again.",
	},
	{
		fits: func(e *apiclient.Error) bool { return len(genesys.MissingPermissions(e)) > 0 }, class: ClassPermission,
		problem: func(e *apiclient.Error, what string) string {
			return fmt.Sprintf("Genesys Cloud did not let the wizard %s: the roles of whoever signed in lack %s.", what, strings.Join(genesys.MissingPermissions(e), ", "))
		},
		fix: PermissionFix, doc: permissionDoc, retry: true,
	},
	{
		fits: func(e *apiclient.Error) bool { return LacksFeature(e) }, class: ClassPermission,
		problem: say("This organization lacks a feature that the wizard needs to %[2]s: %[3]s"),
		fix:     "Ask Genesys whether your licence includes it.",
	},
	{
		fits: code("max.integrations.reached"), class: ClassConflict, key: guide.IntegrationName,
		problem: say("Genesys Cloud installs no further integration of this type: %[3]s"),
		fix:     "Remove one that is not used (Admin > Integrations), or give the name of one that the wizard made.",
	},
	{
		fits: code("resource.limit.exceeded"), class: ClassConflict,
		problem: say("Genesys Cloud has as many as your organization may have, and could not %[2]s: %[3]s"),
		fix:     "Remove one that is not used (Admin > Message), or choose one that exists.",
	},
	{
		fits: code("bad.flow.id"), class: ClassUsage, key: guide.MessageFlow,
		problem: say("Genesys Cloud does not take the inbound message flow: %[3]s"),
		fix:     "Choose a published inbound message flow (--flow).",
	},
	{
		fits: code("client.timeout"), class: ClassNetwork, retry: true,
		problem: say("%[1]s did not get the whole request in time."),
		fix:     "Check your network and proxy, then try again; the wizard looks first and makes nothing twice.",
	},
	{
		fits: func(e *apiclient.Error) bool {
			return e.Service == apiclient.GenesysCloud && genesys.VersionConflict(e)
		}, class: ClassConflict, retry: true,
		problem: say("Somebody else is changing the same object at Genesys Cloud: %[3]s"),
		fix:     "Wait until they are done, then try again; the wizard reads it afresh.",
	},
}

// LacksFeature reports whether the organization may not use a member that was sent (contract genesys.md 2.5).
func LacksFeature(err error) bool {
	e, ok := apiclient.AsError(err)
	return ok && e.Service == apiclient.GenesysCloud && slices.ContainsFunc(e.Causes, func(c string) bool {
		return strings.Contains(c, "feature is not yet implemented")
	})
}

func code(codes ...string) func(*apiclient.Error) bool {
	return func(e *apiclient.Error) bool {
		return e.Service == apiclient.GenesysCloud && genesys.CodeIs(e, codes...)
	}
}
