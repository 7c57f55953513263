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

// Prover is what a Bench does.
type Prover interface {
	Code(context.Context) (Code, error)
	Test(context.Context, signintest.Front) (signintest.Verdict, error)
	Examine(context.Context) (*doctor.Report, error)
	PlanMend(context.Context, ...signintest.Mend) (setup.Plan, error)
	Mend(ctx context.Context, plan setup.Plan, stop *engine.Stop) error
	Preview(ctx context.Context, code Code, show func(signintest.Address)) error
}

// Code is what a page needs beside the snippet.
type Code struct {
	Plugin      string // to paste right after the snippet
	Complete    string // a whole HTML page, the snippet included
	RedirectURI string // where that page has to be
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
func (b *Bench) Test(ctx context.Context, front signintest.Front) (signintest.Verdict, error) {
	report, err := b.Examine(ctx)
	if err != nil {
		return signintest.Verdict{}, err
	}
	done := b.busy("what the test needs")
	setup, err := report.Setup(ctx, b.Env, b.RedirectURI)
	done()
	if err != nil {
		return signintest.Verdict{}, err
	}
	verdict := signintest.Run(ctx, setup, front)
	if err := context.Cause(ctx); err != nil && !verdict.OK {
		return signintest.Verdict{Lines: verdict.Lines, Left: verdict.Left}, err // nobody is at fault
	}
	return verdict, nil
}

// PlanMend plans repairs, all that the last look offers if none is named. It only reads.
func (b *Bench) PlanMend(ctx context.Context, mends ...signintest.Mend) (setup.Plan, error) {
	defer b.busy("Okta and Genesys Cloud")()
	return doctor.PlanMend(ctx, b.Env, b.report, mends...)
}

// Mend carries out what PlanMend planned.
func (b *Bench) Mend(ctx context.Context, plan setup.Plan, stop *engine.Stop) error {
	return b.Env.Apply(ctx, plan, stop)
}

// Preview serves the whole page at its redirect URI until ctx ends; show is told where a browser finds it.
func (b *Bench) Preview(ctx context.Context, code Code, show func(signintest.Address)) error {
	return signintest.Preview(ctx, code.Complete, code.RedirectURI, show)
}
