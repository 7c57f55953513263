package okta

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/taskgroup"
)

const (
	tolerableSkew = 2 * time.Minute
	fewCalls      = 25 // of an Integrator org (contract okta.md 6)
)

// Identify finds out who signed in to whose org, and whether they may do what comes.
func Identify(ctx context.Context, org Org, look *engine.Look) error {
	var (
		admin   okta.User
		roles   []okta.Role
		company okta.Org
	)
	g, gctx := taskgroup.WithContext(ctx)
	g.Go(func() (err error) { admin, roles, err = Admin(gctx, org); return err })
	g.Go(func() error {
		// A small admin role may not read the org's name; the host names it as well.
		company, _ = org.API.Org(gctx)
		return nil
	})
	if err := g.Wait(); err != nil {
		return err
	}
	look.OK(signedInAs(admin, roles, company))
	if skew, known := org.API.Skew(); known && skew.Abs() > tolerableSkew {
		look.Attend("This computer's clock is " + skew.Abs().String() + " off Okta's. Set it: sign-ins fail by the clock, too.")
	}
	return CheckRoles(roles)
}

// Admin reads who signed in. A service app is no user: Okta does not tell its roles (contract okta.md 8).
func Admin(ctx context.Context, org Org) (okta.User, []okta.Role, error) {
	me, err := org.API.Me(ctx)
	switch {
	case org.ServiceApp != "" && okta.Forbidden(err):
		return okta.User{Login: "the service app " + org.ServiceApp}, nil, nil
	case err != nil:
		return me, nil, err
	}
	roles, err := org.API.Roles(ctx, me.ID)
	if okta.Forbidden(err) {
		return me, nil, nil // a small role may not read roles: that says nothing about it
	}
	return me, slices.DeleteFunc(roles, func(r okta.Role) bool { return r.Status != "ACTIVE" }), err
}

// idleRoles are the admin roles that can make no app integration. Of any other role, above all a custom one, it shows
// when it is used (contract okta.md 3.5).
var idleRoles = []string{"READ_ONLY_ADMIN", "HELP_DESK_ADMIN", "REPORT_ADMIN", "MOBILE_ADMIN", "USER_ADMIN", "GROUP_MEMBERSHIP_ADMIN"}

// CheckRoles refuses an admin none of whose roles can do what the guide does.
func CheckRoles(roles []okta.Role) error {
	if len(roles) == 0 || slices.ContainsFunc(roles, func(r okta.Role) bool { return !slices.Contains(idleRoles, r.Type) }) {
		return nil
	}
	return &explain.Error{
		Class: explain.ClassPermission, Question: guide.OktaToken,
		Problem: "This admin may make no app integration: the role is " + RoleNames(roles) + ".",
		Fix:     explain.RoleFix,
	}
}

// RoleNames returns the roles as the console calls them.
func RoleNames(roles []okta.Role) string {
	var names []string
	for _, r := range roles {
		if r.Label == "" {
			r.Label = r.Type
		}
		if !slices.Contains(names, r.Label) {
			names = append(names, r.Label)
		}
	}
	return strings.Join(names, ", ")
}

// noticeRateLimit says how many calls to the apps resource Okta allows in a minute, where that is few. It comes after
// such a call.
func noticeRateLimit(org Org, look *engine.Look) {
	for _, b := range org.API.RateLimits() {
		if b.Bucket == "/api/v1/apps" && b.Limit <= fewCalls {
			look.OK(fmt.Sprintf("Okta allows %d calls a minute for apps here; the wizard paces itself.", b.Limit))
		}
	}
}

func signedInAs(me okta.User, roles []okta.Role, org okta.Org) string {
	text := "Signed in as " + me.Login
	if len(roles) > 0 {
		text += " (" + RoleNames(roles) + ")"
	}
	if org.CompanyName != "" {
		text += " at " + org.CompanyName
	}
	return text + "."
}
