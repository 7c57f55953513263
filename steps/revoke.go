package steps

import "context"

// Revocable reports whether the Okta API token was typed for this run and is still good, so that it should be
// revoked at the end. One from the environment is somebody's who may still need it.
func (e *Env) Revocable() bool {
	return e.facts.okta != nil && e.Answers.Value(OktaSignIn) == OktaByToken && e.Answers.Get(OktaToken).From == FromUser && !e.Answers.Secret(OktaToken).Empty()
}

// Revoke revokes the API token at Okta (contract okta.md 3.1) and forgets it. Not to be called while a run is
// under way.
func (e *Env) Revoke(ctx context.Context) error {
	if err := e.facts.okta.RevokeToken(ctx); err != nil {
		return explain("identify", err)
	}
	e.facts.okta = nil
	return e.Answers.Set(OktaToken, FromUser, "")
}

// SignOut ends the session of a person who signed in to Genesys Cloud with the browser; tokens of other kinds are
// left alone. Not to be called while a run is under way.
func (e *Env) SignOut(ctx context.Context) error {
	if e.facts.genesys == nil {
		return nil
	}
	return e.facts.genesys.SignOut(ctx)
}
