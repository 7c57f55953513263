package signin

// Scope is a permission that an app needs for the wizard's calls, and what for.
type Scope struct{ Name, For string }

// Scopes are all that the wizard needs of an org; a super admin grants them to the app (contract okta.md 3.5).
func Scopes() []Scope {
	return []Scope{
		{"okta.apps.manage", "create the app integration and assign it"},
		{"okta.groups.read", "find the groups that may sign in"},
		{"okta.trustedOrigins.manage", "let the pages call Okta"},
		{"okta.authorizationServers.manage", "read the authorization servers and set their access policies"},
		{"okta.orgs.read", "name the org"},
		{"okta.users.read", "name the admin"},
		{"okta.roles.read", "see the admin's roles"},
		{"okta.domains.read", "find custom domains"},
	}
}

// names returns wanted, or all the names of Scopes.
func names(wanted []string) []string {
	if len(wanted) > 0 {
		return wanted
	}
	var all []string
	for _, s := range Scopes() {
		all = append(all, s.Name)
	}
	return all
}
