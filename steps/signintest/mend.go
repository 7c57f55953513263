package signintest

import "msgsso-wizard/steps/syslog"

// The repairs; see package syslog.
const (
	MendCredential   = syslog.MendCredential
	MendDiscovery    = syslog.MendDiscovery
	MendIntegration  = syslog.MendIntegration
	MendPublish      = syslog.MendPublish
	MendRedirect     = syslog.MendRedirect
	MendAssignUser   = syslog.MendAssignUser
	MendAccessPolicy = syslog.MendAccessPolicy
	MendActivateApp  = syslog.MendActivateApp
)
