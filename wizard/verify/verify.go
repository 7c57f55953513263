// Package verify checks a setup for the front ends: page code, sign-in test, and doctor of one deployment.
package verify

import (
	"context"
	"errors"
	"slices"

	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/pagecode"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
)

// Bench verifies one deployment. Each call reads the current state. Only one call can run at a time.
type Bench struct {
	Env         *setup.Session
	Deployment  string                          // its id or name
	User        string                          // a login, for doctor; empty: none
	Busy        func(what string) (done func()) // reports a wait; nil: no reports
	RedirectURI string                          // where the test returns; empty: a registered one on this computer, else the first

	Rotation func() *Rotation // begins or resumes the run of a rotation; nil: it is Env's own

	report   *doctor.Report // of the last check
	rotation *Rotation      // nil: not begun
	rotated  oktasteps.Secrets
}

// Rotated is what a rotation came to.
type Rotated struct {
	Secrets oktasteps.Secrets // after its last step
	Undo    setup.Undoer      // nil: there was none
}

// Rotation is the run of a rotation next to the guide's.
type Rotation struct {
	Env  *setup.Session
	Undo setup.Undoer
	End  func() error // writes to its journal that it came to its end
}

// rotates is the session that rotates.
func (b *Bench) rotates() *setup.Session {
	if b.Rotation == nil {
		return b.Env
	}
	if b.rotation == nil {
		b.rotation = b.Rotation()
	}
	return b.rotation.Env
}

// Verifier is what front ends need of a Bench.
type Verifier interface {
	Code(context.Context) (Code, error)
	Test(context.Context, signintest.Front) (signintest.Result, error)
	Examine(ctx context.Context, site string) (*doctor.Report, error)
	PlanFix(ctx context.Context, user string, fixes ...signintest.Fix) (setup.Plan, error)
	Fix(ctx context.Context, plan setup.Plan, stop *engine.Stop) error
	// PlanRotation plans to put a new client secret in the place of the old one, which gets that status in the end.
	PlanRotation(ctx context.Context, old string) (setup.Plan, error)
	// Rotated tells of the last rotation.
	Rotated() Rotated
	Preview(ctx context.Context, code Code, show func(signintest.Address)) error
}

// Code is the page code.
type Code struct {
	Plugin      string `json:"plugin"`       // to paste right after the snippet
	Complete    string `json:"page"`         // a whole HTML page with the snippet
	RedirectURI string `json:"redirect_uri"` // where that page has to be
}

// Examine checks the chain without changes, with the customer's page at the address site; empty: without a page. The
// error means that no checks could run.
func (b *Bench) Examine(ctx context.Context, site string) (*doctor.Report, error) {
	defer b.busy("Okta and Genesys Cloud")()
	report, err := doctor.Examine(ctx, doctor.Config{Env: b.Env, Deployment: b.Deployment, Site: site, User: b.User})
	if err != nil {
		return nil, err
	}
	b.report = report
	return report, nil
}

// examined checks the chain the first time.
func (b *Bench) examined(ctx context.Context) (err error) {
	if b.report == nil {
		_, err = b.Examine(ctx, "")
	}
	return err
}

func (b *Bench) busy(what string) (done func()) {
	if b.Busy == nil {
		return func() {}
	}
	return b.Busy(what)
}

// Code generates the page code.
func (b *Bench) Code(ctx context.Context) (Code, error) {
	report, err := b.Examine(ctx, "")
	if err != nil {
		return Code{}, err
	}
	defer b.busy("the values for the page code")()
	facts, err := report.Page(ctx, b.Env)
	if err != nil {
		return Code{}, err
	}
	code := Code{RedirectURI: facts.RedirectURI}
	if code.Plugin, err = pagecode.Plugin(facts); err != nil {
		return Code{}, err
	}
	code.Complete, err = pagecode.Complete(facts)
	return code, err
}

// Test runs the sign-in test. The error means that it couldn't start; if ctx ended, it is the context's cause.
func (b *Bench) Test(ctx context.Context, front signintest.Front) (signintest.Result, error) {
	report, err := b.Examine(ctx, "")
	if err != nil {
		return signintest.Result{}, err
	}
	done := b.busy("the values for the sign-in test")
	setup, err := report.Setup(ctx, b.Env, b.RedirectURI)
	done()
	if known, ok := errors.AsType[*explain.Error](err); ok && known.Class == explain.ClassTest {
		return signintest.Result{Side: signintest.SideOkta, Problem: known}, nil
	}
	if err != nil {
		return signintest.Result{}, err
	}
	result := signintest.Run(ctx, setup, front)
	if err := context.Cause(ctx); err != nil && !result.OK {
		return signintest.Result{Lines: result.Lines, Left: result.Left}, err // the test was stopped
	}
	return result, nil
}

// PlanFix plans the fixes, by default all of the last check; without one, it checks first. It only reads. A fix that assigns the app assigns it to the
// user with the login user; empty: to User.
func (b *Bench) PlanFix(ctx context.Context, user string, fixes ...signintest.Fix) (setup.Plan, error) {
	if err := b.examined(ctx); err != nil {
		return setup.Plan{}, err
	}
	defer b.busy("Okta and Genesys Cloud")()
	env := b.Env
	if slices.Contains(fixes, doctor.FixRotate) || len(fixes) == 0 && slices.Contains(b.report.Fixes(), doctor.FixRotate) {
		env = b.rotates()
	}
	return doctor.PlanFix(ctx, env, b.report, user, fixes...)
}

// PlanRotation plans to rotate the app's client secret; see doctor.PlanRotation. The first time, it checks the chain.
func (b *Bench) PlanRotation(ctx context.Context, old string) (setup.Plan, error) {
	if err := b.examined(ctx); err != nil {
		return setup.Plan{}, err
	}
	defer b.busy("Okta and Genesys Cloud")()
	return doctor.PlanRotation(ctx, b.rotates(), b.report, old)
}

// Rotated tells of the last rotation.
func (b *Bench) Rotated() Rotated {
	r := Rotated{Secrets: b.rotated}
	if b.rotation != nil {
		r.Undo = b.rotation.Undo
	}
	return r
}

// Fix applies the plan of PlanFix or PlanRotation.
func (b *Bench) Fix(ctx context.Context, plan setup.Plan, stop *engine.Stop) error {
	if !plan.Rotates() || b.rotation == nil {
		return b.Env.Apply(ctx, plan, stop)
	}
	if err := b.rotation.Env.Apply(ctx, plan, stop); err != nil {
		return err
	}
	b.rotated = plan.Secrets()
	return b.rotation.End()
}

// Preview serves the whole page at its redirect URI until ctx ends. It calls show with the URL.
func (b *Bench) Preview(ctx context.Context, code Code, show func(signintest.Address)) error {
	return signintest.Preview(ctx, code.Complete, code.RedirectURI, show)
}
