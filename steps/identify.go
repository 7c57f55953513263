package steps

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient/okta"
)

// identify finds out who signed in to whose org, and whether they may do what comes. It is a step of its own so
// that it delays no other.
type identify struct{}

func (identify) ID() string         { return "identify" }
func (identify) Section() SectionID { return SectionOkta }

func (identify) Plan(ctx context.Context, env *Env) ([]Change, error) {
	f := &env.facts
	var (
		me    okta.User
		roles []okta.Role
		org   okta.Org
	)
	g, gctx := newTeam(ctx)
	g.Go(func() (err error) { me, roles, err = f.admin(gctx); return err })
	g.Go(func() error {
		// A small admin role may not read the org's name; the host names it as well.
		org, _ = f.okta.Org(gctx)
		return nil
	})
	if err := g.Wait(); err != nil {
		return nil, err
	}
	f.notice(Notice{SectionOkta, true, signedInAs(me, roles, org)})
	if skew, known := f.okta.Skew(); known && skew.Abs() > tolerableSkew {
		f.notice(Notice{SectionOkta, false, "This computer's clock is " + skew.Abs().String() + " off Okta's. Set it: sign-ins fail by the clock, too."})
	}
	return nil, roleProblem(roles)
}

// Apply does nothing: looking changes nothing.
func (identify) Apply(context.Context, *Env) error { return nil }

const (
	tolerableSkew = 2 * time.Minute
	fewCalls      = 25 // of an Integrator org (contract okta.md 6)
)

// admin reads who signed in. A service app is no user: Okta does not tell its roles (contract okta.md 8).
func (f *facts) admin(ctx context.Context) (okta.User, []okta.Role, error) {
	me, err := f.okta.Me(ctx)
	switch {
	case f.serviceApp != "" && okta.Forbidden(err):
		return okta.User{Login: "the service app " + f.serviceApp}, nil, nil
	case err != nil:
		return me, nil, err
	}
	roles, err := f.okta.Roles(ctx, me.ID)
	if okta.Forbidden(err) {
		return me, nil, nil // a small role may not read roles: that says nothing about it
	}
	return me, slices.DeleteFunc(roles, func(r okta.Role) bool { return r.Status != "ACTIVE" }), err
}

// idleRoles are the admin roles that can make no app integration. Of any other role, above all a custom one, it
// shows when it is used (contract okta.md 3.5).
var idleRoles = []string{"READ_ONLY_ADMIN", "HELP_DESK_ADMIN", "REPORT_ADMIN", "MOBILE_ADMIN", "USER_ADMIN", "GROUP_MEMBERSHIP_ADMIN"}

func roleProblem(roles []okta.Role) error {
	if len(roles) == 0 || slices.ContainsFunc(roles, func(r okta.Role) bool { return !slices.Contains(idleRoles, r.Type) }) {
		return nil
	}
	return &Error{
		Class: ClassPermission, Question: OktaToken,
		Problem: "This admin may make no app integration: the role is " + roleNames(roles) + ".",
		Fix:     roleFix,
	}
}

func roleNames(roles []okta.Role) string {
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

// tellBudget says how many calls to the apps resource Okta allows in a minute, where that is few. It comes after
// such a call.
func (f *facts) tellBudget() {
	for _, b := range f.okta.RateLimits() {
		if b.Bucket == "/api/v1/apps" && b.Limit <= fewCalls {
			f.notice(Notice{SectionOkta, true, fmt.Sprintf("Okta allows %d calls a minute for apps here; the wizard paces itself.", b.Limit)})
		}
	}
}

func signedInAs(me okta.User, roles []okta.Role, org okta.Org) string {
	text := "Signed in as " + me.Login
	if len(roles) > 0 {
		text += " (" + roleNames(roles) + ")"
	}
	if org.CompanyName != "" {
		text += " at " + org.CompanyName
	}
	return text + "."
}
