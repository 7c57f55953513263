package signin

import "msgsso-wizard/apiclient/okta"

// Scopes are all that the wizard needs of an org; a super admin grants them to the app (contract okta.md 3.5).
func Scopes() []string {
	return []string{
		"okta.apps.manage", "okta.groups.read", "okta.trustedOrigins.manage", "okta.authorizationServers.manage",
		"okta.orgs.read", "okta.users.read", "okta.roles.read", "okta.domains.read",
	}
}

// The scopes that the wizard does without where they aren't granted: how many factors the app sign-in policy asks for, and
// why Okta refused a visitor (contract okta.md 3.5, 9, 11).
const (
	policiesRead = "okta.policies.read"
	logsRead     = "okta.logs.read"
)

// OptionalScopes are those without which the wizard tells less.
func OptionalScopes() []string { return []string{policiesRead, logsRead} }

// withScopes asks for a token with the wanted scopes, or with all. Okta refuses all if one isn't granted, and doesn't say
// which: so fewer of the optional ones are tried next.
func withScopes[T any](wanted []string, ask func(scopes []string) (T, error)) (value T, err error) {
	if len(wanted) > 0 {
		return ask(wanted)
	}
	for _, optional := range [][]string{OptionalScopes(), {policiesRead}, {logsRead}, nil} {
		if value, err = ask(append(Scopes(), optional...)); okta.OAuthError(err) != "invalid_scope" {
			break
		}
	}
	return value, err
}
