package steps

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/taskgroup"
)

// assignment lets people sign in to the app, group by group.
type assignment struct{}

func (assignment) ID() string               { return "assignment" }
func (assignment) Section() guide.SectionID { return guide.SectionOkta }

func (assignment) Plan(ctx context.Context, env *Env) ([]Change, error) {
	f := &env.facts
	if err := oneAssignment(env.Answers); err != nil {
		return nil, err
	}
	if env.Answers.Value(guide.Assign) == guide.AssignSkip {
		f.notice(Notice{guide.SectionOkta, false, "Nobody is assigned: sign-in fails until you assign someone in Okta."})
		return nil, nil
	}
	var assigned []string
	if f.app != nil {
		if f.app.Implicit {
			f.notice(Notice{guide.SectionOkta, true, "The app uses Federation Broker Mode: everyone may sign in."})
			return nil, nil
		}
		var err error
		if assigned, err = f.okta.AppGroups(ctx, f.app.ID); err != nil {
			return nil, err
		}
	}
	groups, err := groupsToLetIn(ctx, env, assigned)
	if err != nil {
		return nil, err
	}
	var changes []Change
	for _, g := range groups {
		c := Change{Verb: Create, Kind: guide.KindAssignment, Name: g.Name, ID: g.ID, Why: "may sign in to the chat"}
		if slices.Contains(assigned, g.ID) {
			c.Verb, c.Why = Reuse, "already assigned"
		}
		changes = append(changes, c)
	}
	return changes, nil
}

func (s assignment) Apply(ctx context.Context, env *Env) error {
	f := &env.facts
	for _, c := range f.planOf(s) {
		if !c.Writes() {
			continue
		}
		c.Back.In = []string{f.app.ID}
		err := env.do(ctx, c, func(ctx context.Context) (string, error) {
			return c.ID, f.okta.AssignGroup(ctx, f.app.ID, c.ID)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// oneAssignment refuses groups beside another assignment: which of the two is meant decides who gets in.
func oneAssignment(a *guide.Answers) error {
	groups, way := a.Get(guide.AssignGroups).Values, a.Value(guide.Assign)
	if len(groups) == 0 || way == guide.AssignSelected {
		return nil
	}
	return &explain.Error{
		Class: explain.ClassUsage, Question: guide.Assign,
		Problem: fmt.Sprintf("Groups are named (%s), and the assignment is %q: only one of them can be meant.", strings.Join(groups, ", "), way),
		Fix:     "Leave out --assign to assign the groups, or leave out --group.",
	}
}

// groupsToLetIn are those that the answers name. An app that is there keeps whom it has where nobody said who may sign
// in: the default would let everyone in.
func groupsToLetIn(ctx context.Context, env *Env, assigned []string) ([]okta.Group, error) {
	f, a := &env.facts, env.Answers
	if f.app == nil || a.Get(guide.Assign).From > guide.FromOrg || len(a.Get(guide.AssignGroups).Values) > 0 {
		return wantedGroups(ctx, a, f.okta)
	}
	if len(assigned) > 0 {
		return groupsOf(ctx, f.okta, assigned)
	}
	switch cutOff, err := f.leftUnassigned(ctx); {
	case err != nil:
		return nil, err
	case cutOff:
		return wantedGroups(ctx, a, f.okta)
	}
	f.notice(nobodyUnasked)
	return nil, nil
}

var nobodyUnasked = Notice{guide.SectionOkta, false, "No group is assigned to the app, and none will be unasked (--assign, --group): only people who are assigned one by one may sign in."}

// leftUnassigned reports whether an earlier run made the app and ended before it let anybody in.
func (f *facts) leftUnassigned(ctx context.Context) (bool, error) {
	if f.app.ManagedBy != tag {
		return false, nil
	}
	people, err := f.okta.AppUsers(ctx, f.app.ID)
	return len(people) == 0, err
}

func wantedGroups(ctx context.Context, a *guide.Answers, api OktaAPI) ([]okta.Group, error) {
	if a.Value(guide.Assign) == guide.AssignEveryone {
		groups, err := api.Groups(ctx, "Everyone")
		if err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(groups, okta.Group.Everyone); i >= 0 {
			return groups[i : i+1], nil
		}
		// A group administrator does not see the Everyone group (contract okta.md 2).
		return nil, &explain.Error{
			Class: explain.ClassPermission, Question: guide.Assign,
			Problem: "Okta does not show the Everyone group to this admin.",
			Fix:     "Use a token of an App admin, or choose groups (--assign groups --group NAME).",
		}
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

// namedGroups is how many groups of an app are told by their names: each name is a call.
const namedGroups = 20

// groupsOf are the groups of those ids. The name is there for people: where it cannot be read, the id stands for it.
func groupsOf(ctx context.Context, api OktaAPI, ids []string) ([]okta.Group, error) {
	out := make([]okta.Group, len(ids))
	g, gctx := taskgroup.WithContext(ctx)
	for i, id := range ids {
		out[i] = okta.Group{ID: id, Name: id}
		if i >= namedGroups {
			continue
		}
		g.Go(func() error {
			found, err := api.Group(gctx, id)
			if err == nil {
				out[i] = found
			}
			return gctx.Err()
		})
	}
	return out, g.Wait()
}

// groupID is the form of Okta's group ids; what looks like one is taken for one.
var groupID = regexp.MustCompile(`^00g[A-Za-z0-9]{17}$`)

// groupNamed finds a group by its exact name or id.
func groupNamed(ctx context.Context, api OktaAPI, name string) (okta.Group, error) {
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
	return &explain.Error{
		Class: explain.ClassUsage, Question: guide.AssignGroups,
		Problem: fmt.Sprintf("Okta has no group %q.", name),
		Fix:     "Give the group's exact name, in which capital letters count, or its id.",
	}
}
