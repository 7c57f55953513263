package setup

import (
	"context"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// Revoke revokes the API token at Okta (contract okta.md 3.1) and forgets it. Not to be called while a run is under way.
func (s *Session) Revoke(ctx context.Context) error {
	if err := s.orgs().okta.API.RevokeToken(ctx); err != nil {
		return explain.Explain(guide.StepIdentify, err)
	}
	s.remember(func(o *opened) { o.okta.API = nil })
	return s.Answers.Set(guide.OktaToken, guide.FromUser, "")
}

// SignOut ends the session of a user who signed in to Genesys Cloud with the browser; tokens of other kinds are left
// alone. Not to be called while a run is under way.
func (s *Session) SignOut(ctx context.Context) error {
	if api := s.orgs().genesys.API; api != nil {
		return api.SignOut(ctx)
	}
	return nil
}
