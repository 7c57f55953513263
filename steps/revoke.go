package steps

import (
	"context"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// Revocable reports whether the Okta API token was typed for this run and is still good, so that it should be
// revoked at the end. One from the environment is somebody's who may still need it.
func (e *Env) Revocable() bool {
	return e.facts.okta != nil && e.Answers.Value(guide.OktaSignIn) == guide.OktaByToken && e.Answers.Get(guide.OktaToken).From == guide.FromUser && !e.Answers.Secret(guide.OktaToken).Empty()
}

// Revoke revokes the API token at Okta (contract okta.md 3.1) and forgets it. Not to be called while a run is
// under way.
func (e *Env) Revoke(ctx context.Context) error {
	if err := e.facts.okta.RevokeToken(ctx); err != nil {
		return explain.Explain("identify", err)
	}
	e.facts.okta = nil
	return e.Answers.Set(guide.OktaToken, guide.FromUser, "")
}

// SignOut ends the session of a person who signed in to Genesys Cloud with the browser; tokens of other kinds are
// left alone. Not to be called while a run is under way.
func (e *Env) SignOut(ctx context.Context) error {
	if e.facts.genesys == nil {
		return nil
	}
	return e.facts.genesys.SignOut(ctx)
}
