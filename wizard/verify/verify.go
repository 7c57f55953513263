// Package verify is the bench on which the front ends prove a set-up: the page code, the sign-in test and doctor, all of
// one deployment.
package verify

import (
	"context"

	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/pagecode"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
)

// Bench proves one deployment. Each call looks at what is there now. Only one may be under way.
type Bench struct {
	Env         *setup.Session
	Deployment  string                          // its id or name
	Site        string                          // the address of the customer's page, for doctor; empty: none
	User        string                          // a login, for doctor; empty: nobody's
	Busy        func(what string) (done func()) // told what is awaited; nil: nobody is told
	RedirectURI string                          // where the test comes back to; empty: a registered one on this computer, else the first

	report *doctor.Report // of the last look
}

// Verifier is what a Bench does.
type Verifier interface {
	Code(context.Context) (Code, error)
	Test(context.Context, signintest.Front) (signintest.Result, error)
	Examine(context.Context) (*doctor.Report, error)
	PlanFix(context.Context, ...signintest.Fix) (setup.Plan, error)
	Fix(ctx context.Context, plan setup.Plan, stop *engine.Stop) error
	Preview(ctx context.Context, code Code, show func(signintest.Address)) error
}

// Code is what a page needs beside the snippet.
type Code struct {
	Plugin      string `json:"plugin"`       // to paste right after the snippet
	Complete    string `json:"page"`         // a whole HTML page, the snippet included
	RedirectURI string `json:"redirect_uri"` // where that page has to be
}

// Examine follows the chain and reads. The error says that nothing could be looked at.
func (b *Bench) Examine(ctx context.Context) (*doctor.Report, error) {
	defer b.busy("Okta and Genesys Cloud")()
	report, err := doctor.Examine(ctx, doctor.Config{Env: b.Env, Deployment: b.Deployment, Site: b.Site, User: b.User})
	if err != nil {
		return nil, err
	}
	b.report = report
	return report, nil
}

func (b *Bench) busy(what string) (done func()) {
	if b.Busy == nil {
		return func() {}
	}
	return b.Busy(what)
}

// Code writes the page code.
func (b *Bench) Code(ctx context.Context) (Code, error) {
	report, err := b.Examine(ctx)
	if err != nil {
		return Code{}, err
	}
	defer b.busy("what the page needs")()
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

// Test signs a person in. The error says that the test could not begin; when ctx ended, it is the context's cause.
func (b *Bench) Test(ctx context.Context, front signintest.Front) (signintest.Result, error) {
	report, err := b.Examine(ctx)
	if err != nil {
		return signintest.Result{}, err
	}
	done := b.busy("what the test needs")
	setup, err := report.Setup(ctx, b.Env, b.RedirectURI)
	done()
	if err != nil {
		return signintest.Result{}, err
	}
	result := signintest.Run(ctx, setup, front)
	if err := context.Cause(ctx); err != nil && !result.OK {
		return signintest.Result{Lines: result.Lines, Left: result.Left}, err // nobody is at fault
	}
	return result, nil
}

// PlanFix plans fixes, all that the last look offers if none is named. It only reads.
func (b *Bench) PlanFix(ctx context.Context, fixes ...signintest.Fix) (setup.Plan, error) {
	defer b.busy("Okta and Genesys Cloud")()
	return doctor.PlanFix(ctx, b.Env, b.report, fixes...)
}

// Fix carries out what PlanFix planned.
func (b *Bench) Fix(ctx context.Context, plan setup.Plan, stop *engine.Stop) error {
	return b.Env.Apply(ctx, plan, stop)
}

// Preview serves the whole page at its redirect URI until ctx ends; show is told where a browser finds it.
func (b *Bench) Preview(ctx context.Context, code Code, show func(signintest.Address)) error {
	return signintest.Preview(ctx, code.Complete, code.RedirectURI, show)
}
