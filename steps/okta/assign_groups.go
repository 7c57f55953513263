package okta

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/taskgroup"
)

// NewAssignments wants the answered groups to be assigned to the app. An app that exists keeps the groups that it has
// without an answer for who may sign in: the default would assign everyone. cutOff reports whether the run that made the app
// may have ended before it assigned a group.
func NewAssignments(org *engine.Lookup[Org], app engine.Source[okta.App], answers *guide.Answers, cutOff func(context.Context, engine.Planned[okta.App]) bool) engine.Listing[Assignment] {
	return func(ctx context.Context, notes *engine.Notes) ([]engine.Resource[Assignment], error) {
		if err := oneAssignment(answers); err != nil {
			return nil, err
		}
		api, p, err := engine.Both(ctx, apiOf(org), app.Planned)
		if err != nil {
			return nil, err
		}
		if answers.Value(guide.Assign) == guide.AssignSkip {
			none, err := unassigned(ctx, api, p)
			if none {
				notes.Attend(NoOneAssigned)
			}
			return nil, err
		}
		var assigned []string
		if p.Exists {
			if p.Value.Implicit {
				notes.OK("The app uses Federation Broker Mode: everyone can sign in.")
				return nil, nil
			}
			if assigned, err = api.AppGroups(ctx, p.Value.ID); err != nil {
				return nil, err
			}
		}
		groups, err := groupsToAssign(ctx, api, answers, p, assigned, cutOff, notes)
		var out []engine.Resource[Assignment]
		for _, g := range groups {
			want := Assignment{ID: g.ID, Name: g.Name, Everyone: g.Everyone()}
			out = append(out, assignment{wanted(AssignmentObject(api, nil), want), api, app, want, slices.Contains(assigned, g.ID)})
		}
		return out, err
	}
}

// NoOneAssigned is the notice of a plan that leaves the app without users.
const NoOneAssigned = "No one is assigned. Assign users in Okta, or sign-in fails."

// unassigned reports whether no one can sign in with the app before the run.
func unassigned(ctx context.Context, api services.Okta, app engine.Planned[okta.App]) (bool, error) {
	if !app.Exists || app.Value.Implicit {
		return !app.Exists, nil
	}
	groups, err := api.AppGroups(ctx, app.Value.ID)
	if err != nil || len(groups) > 0 {
		return false, err
	}
	users, err := api.AppUsers(ctx, app.Value.ID)
	return len(users) == 0, err
}

// oneAssignment refuses groups together with another assignment: which of the two is meant decides who gets in.
func oneAssignment(a *guide.Answers) error {
	groups, method := a.Get(guide.AssignGroups).Values, a.Value(guide.Assign)
	if len(groups) == 0 || method == guide.AssignSelected {
		return nil
	}
	return explain.New(explain.ClassUsage, guide.Assign,
		fmt.Sprintf("You set groups (%s) and the assignment %q. Use only one.", strings.Join(groups, ", "), method),
		"Remove the assignment to assign the groups, or remove the groups.").And(guide.AssignGroups)
}

func groupsToAssign(ctx context.Context, api services.Okta, a *guide.Answers, app engine.Planned[okta.App], assigned []string, cutOff func(context.Context, engine.Planned[okta.App]) bool, notes *engine.Notes) ([]okta.Group, error) {
	if !app.Exists || a.Get(guide.Assign).From > guide.FromOrg || len(a.Get(guide.AssignGroups).Values) > 0 {
		return wantedGroups(ctx, a, api)
	}
	if len(assigned) > 0 {
		return groupsOf(ctx, api, assigned)
	}
	if cutOff(ctx, app) {
		users, err := api.AppUsers(ctx, app.Value.ID)
		if err != nil {
			return nil, err
		}
		if len(users) == 0 {
			return wantedGroups(ctx, a, api)
		}
	}
	notes.Attend("No group is assigned to this app. Only individually assigned users can sign in.")
	return nil, nil
}

// FindAssignment keeps in a view who may sign in with an app, unless the user said who should.
func FindAssignment(view *guide.Answers, app okta.App, assigned []Assignment) {
	var groups []string
	for _, a := range assigned {
		groups = append(groups, a.Name)
	}
	switch {
	case view.Get(guide.Assign).From > guide.FromOrg || len(view.Get(guide.AssignGroups).Values) > 0:
	case app.Implicit || len(groups) == 1 && assigned[0].Everyone:
		view.Found(guide.Assign, guide.AssignEveryone)
	case len(groups) == 0:
		view.Found(guide.Assign, guide.AssignSkip)
	default:
		view.Found(guide.Assign, guide.AssignSelected)
		view.Found(guide.AssignGroups, groups...)
	}
}

func wantedGroups(ctx context.Context, a *guide.Answers, api services.Okta) ([]okta.Group, error) {
	if a.Value(guide.Assign) == guide.AssignEveryone {
		groups, err := api.Groups(ctx, "Everyone")
		if err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(groups, okta.Group.Everyone); i >= 0 {
			return groups[i : i+1], nil
		}
		// A group administrator does not see the Everyone group (contract okta.md 2).
		return nil, explain.New(explain.ClassPermission, guide.Assign,
			"Okta doesn't show the Everyone group to this admin.",
			"Sign in as an admin who can view all groups, such as a super admin, or choose groups.").And(guide.AssignGroups)
	}
	var out []okta.Group
	for _, name := range a.Get(guide.AssignGroups).Values {
		g, err := groupNamed(ctx, api, name)
		if err != nil {
			return nil, err
		}
		out = append(out, g)
	}
	return out, nil
}

// namedGroups is how many groups of an app are shown by their names: each name is a call.
const namedGroups = 20

// groupsOf are the groups of those IDs. The name is there for users: where it cannot be read, the ID stands for it.
func groupsOf(ctx context.Context, api services.Okta, ids []string) ([]okta.Group, error) {
	out := make([]okta.Group, len(ids))
	g, gctx := taskgroup.WithContext(ctx)
	for i, id := range ids {
		out[i] = okta.Group{ID: id, Name: id}
		if i >= namedGroups {
			continue
		}
		g.Go(func() error {
			if found, err := api.Group(gctx, id); err == nil {
				out[i] = found
			}
			return gctx.Err()
		})
	}
	return out, g.Wait()
}

// groupID is the form of Okta's group IDs; what looks like one is taken for one.
var groupID = regexp.MustCompile(`^00g[A-Za-z0-9]{17}$`)

// groupNamed finds a group by its exact name or ID.
func groupNamed(ctx context.Context, api services.Okta, name string) (okta.Group, error) {
	if groupID.MatchString(name) {
		g, err := api.Group(ctx, name)
		if okta.NotFound(err) {
			err = noGroup(name)
		}
		return g, err
	}
	groups, err := api.Groups(ctx, name)
	if err != nil {
		return okta.Group{}, err
	}
	if i := slices.IndexFunc(groups, func(g okta.Group) bool { return g.Name == name }); i >= 0 {
		return groups[i], nil
	}
	return okta.Group{}, noGroup(name)
}

func noGroup(name string) error {
	return explain.New(explain.ClassUsage, guide.AssignGroups,
		fmt.Sprintf("Okta has no group %q.", name),
		"Enter the group's exact name, including capital letters, or its ID. A name with a comma needs quotation marks where several are listed: \"Sales, EMEA\".")
}

// NewUserAssignment wants one user to be assigned to the app. Only fixes do this: the guide assigns groups.
func NewUserAssignment(org *engine.Lookup[Org], app engine.Source[okta.App], login string) engine.Listing[Assignment] {
	return func(ctx context.Context, notes *engine.Notes) ([]engine.Resource[Assignment], error) {
		api, p, err := engine.Both(ctx, apiOf(org), app.Planned)
		if err != nil {
			return nil, err
		}
		user, err := api.User(ctx, login)
		switch {
		case okta.NotFound(err):
			return nil, explain.New(explain.ClassUsage, "",
				fmt.Sprintf("Okta has no user with the login %s.", login),
				"Enter the login as in Okta (Directory > People).")
		case err != nil:
			return nil, err
		case p.Value.Implicit:
			notes.OK("The app uses Federation Broker Mode: everyone can sign in.")
			return nil, nil
		}
		return []engine.Resource[Assignment]{assignment{AssignmentObject(api, nil), api, app, Assignment{ID: user.ID, Name: user.Login}, false}}, nil
	}
}
