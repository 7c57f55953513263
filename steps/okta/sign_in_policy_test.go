package okta

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
)

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
