package steps

import (
	"context"
	"fmt"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// assignUser lets one person sign in to the app. Only repairs have this step: the guide assigns groups.
type assignUser struct{}

func (assignUser) ID() string               { return "assign-user" }
func (assignUser) Section() guide.SectionID { return guide.SectionOkta }

func (assignUser) Plan(ctx context.Context, env *Env) ([]Change, error) {
	f, who := &env.facts, env.repair.Assign
	user, err := f.okta.User(ctx, who)
	switch {
	case okta.NotFound(err):
		return nil, &explain.Error{
			Class:   explain.ClassUsage,
			Problem: fmt.Sprintf("Okta knows nobody with the login %s.", who),
			Fix:     "Give the login as Okta has it (Directory > People).",
		}
	case err != nil:
		return nil, err
	case f.app.Implicit:
		f.notice(Notice{guide.SectionOkta, true, "The app uses Federation Broker Mode: everyone may sign in."})
		return nil, nil
	}
	return []Change{{Verb: Create, Kind: guide.KindAssignment, Name: user.Login, ID: user.ID, Why: "may sign in to the chat"}}, nil
}

func (s assignUser) Apply(ctx context.Context, env *Env) error {
	f := &env.facts
	for _, c := range f.planOf(s) {
		err := env.do(ctx, c, func(ctx context.Context) (string, error) { return c.ID, f.okta.AssignUser(ctx, f.app.ID, c.ID) })
		if err != nil {
			return err
		}
	}
	return nil
}
