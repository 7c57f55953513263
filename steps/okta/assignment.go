package okta

import (
	"context"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// Assignment lets the users of a group, or one user, sign in to an app.
type Assignment struct {
	AppID    string
	ID       string // of the group or the user
	Name     string // of the group, or the user's login
	Everyone bool   // the group is the org's own, of all its users
}

// user reports whether a user is assigned: the IDs of users have another form (contract okta.md 2).
func (a Assignment) user() bool { return strings.HasPrefix(a.ID, "00u") }

// AssignmentObject is an assignment in an org. apps says, in an undo, which apps need it.
func AssignmentObject(api services.Okta, apps *AppList) engine.Object[Assignment] {
	return engine.Object[Assignment]{
		Kind: guide.KindAssignment,
		Ref:  func(a Assignment) engine.Ref { return engine.Ref{ID: a.ID, In: []string{a.AppID}} },
		// It is looked whether it exists.
		Read: func(ctx context.Context, at engine.Ref) (Assignment, error) {
			a := assignmentAt(at)
			if a.user() {
				_, err := api.AppUser(ctx, a.AppID, a.ID)
				return a, err
			}
			groups, err := api.AppGroups(ctx, a.AppID)
			if err == nil && !slices.Contains(groups, a.ID) {
				err = &apiclient.Error{Service: apiclient.Okta, Status: 404}
			}
			return a, err
		},
		Delete: func(ctx context.Context, at engine.Ref) error {
			a := assignmentAt(at)
			if a.user() {
				return api.UnassignUser(ctx, a.AppID, a.ID)
			}
			return api.UnassignGroup(ctx, a.AppID, a.ID)
		},
		Deleted: "the group's users can no longer sign in",
		Within:  withinApp,
		Users: func(ctx context.Context, now Assignment, _ engine.Entry, u *engine.Undo) (string, error) {
			return apps.staysFor(ctx, u, func(a okta.App) bool { return a.ID == now.AppID })
		},
	}
}

func assignmentAt(at engine.Ref) Assignment {
	a := Assignment{ID: at.ID}
	if len(at.In) > 0 {
		a.AppID = at.In[0]
	}
	return a
}

// wanted reads an assignment with what the answers say of it: the app has only its ID.
func wanted(o engine.Object[Assignment], want Assignment) engine.Object[Assignment] {
	read := o.Read
	o.Read = func(ctx context.Context, at engine.Ref) (Assignment, error) {
		a, err := read(ctx, at)
		if a.ID == want.ID {
			a.Name, a.Everyone = want.Name, want.Everyone
		}
		return a, err
	}
	return o
}

type assignment struct {
	engine.Object[Assignment]
	api    services.Okta
	app    engine.Source[okta.App]
	want   Assignment
	exists bool
}

func (a assignment) Key(ctx context.Context) (engine.Key, error) {
	p, err := a.app.Planned(ctx)
	if err != nil || !p.Exists {
		return engine.Key{}, err
	}
	return engine.Key{Name: a.want.Name, In: []string{p.Value.ID}}, nil
}

// Fits takes only this one: groups may have the same name.
func (a assignment) Fits(_ context.Context, made Assignment) (bool, error) {
	return made.ID == a.want.ID, nil
}

func (a assignment) Find(ctx context.Context, notes *engine.Notes) (*Assignment, error) {
	want := a.want
	if notes.Again {
		made, err := a.app.Made(ctx)
		if err != nil {
			return nil, err
		}
		want.AppID = made.ID
		if _, err := a.Read(ctx, a.Ref(want)); err != nil {
			return nil, engine.Unmissed(err)
		}
		return &want, nil
	}
	p, err := a.app.Planned(ctx)
	if err != nil || !p.Exists || !a.exists {
		return nil, err
	}
	want.AppID = p.Value.ID
	return &want, nil
}

func (a assignment) Describe(context.Context, Assignment, *engine.Notes) (engine.Row, error) {
	return engine.Row{Name: a.want.Name, Why: "already assigned"}, nil
}

func (a assignment) Draft(ctx context.Context, stage engine.Stage, _ *engine.Notes) (engine.Draft[Assignment], error) {
	d := engine.Draft[Assignment]{Name: a.want.Name, ID: a.want.ID, Why: "can sign in to the chat"}
	app, exists, err := engine.At(ctx, stage, a.app)
	if err != nil || !exists {
		return d, err
	}
	want := a.want
	want.AppID = app.ID
	d.In = []string{app.ID}
	d.Send = func(ctx context.Context) (Assignment, error) {
		if want.user() {
			return want, a.api.AssignUser(ctx, want.AppID, want.ID)
		}
		return want, a.api.AssignGroup(ctx, want.AppID, want.ID)
	}
	return d, nil
}
