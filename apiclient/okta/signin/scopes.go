package signin

// Scopes are all that the wizard needs of an org; a super admin grants them to the app (contract okta.md 3.5).
func Scopes() []string {
	return []string{
		"okta.apps.manage", "okta.groups.read", "okta.trustedOrigins.manage", "okta.authorizationServers.manage",
		"okta.orgs.read", "okta.users.read", "okta.roles.read", "okta.domains.read",
	}
}

// orAll returns wanted, or all Scopes.
func orAll(wanted []string) []string {
	if len(wanted) > 0 {
		return wanted
	}
	return Scopes()
}
