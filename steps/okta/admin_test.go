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

// TestPagesOf: an existing app keeps its pages, and gets no sign-out page by itself.
func TestPagesOf(t *testing.T) {
	const own, bye, asked = "https://www.acme.test/callback", "https://www.acme.test/bye", "https://www.example.com/"
	for name, c := range map[string]struct {
		app            okta.App
		redirect       []string
		signIn, logout []string
	}{
		"new app":                   {okta.App{}, nil, []string{"http://localhost:8080/"}, []string{"http://localhost:8080/"}},
		"app without sign-out URIs": {okta.App{RedirectURIs: []string{own}}, nil, []string{own}, nil},
		"app with sign-out URIs":    {okta.App{RedirectURIs: []string{own}, LogoutURIs: []string{bye}}, nil, []string{own}, []string{bye}},
		"page that was asked for":   {okta.App{RedirectURIs: []string{own}}, []string{asked}, []string{asked}, []string{asked}},
	} {
		answers := guide.NewAnswers()
		if c.redirect != nil {
			assert.NilError(t, answers.Set(guide.RedirectURIs, guide.FromFlag, c.redirect...))
		}
		pages := PagesOf(answers, c.app)
		if !slices.Equal(pages.Redirect.Values, c.signIn) || !slices.Equal(pages.Logout.Values, c.logout) {
			t.Errorf("%s: sign-in %q, sign-out %q; want %q, %q", name, pages.Redirect.Values, pages.Logout.Values, c.signIn, c.logout)
		}
	}
}

func TestFactorsOf(t *testing.T) {
	t.Parallel()
	one := okta.SignInRule{Status: "ACTIVE", Access: "ALLOW", FactorMode: "1FA"}
	two := okta.SignInRule{Status: "ACTIVE", Access: "ALLOW", FactorMode: "2FA"}
	for name, tt := range map[string]struct {
		rules []okta.SignInRule
		want  Factors
	}{
		"no rule":       {nil, FactorsUnknown},
		"one":           {[]okta.SignInRule{one}, OneFactor},
		"two":           {[]okta.SignInRule{two, two}, TwoFactors},
		"both":          {[]okta.SignInRule{one, two}, MixedFactors},
		"inactive":      {[]okta.SignInRule{one, {Status: "INACTIVE", Access: "ALLOW", FactorMode: "2FA"}}, OneFactor},
		"denies":        {[]okta.SignInRule{two, {Status: "ACTIVE", Access: "DENY"}}, TwoFactors},
		"a new word":    {[]okta.SignInRule{one, {Status: "ACTIVE", Access: "ALLOW", FactorMode: "3FA"}}, FactorsUnknown},
		"nothing known": {[]okta.SignInRule{{Status: "ACTIVE", Access: "ALLOW"}}, FactorsUnknown},
	} {
		assert.Check(t, is.Equal(factorsOf(tt.rules), tt.want), name)
	}
}

// TestPolicyOf: a new app gets the one policy that Okta made, where there is only one.
func TestPolicyOf(t *testing.T) {
	t.Parallel()
	usual, other := okta.SignInPolicy{ID: "rst1", Name: "Any two factors", System: true}, okta.SignInPolicy{ID: "rst2", Name: "Password only"}
	app := engine.Planned[okta.App]{Exists: true, Value: okta.App{SignInPolicy: "rst2"}}
	for name, tt := range map[string]struct {
		all  []okta.SignInPolicy
		app  engine.Planned[okta.App]
		want okta.SignInPolicy
	}{
		"a new app":                  {[]okta.SignInPolicy{other, usual}, engine.Planned[okta.App]{}, usual},
		"several of Okta's":          {[]okta.SignInPolicy{usual, {ID: "rst3", System: true}}, engine.Planned[okta.App]{}, okta.SignInPolicy{}},
		"none of Okta's":             {[]okta.SignInPolicy{other}, engine.Planned[okta.App]{}, okta.SignInPolicy{}},
		"an app":                     {[]okta.SignInPolicy{usual, other}, app, other},
		"an app, the list is hidden": {nil, app, okta.SignInPolicy{ID: "rst2"}},
	} {
		assert.Check(t, is.DeepEqual(policyOf(tt.all, tt.app), tt.want), name)
	}
	assert.Check(t, is.Equal(SignInPolicy{Factors: TwoFactors}.String(), "The app sign-in policy asks for two factors."))
	assert.Check(t, is.Equal(SignInPolicy{"Web", MixedFactors}.String(), `The app sign-in policy "Web" asks some users for two factors.`))
}

// Without times, an app may be a newer one.
func TestMayRelyOn(t *testing.T) {
	made := time.Date(2026, 2, 3, 4, 5, 6, 0, time.UTC)
	for name, tt := range map[string]struct {
		app    string
		at     time.Time
		origin time.Time
		want   bool
	}{
		"newer":                     {customApp, made.Add(time.Second), made, true},
		"older":                     {customApp, made.Add(-time.Second), made, false},
		"at the same time":          {customApp, made, made, true},
		"no time of the app":        {customApp, time.Time{}, made, true},
		"no time of the origin":     {customApp, made, time.Time{}, true},
		"Okta's own, even if newer": {"saasure", made.Add(time.Second), made, false},
	} {
		t.Run(name, func(t *testing.T) {
			got := mayRelyOn(okta.App{Name: tt.app, Created: tt.at}, tt.origin)
			assert.Equal(t, got, tt.want)
		})
	}
}

// TestNamesStay: orgs have trusted origins that earlier versions created, and Okta has no note for them.
func TestNamesStay(t *testing.T) {
	t.Parallel()
	const page = "https://www.example.com"
	assert.Equal(t, originName(page), "Genesys Messenger https://www.example.com", "docs/compatibility.md promises the name")
	for name, want := range map[string]bool{"Genesys Messenger " + page: true, "Genesys Messenger " + page + " (2)": true, "Ours": false} {
		assert.Equal(t, NamedByWizard(okta.TrustedOrigin{Name: name, Origin: page}), want, name)
	}
}
