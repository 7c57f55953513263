package okta

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/taskgroup"
)

// TolerableSkew is how far two clocks may differ.
const TolerableSkew = 2 * time.Minute

const fewCalls = 25 // of an Integrator org (contract okta.md 6)

// Admin is who signed in, and the admin roles; no roles: Okta does not tell them.
type Admin struct {
	User  okta.User
	Roles []okta.Role
}

// Identify finds out who signed in to whose org.
func Identify(ctx context.Context, org Org, notes *engine.Notes) (Admin, error) {
	var admin Admin
	var company okta.Org
	g, gctx := taskgroup.WithContext(ctx)
	g.Go(func() (err error) { admin, err = FindAdmin(gctx, org); return err })
	g.Go(func() error {
		// A small admin role may not read the org's name and status; the host names it as well.
		company, _ = org.API.Org(gctx)
		return nil
	})
	if err := g.Wait(); err != nil {
		return admin, err
	}
	notes.OK(signedInAs(admin, company))
	if what, why := OrgWarning(company, time.Now()); what != "" {
		notes.Attend(what + " " + why + " " + OrgFix)
	}
	if skew, known := org.API.Skew(); known && skew.Abs() > TolerableSkew {
		notes.Attend("This computer's clock and Okta's differ by " + apiclient.Spell(skew.Abs()) + ". Correct the wrong one, or sign-in can fail.")
	}
	return admin, nil
}

// soon is how long before its end a user should know that an org expires.
const soon = 30 * 24 * time.Hour

// OrgFix is what to do about an OrgWarning.
const OrgFix = "Check the org's status with Okta."

// OrgWarning is what is wrong with an org's status, and why it matters; empty: nothing is. What Okta refuses in such an org
// isn't documented (contract okta.md 8, 9), so it is no reason to stop.
func OrgWarning(org okta.Org, now time.Time) (what, why string) {
	const refused = "Visitors may not be able to sign in."
	on := org.Expires.UTC().Format(time.DateOnly)
	switch {
	case org.Status == "INACTIVE":
		return "This Okta org is inactive.", refused
	case org.Expires.IsZero() || org.Expires.After(now.Add(soon)):
		return "", ""
	case org.Expires.After(now):
		return "This Okta org expires on " + on + ".", "After that, visitors may not be able to sign in."
	}
	return "This Okta org expired on " + on + ".", refused
}

// FindAdmin reads who signed in. A service app is no user: Okta does not tell its roles (contract okta.md 8).
func FindAdmin(ctx context.Context, org Org) (Admin, error) {
	me, err := org.API.Me(ctx)
	switch {
	case org.ServiceApp != "" && okta.Forbidden(err):
		return Admin{User: okta.User{Login: "the service app " + org.ServiceApp}}, nil
	case err != nil:
		return Admin{User: me}, err
	}
	roles, err := org.API.Roles(ctx, me.ID)
	if okta.Forbidden(err) {
		return Admin{User: me}, nil // a small role may not read roles: that says nothing about it
	}
	return Admin{me, slices.DeleteFunc(roles, func(r okta.Role) bool { return r.Status != "ACTIVE" })}, err
}

// rights are what each standard admin role may make and change of what the guide needs (contract okta.md 3.5). Of any
// other role, above all a custom one, it shows when it is used.
var rights = map[string][]guide.ObjectKind{
	"SUPER_ADMIN":                 {guide.KindApp, guide.KindSecret, guide.KindOldSecret, guide.KindOrigin, guide.KindPolicy, guide.KindRule, guide.KindClaim, guide.KindFederated},
	"ORG_ADMIN":                   {guide.KindOrigin},
	"APP_ADMIN":                   {guide.KindApp, guide.KindSecret, guide.KindOldSecret, guide.KindFederated},
	"API_ACCESS_MANAGEMENT_ADMIN": {guide.KindApp, guide.KindSecret, guide.KindOldSecret, guide.KindPolicy, guide.KindRule, guide.KindClaim, guide.KindFederated},
	"READ_ONLY_ADMIN":             nil,
	"HELP_DESK_ADMIN":             nil,
	"REPORT_ADMIN":                nil,
	"MOBILE_ADMIN":                nil,
	"USER_ADMIN":                  nil,
	"GROUP_MEMBERSHIP_ADMIN":      nil,
}

// Allows refuses a change that none of the admin's roles allows, as far as that is known.
func (a Admin) Allows(verb engine.Verb, kind guide.ObjectKind) error {
	ruled := slices.Contains(rights["SUPER_ADMIN"], kind)
	if !ruled || len(a.Roles) == 0 || slices.ContainsFunc(a.Roles, func(r okta.Role) bool {
		kinds, standard := rights[r.Type]
		return !standard || slices.Contains(kinds, kind)
	}) {
		return nil
	}
	do, are := map[engine.Verb]string{engine.Create: "create", engine.Update: "change", engine.Remove: "delete"}[verb], "role is"
	if len(a.Roles) > 1 {
		are = "roles are"
	}
	return explain.New(explain.ClassPermission, guide.OktaToken,
		fmt.Sprintf("This admin can't %s the %s: the %s %s.", do, kind, are, RoleNames(a.Roles)),
		explain.RoleFix)
}

// RoleNames returns the roles as the console calls them.
func RoleNames(roles []okta.Role) string {
	var names []string
	for _, r := range roles {
		names = engine.With(names, []string{cmp.Or(r.Label, r.Type)})
	}
	return strings.Join(names, ", ")
}

// noticeRateLimit says how many calls to the apps resource Okta allows in a minute, where that is few. It comes after
// such a call.
func noticeRateLimit(org Org, notes *engine.Notes) {
	for _, b := range org.API.RateLimits() {
		if b.Bucket == "/api/v1/apps" && b.Limit <= fewCalls {
			notes.OK(fmt.Sprintf("Okta allows %d app calls a minute here. The wizard slows down to match.", b.Limit))
		}
	}
}

func signedInAs(a Admin, org okta.Org) string {
	text := "Signed in as " + a.User.Login
	if len(a.Roles) > 0 {
		text += " (" + RoleNames(a.Roles) + ")"
	}
	if org.CompanyName != "" {
		text += " at " + org.CompanyName
	}
	return text + "."
}
