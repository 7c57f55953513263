package matrix

import (
	"errors"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// admins are the standard roles of an admin, and the first thing of a new setup that they do not allow; empty: they
// allow all of it.
var admins = map[string]struct {
	roles   []string
	profile string
	lacks   string
}{
	"super":            {[]string{"SUPER_ADMIN"}, oktasim.Integrator, ""},
	"read-only":        {[]string{"READ_ONLY_ADMIN"}, oktasim.Integrator, "This admin can't create the app integration: the role is Read-only Administrator."},
	"org":              {[]string{"ORG_ADMIN"}, oktasim.Integrator, "This admin can't create the app integration: the role is Organization Administrator."},
	"app":              {[]string{"APP_ADMIN"}, oktasim.Integrator, "This admin can't create the trusted origin: the role is Application Administrator."},
	"app and org":      {[]string{"APP_ADMIN", "ORG_ADMIN"}, oktasim.Integrator, "This admin can't create the access policy: the roles are Application Administrator, Organization Administrator."},
	"app, API":         {[]string{"APP_ADMIN", "API_ACCESS_MANAGEMENT_ADMIN"}, oktasim.Integrator, "This admin can't create the trusted origin: the roles are Application Administrator, API Access Management Administrator."},
	"API and org":      {[]string{"API_ACCESS_MANAGEMENT_ADMIN", "ORG_ADMIN"}, oktasim.Integrator, ""},
	"app, API and org": {[]string{"APP_ADMIN", "API_ACCESS_MANAGEMENT_ADMIN", "ORG_ADMIN"}, oktasim.Integrator, ""},
	"custom":           {[]string{"CUSTOM"}, oktasim.Integrator, ""},
	"custom and less":  {[]string{"READ_ONLY_ADMIN", "CUSTOM"}, oktasim.Integrator, ""},
	// Its server has a policy for every app, so none is made.
	"app and org, with a policy": {[]string{"APP_ADMIN", "ORG_ADMIN"}, oktasim.Workforce, ""},
}

// TestLackingRole is found before the first write, and the roles that are needed are named.
func TestLackingRole(t *testing.T) {
	t.Parallel()
	for name, tc := range admins {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var opts simulator.Options
			opts.Okta.Roles, opts.Okta.Profile = tc.roles, tc.profile
			c := newComputer(t, opts, lagPoll)
			lacks(t, c.start(t, nil).do(t.Context()), tc.lacks)
			assert.Check(t, is.Equal(c.writes() > 0, tc.lacks == ""), "writes")
		})
	}
}

// lacks checks a refusal for want of a role; without words, there is to be none.
func lacks(t *testing.T, err error, problem string) {
	t.Helper()
	if problem == "" {
		assert.Check(t, err)
		return
	}
	e, ok := errors.AsType[*explain.Error](err)
	assert.Assert(t, ok, "no refusal: %v", err)
	const fix = "Use a super admin's API token, or one of an admin with the app admin, API Access Management admin, and org admin roles. " +
		"Only super, org, group, group membership, and read-only admins can create API tokens."
	got := explain.Error{Problem: e.Problem, Fix: e.Fix, Class: e.Class, Question: e.Question}
	assert.Check(t, is.DeepEqual(got, explain.Error{Problem: problem, Fix: fix, Class: explain.ClassPermission, Question: guide.OktaToken}))
}

// TestRoleIsNeededForChangesOnly: no role is needed for what exists already.
func TestRoleIsNeededForChangesOnly(t *testing.T) {
	t.Parallel()
	var opts simulator.Options
	c := newComputer(t, opts, lagPoll)
	c.set(t, nil)
	wrote := c.writes()
	for name, tc := range map[string]struct {
		roles   []string
		answers map[guide.Key][]string
		lacks   string
	}{
		"nothing changes":    {[]string{"READ_ONLY_ADMIN"}, nil, ""},
		"the app changes":    {[]string{"ORG_ADMIN"}, map[guide.Key][]string{guide.LogoutURIs: {"https://www.example.com/"}}, "This admin can't change the app integration: the role is Organization Administrator."},
		"names are included": {[]string{"APP_ADMIN"}, map[guide.Key][]string{guide.VisitorNames: {guide.NamesInclude}}, "This admin can't change the claim: the role is Application Administrator."},
		"an origin is added": {[]string{"APP_ADMIN"}, map[guide.Key][]string{guide.RedirectURIs: {"https://www.example.com/"}}, "This admin can't create the trusted origin: the role is Application Administrator."},
	} {
		c.sim.Okta().SetAdminRoles(tc.roles...)
		plan, err := c.start(t, tc.answers).session.Plan(t.Context())
		lacks(t, err, tc.lacks)
		assert.Check(t, !plan.Writes(), "%s: %v", name, rows(plan.Changes))
	}
	assert.Check(t, is.Equal(c.writes(), wrote), "writes")
}
