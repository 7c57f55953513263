package okta

import (
	"strings"
	"testing"

	"msgsso-wizard/apiclient/okta"
)

func TestCheckRoles(t *testing.T) {
	t.Parallel()
	for roles, problem := range map[string]string{
		"":                                  "", // unknown: it shows when it is needed
		"SUPER_ADMIN":                       "",
		"APP_ADMIN":                         "",
		"ORG_ADMIN":                         "",
		"API_ACCESS_MANAGEMENT_ADMIN":       "",
		"CUSTOM":                            "",
		"READ_ONLY_ADMIN APP_ADMIN":         "",
		"READ_ONLY_ADMIN":                   "READ_ONLY_ADMIN",
		"HELP_DESK_ADMIN REPORT_ADMIN":      "HELP_DESK_ADMIN, REPORT_ADMIN",
		"USER_ADMIN GROUP_MEMBERSHIP_ADMIN": "USER_ADMIN, GROUP_MEMBERSHIP_ADMIN",
	} {
		var held []okta.Role
		for _, kind := range strings.Fields(roles) {
			held = append(held, okta.Role{Type: kind, Status: "ACTIVE"})
		}
		err := CheckRoles(held)
		if problem == "" {
			if err != nil {
				t.Errorf("%q: %v", roles, err)
			}
			continue
		}
		same(t, roles, "This admin may make no app integration: the role is "+problem+".", asError(t, err).Problem)
	}
}
