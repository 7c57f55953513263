package setup

import (
	"context"
	"fmt"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	genesyssteps "msgsso-wizard/steps/genesys"
	"msgsso-wizard/steps/guide"
	oktasteps "msgsso-wizard/steps/okta"
)

// Undoer undoes what a run made; *Undo is one.
type Undoer interface {
	Left() bool
	Plan(context.Context) ([]engine.Item, error)
	Apply(ctx context.Context, items []engine.Item, stop *engine.Stop, gone func(engine.Item)) error
}

// LiveDeployments are the names of the deployments that an undo deletes. Pages may use them, so that the user types each
// name first.
func LiveDeployments(items []engine.Item) (names []string) {
	for _, i := range items {
		if i.Act == engine.Delete && i.Kind == guide.KindDeployment {
			names = append(names, i.Name)
		}
	}
	return names
}

// UndoJournal is what an undo needs of the journal of its run.
type UndoJournal interface {
	// PastRun returns what is left of the run, and Others what is left of the other runs.
	PastRun() engine.PastRun
	Others() []engine.PastRun
	// Where says in which orgs the run was: the answers, and the ID of the Genesys Cloud organization.
	Where() (okta, genesys, organization string)
	Gone(entry int) error
	EndUndone() error
}

// Undo undoes one run in the orgs that its answers name. Only one of its calls may be under way.
type Undo struct {
	session *Session
	journal UndoJournal
}

// NewUndo returns the Undo of the run that the journal keeps.
func NewUndo(s *Session, j UndoJournal) *Undo { return &Undo{session: s, journal: j} }

// Left reports whether there is anything of the run to undo.
func (u *Undo) Left() bool { return len(u.journal.PastRun().Entries) > 0 }

// Plan opens both orgs and says what Apply would do; engine.Shown leaves out what a user need not see. It only reads.
func (u *Undo) Plan(ctx context.Context) ([]engine.Item, error) {
	okta, genesys, _ := u.journal.Where()
	for key, was := range map[guide.Key]string{guide.OktaOrg: okta, guide.GenesysRegion: genesys} {
		if now := u.session.Answers.Value(key); was != "" && now != was {
			return nil, elsewhere(key, was, now)
		}
	}
	c, err := u.open(ctx)
	if err != nil {
		return nil, err
	}
	items, err := engine.PlanUndo(ctx, undoKinds(c), engine.Config{Emit: u.session.emit, Poll: u.session.Poll}, u.journal.PastRun(), u.journal.Others()...)
	if err != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return nil, explain.InWords("check what the run created", err)
	}
	return items, c.mayDelete(ctx, items)
}

// mayDelete refuses an undo for want of permissions before it deletes anything, where Genesys Cloud tells them.
func (c *Connection) mayDelete(ctx context.Context, items []engine.Item) error {
	var kinds []guide.ObjectKind
	for _, i := range items {
		if i.Act == engine.Delete && i.Kind.InGenesys() {
			kinds = append(kinds, i.Kind)
		}
	}
	if len(kinds) == 0 {
		return nil
	}
	return c.permits(ctx, func(have []string) []string { return genesyssteps.LackingToUndo(have, kinds...) })
}

func (u *Undo) open(ctx context.Context) (*Connection, error) {
	c, err := u.session.Connect(ctx)
	if err != nil {
		return nil, err
	}
	if _, _, was := u.journal.Where(); was != "" && c.Organization.ID != "" && c.Organization.ID != was {
		return nil, elsewhere(guide.GenesysSignIn, was, c.Organization.ID)
	}
	for _, e := range u.journal.PastRun().Entries {
		switch inGenesys := e.Kind.InGenesys(); {
		case inGenesys && c.Genesys == nil:
			return nil, notSignedIn("Genesys Cloud", guide.GenesysSignIn)
		case !inGenesys && c.OktaErr != nil:
			return nil, c.OktaErr
		case !inGenesys && c.Okta == nil:
			return nil, notSignedIn("Okta", guide.OktaSignIn)
		}
	}
	return c, nil
}

// elsewhere refuses to look for what a run made in another org than it was in: nothing of it would be found there, and
// all of it would be taken for gone.
func elsewhere(key guide.Key, was, now string) error {
	return explain.New(explain.ClassUsage, key,
		fmt.Sprintf("The run was in %s, but this sign-in is for %s. No changes were made.", was, now),
		"Sign in where the run was: leave the org and the region empty, and enter credentials for them.")
}

func notSignedIn(service string, key guide.Key) error {
	return explain.New(explain.ClassSignIn, key,
		"The wizard isn't signed in to "+service+", where the run created objects.",
		"Run msgsso-wizard undo, which asks for the credentials.")
}

// Apply undoes what a Plan said, and ends the run's record. gone gets each object that a user should
// see; it may be nil.
func (u *Undo) Apply(ctx context.Context, items []engine.Item, stop *engine.Stop, gone func(engine.Item)) error {
	defer u.session.StartOver()
	undone := func(entry int) error {
		for _, i := range items {
			if i.Entry == entry {
				u.session.changes().Forget(i.Kind, i.ID)
			}
		}
		return unkept(u.journal.Gone(entry))
	}
	err := engine.ApplyUndo(ctx, items, stop, undone, func(i engine.Item) {
		if i.Act != engine.Keep {
			u.session.changes().Undo(engine.Change{Verb: i.Verb, Kind: i.Kind, Name: i.Name, ID: i.ID})
		}
		if gone != nil {
			gone(i)
		}
	})
	switch {
	case err == nil:
		return unkept(u.journal.EndUndone())
	case err == engine.ErrStopped: //nolint:errorlint // bare
		return err
	case ctx.Err() != nil:
		return context.Cause(ctx)
	}
	return explain.InWords("undo the change", err)
}

// unkept is why an undo stops that cannot write down how far it came.
func unkept(err error) error {
	if err == nil {
		return nil
	}
	return explain.New(explain.ClassFault, "", explain.Sentence("The undo can't be written to the run journal: "+err.Error()),
		"Free up disk space, then undo again. Items already deleted are skipped.").Again().Of(err)
}

// undoKinds are the kinds of object that the nodes make, in the order in which an undo goes through them.
func undoKinds(c *Connection) []engine.UndoKind {
	apps := oktasteps.NewAppList(c.Okta)
	return []engine.UndoKind{
		engine.Undoing(oktasteps.OldSecretObject(c.Okta)), // the old one works before anything uses it again
		engine.Undoing(genesyssteps.DeploymentObject(c.Genesys)),
		engine.Undoing(genesyssteps.VersionObject(c.Genesys)),
		engine.Undoing(genesyssteps.ConfigurationObject(c.Genesys)),
		engine.Undoing(genesyssteps.StatusObject(c.Genesys)),
		engine.Undoing(rotatedSettings(c)),
		engine.Undoing(genesyssteps.IntegrationObject(c.Genesys)),
		engine.Undoing(genesyssteps.CredentialObject(c.Genesys)),
		engine.Undoing(genesyssteps.OldCredentialObject(c.Genesys)),
		engine.Undoing(oktasteps.SecretObject(c.Okta)),
		engine.Undoing(oktasteps.FederatedClaimObject(c.Okta)),
		engine.Undoing(oktasteps.ClaimObject(c.Okta, apps)),
		engine.Undoing(oktasteps.RuleObject(c.Okta)),
		engine.Undoing(oktasteps.PolicyObject(c.Okta, apps)),
		engine.Undoing(oktasteps.OriginObject(c.Okta, apps)),
		engine.Undoing(oktasteps.AssignmentObject(c.Okta, apps)),
		engine.Undoing(oktasteps.AppObject(c.Okta)),
	}
}
