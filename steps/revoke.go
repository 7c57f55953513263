package steps

import "context"

// Revocable reports whether the Okta API token was typed for this run and is still good, so that it should be
// revoked at the end. One from the environment is somebody's who may still need it.
func (e *Env) Revocable() bool {
	return e.facts.okta != nil && e.Answers.Get(OktaToken).From == FromUser && !e.Answers.Secret(OktaToken).Empty()
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
