package syslog

// Mend names a repair that the wizard can make itself, after asking; empty: a person has to make it.
type Mend string

// The repairs.
const (
	MendCredential   Mend = "credential"           // send the app's client id and newest secret to Genesys Cloud again
	MendDiscovery    Mend = "discovery-uri"        // set the integration's Discovery URI
	MendIntegration  Mend = "activate-integration" // switch the integration on
	MendPublish      Mend = "publish"              // publish a version with authentication on, and pin it
	MendRedirect     Mend = "redirect-uri"         // register the redirect URI at the app integration
	MendAssignUser   Mend = "assign-user"          // assign the person to the app integration
	MendAccessPolicy Mend = "access-policy"        // add an access policy and rule that let the app in
	MendActivateApp  Mend = "activate-app"         // activate the app integration
)
