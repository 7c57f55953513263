package signintest

import "msgsso-wizard/steps/syslog"

// The fixes; see package syslog.
const (
	FixCredential   = syslog.FixCredential
	FixDiscovery    = syslog.FixDiscovery
	FixIntegration  = syslog.FixIntegration
	FixPublish      = syslog.FixPublish
	FixRedirect     = syslog.FixRedirect
	FixAssignUser   = syslog.FixAssignUser
	FixAccessPolicy = syslog.FixAccessPolicy
	FixActivateApp  = syslog.FixActivateApp
)

// The fixes of what Okta's System Log doesn't show.
const (
	FixDomains    Fix = "allowed-domains"       // add the page's host to the deployment's allowed domains
	FixAuthMethod Fix = "client-authentication" // set the app's client authentication to client_secret_basic
)
