package doctor

import (
	"cmp"
	"context"
	"slices"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
)

// Fixes that only doctor offers; the others are package signintest's.
const (
	FixOrigins signintest.Fix = "trusted-origins" // trust the pages' origins
	FixNames   signintest.Fix = "visitor-names"   // include visitors' names in ID tokens
)

// fix is a row of the table.
type fix struct {
	steps  []guide.StepID // of the guide's own, those that make it; none: only a user can
	manual string         // where a user does what the wizard cannot do now
}

// needs reports whether a step belongs to the fix; the sign-ins are steps, too.
func (f fix) needs(step guide.StepID) bool { return slices.Contains(f.steps, step) }

// settings are the steps to what the integration has of the app: the Discovery URI and the credential.
var settings = []guide.StepID{
	guide.StepOkta, guide.StepApp, guide.StepGenesys, guide.StepAuthServer, guide.StepDiscovery, guide.StepTypeKeys,
	guide.StepIntegration, guide.StepCredential, guide.StepSettings,
}

var fixes = map[signintest.Fix]fix{
	signintest.FixCredential: {
		settings,
		"Store the app's client ID and client secret again (" + guide.PathIntegrations + ", then the integration > Configuration > Credentials).",
	},
	signintest.FixDiscovery: {settings, "Set the Discovery URI (" + guide.PathIntegrations + ", then the integration > Configuration > Properties)."},
	signintest.FixIntegration: {
		[]guide.StepID{guide.StepGenesys, guide.StepTypeKeys, guide.StepIntegration, guide.StepStatus},
		"Set the integration to Active (" + guide.PathIntegrations + ").",
	},
	signintest.FixPublish: {
		[]guide.StepID{
			guide.StepGenesys, guide.StepTypeKeys, guide.StepIntegration, guide.StepStatus,
			guide.StepConfiguration, guide.StepVersion, guide.StepDeployment,
		},
		"Enable authentication, save a new version, and choose it in the deployment (" + guide.PathMessage + ").",
	},
	signintest.FixDomains: {steps: []guide.StepID{guide.StepGenesys, guide.StepDeployment}},
	signintest.FixRedirect: {
		[]guide.StepID{guide.StepOkta, guide.StepApp},
		"Add the redirect URI to the app (General > Login > Sign-in redirect URIs), or set it.",
	},
	signintest.FixAuthMethod: {[]guide.StepID{guide.StepOkta, guide.StepApp}, signintest.AuthMethodFix},
	FixOrigins:               {steps: []guide.StepID{guide.StepOkta, guide.StepApp, guide.StepOrigins}},
	signintest.FixAssignUser: {
		[]guide.StepID{guide.StepOkta, guide.StepApp, guide.StepAssignUser},
		"Assign the user in Okta (the app > Assignments), or name the user.",
	},
	signintest.FixAccessPolicy: {
		[]guide.StepID{guide.StepOkta, guide.StepApp, guide.StepAuthServer, guide.StepAccessPolicy},
		"Add an access policy for the app (Security > API > the server > Access Policies).",
	},
	FixNames: {
		[]guide.StepID{guide.StepOkta, guide.StepApp, guide.StepAuthServer, guide.StepClaims},
		"Set the claims given_name and family_name to ID Token, Always (Security > API > the server > Claims).",
	},
	FixRotate:                 {steps: setup.RotationSteps},
	signintest.FixActivateApp: {manual: "Activate the app integration in Okta (Applications > Applications)."},
}

// canFix reports whether the answers and what was found are enough for a fix.
func (s *seen) canFix(m signintest.Fix) bool {
	how := fixes[m]
	switch {
	case !Fixable(m),
		how.needs(guide.StepOkta) && (s.conn.Okta == nil || !s.app.known || s.app.value.Status != "ACTIVE"),
		how.needs(guide.StepGenesys) && (s.conn.Genesys == nil || !s.deployment.known),
		how.needs(guide.StepIntegration) && !s.integration.known:
		return false
	case m == signintest.FixRedirect:
		return len(s.missingRedirects()) > 0
	case m == signintest.FixAuthMethod:
		return s.app.value.TokenAuthMethod != oktasteps.BasicAuth
	case m == signintest.FixDomains:
		return len(s.missingDomains()) > 0
	case m == FixNames:
		return !s.names.value.None
	}
	return true
}

// Fixable reports whether the wizard can make the fix.
func Fixable(m signintest.Fix) bool { return len(fixes[m].steps) > 0 }

// Fixes are what can be fixed of the report's findings: of what failed, or if nothing did, of the warnings. A user who
// fixes a failure doesn't change what only others may want, such as the claims of all apps of a server.
func (r *Report) Fixes() []signintest.Fix {
	worst := Warn
	if slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.State == Fail }) {
		worst = Fail
	}
	var out []signintest.Fix
	for _, f := range r.Findings {
		if f.AutoFix != "" && f.State == worst {
			out = append(out, f.AutoFix)
		}
	}
	return out
}

// PlanFix plans fixes with the guide's own resources, all that the report offers if none is named. What exists is
// named by its id and keeps everything else. It only reads. The
// guide's answers and what it learned stay as they are. FixAssignUser assigns the user with the login user; empty: the
// one whom the check was for. Errors are *explain.Error, or the context's.
func PlanFix(ctx context.Context, env *setup.Session, r *Report, user string, wanted ...signintest.Fix) (setup.Plan, error) {
	user = cmp.Or(user, r.seen.cfg.User)
	if len(wanted) == 0 {
		wanted = r.Fixes()
		if user == "" && len(wanted) > 1 { // the others need no name
			wanted = slices.DeleteFunc(wanted, isAssignUser)
		}
	}
	if len(wanted) == 0 {
		return setup.Plan{}, explain.New(explain.ClassUsage, "", "The wizard can't fix this for you.", "Follow the fix shown with each finding.")
	}
	repair := setup.Fix{Answers: env.Answers.Only(connections...)}
	for _, m := range wanted {
		if m != FixRotate && !r.seen.canFix(m) || isAssignUser(m) && user == "" { // a rotation says more of what it lacks
			return setup.Plan{}, cannot(m, r)
		}
		steps := slices.Clone(fixes[m].steps)
		if slices.Contains(steps, guide.StepSettings) && !r.seen.active() {
			steps = append(steps, guide.StepStatus)
		}
		for _, step := range steps {
			if !slices.Contains(repair.Nodes, step) {
				repair.Nodes = append(repair.Nodes, step)
			}
		}
	}
	if slices.Contains(wanted, signintest.FixAuthMethod) {
		repair.Method = oktasteps.BasicAuth
	}
	repair.KeepApp = repair.Method == "" && !slices.Contains(wanted, signintest.FixRedirect)
	if slices.Contains(wanted, FixOrigins) {
		repair.Pages = r.seen.missingOrigins()
	}
	if slices.Contains(wanted, FixRotate) {
		var err error
		if repair.Rotate, err = r.seen.rotate(ctx, oktasteps.SecretInactive); err != nil {
			return setup.Plan{}, err
		}
	}
	repair.Renew = slices.Contains(wanted, signintest.FixCredential)
	if slices.Contains(wanted, signintest.FixAssignUser) {
		repair.Assign = user
	}
	if err := r.seen.name(repair.Answers, wanted); err != nil {
		return setup.Plan{}, err
	}
	return env.PlanFix(ctx, repair)
}

func isAssignUser(m signintest.Fix) bool { return m == signintest.FixAssignUser }

// AssignsUser reports whether one of its fixes is to assign a user.
func (r *Report) AssignsUser() bool { return slices.ContainsFunc(r.Fixes(), isAssignUser) }

func cannot(m signintest.Fix, r *Report) error {
	how := fixes[m]
	e := explain.New(explain.ClassUsage, "", "The wizard can't fix this now.", how.manual)
	switch {
	case how.needs(guide.StepOkta) && r.seen.conn.Okta == nil:
		e.Problem = "This fix needs a sign-in to Okta."
	case how.needs(guide.StepGenesys) && r.seen.conn.Genesys == nil:
		e.Problem = "This fix needs a sign-in to Genesys Cloud."
	case how.needs(guide.StepOkta) && !r.seen.app.known:
		e.Problem = "This fix needs the app integration, which wasn't found."
	}
	return e
}
