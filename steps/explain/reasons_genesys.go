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
		problem: say("The browser sign-in to Genesys Cloud failed. Genesys Cloud says: %[3]s"),
		fix:     "Try again, or choose another sign-in method.",
	},
	{
		fits: code("invalid_grant"), class: ClassSignIn, key: guide.GenesysSignIn, retry: true,
		problem: say("%[1]s rejected the browser's response. Genesys Cloud says: %[3]s"),
		fix:     "Sign in again.",
	},
	{
		fits: func(e *apiclient.Error) bool {
			return code("invalid_request")(e) && strings.Contains(e.Summary, "rate limit exceeded")
		}, class: ClassFault, retry: true,
		problem: say("%[1]s's rate limit for access tokens was reached: %[3]s"),
		fix:     "Try again in a few minutes. Completed changes are kept.",
	},
	{
		fits: code("invalid_client", "invalid_request", "unauthorized_client"), class: ClassSignIn, key: guide.GenesysClientSecret,
		problem: say("%[1]s doesn't accept the OAuth client. Genesys Cloud says: %[3]s"),
		fix:     "Check the client ID, the secret, and the region (" + guide.PathOAuth + "). The grant type must be Client Credentials, or Code Authorization / PKCE for the browser. A client works only in its own region.",
	},
	{
		fits: code("ip.not.authorized"), class: ClassPermission, retry: true,
		problem: say("%[1]s doesn't allow access from this network: %[3]s"),
		fix:     "Run the wizard in an allowed network, or ask an admin to allow this one (Organization Settings).",
	},
	{
		fits: code("app.not.authorized.for.scope"), class: ClassPermission,
		problem: say("The OAuth client lacks a scope that the wizard needs to %[2]s: %[3]s"),
		fix:     "Add these scopes (" + guide.PathOAuth + ", then the client > Scope), then sign in again: integrations, webdeployments, organization:readonly, user-basic-info, architect:readonly, and authorization:readonly.",
	},
	{
		fits: code("authz.policy.denied"), class: ClassPermission, retry: true,
		problem: say("A security policy of your organization doesn't allow the wizard to %[2]s: %[3]s"),
		fix:     "Ask a Genesys Cloud admin about this policy, then try again.",
	},
	{
		fits: func(e *apiclient.Error) bool { return len(genesys.MissingPermissions(e)) > 0 }, class: ClassPermission,
		problem: func(e *apiclient.Error, what string) string {
			return fmt.Sprintf("Genesys Cloud didn't allow the wizard to %s. The signed-in account's role lacks these permissions: %s.", what, strings.Join(genesys.MissingPermissions(e), ", "))
		},
		fix: PermissionFix, doc: permissionDoc, retry: true,
	},
	{
		fits: func(e *apiclient.Error) bool { return LacksFeature(e) }, class: ClassPermission,
		problem: say("This organization lacks a feature that the wizard needs to %[2]s: %[3]s"),
		fix:     "Ask Genesys whether your license includes it.",
	},
	{
		fits: code("max.integrations.reached"), class: ClassConflict, key: guide.IntegrationName,
		problem: say("Genesys Cloud can't install another integration of this type: %[3]s"),
		fix:     "Remove an unused one (" + guide.PathIntegrations + "), or enter the name of one that the wizard created.",
	},
	{
		fits: code("resource.limit.exceeded"), class: ClassConflict,
		problem: say("Your organization's limit is reached, so Genesys Cloud couldn't %[2]s: %[3]s"),
		fix:     "Remove an unused one (" + guide.PathMessage + "), or choose an existing one.",
	},
	{
		fits: code("bad.flow.id"), class: ClassUsage, key: guide.MessageFlow,
		problem: say("Genesys Cloud doesn't accept the inbound message flow: %[3]s"),
		fix:     "Choose a published inbound message flow.",
	},
	{
		fits: code("client.timeout"), class: ClassNetwork, retry: true,
		problem: say("%[1]s didn't receive the whole request in time."),
		fix:     "Check your network and proxy, then try again. The wizard checks what exists and creates no duplicates.",
	},
	{
		fits: func(e *apiclient.Error) bool {
			return e.Service == apiclient.GenesysCloud && genesys.VersionConflict(e)
		}, class: ClassConflict, retry: true,
		problem: say("Another user is changing the same object in Genesys Cloud: %[3]s"),
		fix:     "Wait until they are done, then try again. The wizard reads it again.",
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
