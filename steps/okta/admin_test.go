package okta

import (
	"slices"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
)

// TestAllows: what no standard role of an admin allows is refused. Of other roles, and of what else the guide does,
// nothing is known.
func TestAllows(t *testing.T) {
	t.Parallel()
	all := []guide.ObjectKind{guide.KindApp, guide.KindOrigin, guide.KindPolicy, guide.KindRule}
	for roles, refused := range map[string][]guide.ObjectKind{
		"":                                      nil, // it shows when it is needed
		"SUPER_ADMIN":                           nil,
		"CUSTOM":                                nil,
		"A_ROLE_OF_THE_FUTURE":                  nil,
		"READ_ONLY_ADMIN CUSTOM":                nil,
		"APP_ADMIN":                             {guide.KindOrigin, guide.KindPolicy, guide.KindRule},
		"ORG_ADMIN":                             {guide.KindApp, guide.KindPolicy, guide.KindRule},
		"API_ACCESS_MANAGEMENT_ADMIN":           {guide.KindOrigin},
		"API_ACCESS_MANAGEMENT_ADMIN ORG_ADMIN": nil,
		"READ_ONLY_ADMIN APP_ADMIN":             {guide.KindOrigin, guide.KindPolicy, guide.KindRule},
		"READ_ONLY_ADMIN":                       all,
		"HELP_DESK_ADMIN REPORT_ADMIN":          all,
		"MOBILE_ADMIN":                          all,
		"USER_ADMIN GROUP_MEMBERSHIP_ADMIN":     all,
	} {
		var admin Admin
		for _, kind := range strings.Fields(roles) {
			admin.Roles = append(admin.Roles, okta.Role{Type: kind, Status: "ACTIVE"})
		}
		are := "role is "
		if len(admin.Roles) > 1 {
			are = "roles are "
		}
		for _, kind := range append(all, guide.KindAssignment) {
			for verb, do := range map[engine.Verb]string{engine.Create: "create", engine.Update: "change"} {
				err := admin.Allows(verb, kind)
				if !slices.Contains(refused, kind) {
					assert.Check(t, err, "%q, %s", roles, kind)
					continue
				}
				assert.Check(t, is.ErrorContains(err, "This admin can't "+do+" the "+string(kind)+": the "+are+strings.ReplaceAll(roles, " ", ", ")+". "), roles)
			}
		}
	}
}

func TestOrgWarning(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	day := 24 * time.Hour
	for _, tt := range []struct {
		org  okta.Org
		want string
	}{
		{okta.Org{}, ""},
		{okta.Org{Status: "ACTIVE"}, ""},
		{okta.Org{Status: "ACTIVE", Expires: now.Add(31 * day)}, ""},
		{okta.Org{Status: "ACTIVE", Expires: now.Add(29 * day)}, "This Okta org expires on 2026-12-28. After that, visitors may not be able to sign in."},
		{okta.Org{Status: "ACTIVE", Expires: now.Add(-day)}, "This Okta org expired on 2026-11-28. Visitors may not be able to sign in."},
		{okta.Org{Status: "INACTIVE", Expires: now.Add(-day)}, "This Okta org is inactive. Visitors may not be able to sign in."},
	} {
		what, why := OrgWarning(tt.org, now)
		assert.Check(t, is.Equal(strings.TrimSpace(what+" "+why), tt.want))
	}
}
