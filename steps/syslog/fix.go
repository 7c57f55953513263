package syslog

// Fix names a fix that the wizard can make itself, after asking; empty: a user has to make it.
type Fix string

// The fixes.
const (
	FixCredential   Fix = "credential"           // send the app's client id and newest secret to Genesys Cloud again
	FixDiscovery    Fix = "discovery-uri"        // set the integration's Discovery URI
	FixIntegration  Fix = "activate-integration" // switch the integration on
	FixPublish      Fix = "publish"              // publish a version with authentication on, and pin it
	FixRedirect     Fix = "redirect-uri"         // register the redirect URI at the app integration
	FixAssignUser   Fix = "assign-user"          // assign the user to the app integration
	FixAccessPolicy Fix = "access-policy"        // add an access policy and rule that let the app in
	FixActivateApp  Fix = "activate-app"         // activate the app integration
)
