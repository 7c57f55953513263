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
