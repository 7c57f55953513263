package okta

import (
	"strings"
	"testing"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
)

func TestRolesForApps(t *testing.T) {
	t.Parallel()
	for roles, problem := range map[string]string{
		"":                                  "", // unknown: it shows when it is needed
		"SUPER_ADMIN":                       "",
		"APP_ADMIN":                         "",
		"ORG_ADMIN":                         "ORG_ADMIN",
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
		err := Admin{Roles: held}.Allows(engine.Create, guide.KindApp)
		if problem == "" {
			if err != nil {
				t.Errorf("%q: %v", roles, err)
			}
			continue
		}
		are := "role is "
		if len(held) > 1 {
			are = "roles are "
		}
		same(t, roles, "This admin may make no app integration: the "+are+problem+".", asError(t, err).Problem)
	}
}
