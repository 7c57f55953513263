package undo

import (
	"context"
	"fmt"
	"slices"

	"msgsso-wizard/steps"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
)

// Undoer takes back what a run made; *Work is one.
type Undoer interface {
	Left() bool
	Plan(context.Context) (Outlook, error)
	Apply(ctx context.Context, gone func(Item)) error
}

// Work takes back one run in the orgs that its answers name. Only one of its calls may be under way.
type Work struct {
	env    *steps.Env
	book   *journal.Book
	items  []Item
	unseen bool // something may be there that the last Plan could not look for
}

// Outlook is what taking a run back would do.
type Outlook struct {
	Items  []Item
	Unseen string // why changes that may have been carried out could not be looked for; empty: all is known
}

// New returns the Work on the run that book keeps. Env's journal is to be that book.
func New(env *steps.Env, book *journal.Book) *Work { return &Work{env: env, book: book} }

// Left reports whether there is anything of the run to take back.
func (w *Work) Left() bool {
	run := w.book.Run()
	return run.State != journal.Undone && len(run.Left()) > 0
}

// Plan reaches both orgs and says what Apply would do. It only reads.
func (w *Work) Plan(ctx context.Context) (Outlook, error) {
	var out Outlook
	w.unseen = false
	run := w.book.Run()
	for key, was := range map[guide.Key]string{guide.OktaOrg: run.Okta, guide.GenesysRegion: run.Genesys} {
		if now := w.env.Answers.Value(key); was != "" && now != was {
			return out, elsewhere(key, was, now)
		}
	}
	if lost := w.lost(); len(lost) > 0 {
		if err := steps.Recall(ctx, w.env, lost...); err != nil {
			if ctx.Err() != nil {
				return out, context.Cause(ctx)
			}
			w.unseen, out.Unseen = true, explain.InWords("look for what may have been made", err).Problem
		}
	}
	orgs, err := w.open(ctx)
	if err != nil {
		return out, err
	}
	if w.items, err = Plan(ctx, orgs, w.book.Run(), w.book.Others()...); err != nil {
		return out, explain.InWords("look at what the run made", err)
	}
	out.Items = Shown(w.items)
	return out, nil
}

// lost are the steps of changes that may have been carried out though their answers never came.
func (w *Work) lost() []string {
	var ids []string
	for _, e := range w.book.Run().Left() {
		if e.Stage == journal.Intended {
			ids = append(ids, e.Step)
		}
	}
	return ids
}

// genesysKinds are the kinds of entry that are in Genesys Cloud; the others are in Okta.
var genesysKinds = []guide.ObjectKind{
	guide.KindIntegration, guide.KindCredential, guide.KindSettings, guide.KindState,
	guide.KindConfiguration, guide.KindVersion, guide.KindDeployment,
}

func (w *Work) open(ctx context.Context) (Services, error) {
	c, err := steps.Connect(ctx, w.env)
	if err != nil {
		return Services{}, err
	}
	run := w.book.Run()
	if now := c.Organization.ID; now != "" && run.Organization != "" && now != run.Organization {
		return Services{}, elsewhere(guide.GenesysSignIn, run.Organization, now)
	}
	for _, e := range run.Left() {
		switch inGenesys := slices.Contains(genesysKinds, e.Kind); {
		case inGenesys && c.Genesys == nil:
			return Services{}, shut("Genesys Cloud", guide.GenesysSignIn)
		case !inGenesys && c.OktaErr != nil:
			return Services{}, c.OktaErr
		case !inGenesys && c.Okta == nil:
			return Services{}, shut("Okta", guide.OktaSignIn)
		}
	}
	return Services{Okta: c.Okta, Genesys: c.Genesys}, nil
}

// elsewhere refuses to look for what a run made in another org than it was in: nothing of it would be found there, and
// all of it would be taken for gone.
func elsewhere(key guide.Key, was, now string) error {
	return &explain.Error{
		Class: explain.ClassUsage, Question: key,
		Problem: fmt.Sprintf("The run was in %s, and the wizard is to sign in to %s. Nothing was changed.", was, now),
		Fix:     "Sign in where the run was: leave the org and the region to its record, and give credentials for it.",
	}
}

func shut(service string, key guide.Key) error {
	return &explain.Error{
		Class: explain.ClassSignIn, Question: key, Problem: "The wizard is not signed in to " + service + ", where the run made something.",
		Fix: "Run msgsso-wizard undo, which asks for what it needs to sign in.",
	}
}

// Apply takes back what the last Plan said, as the function Apply does, and ends the run's record. The record of a run
// of which not everything could be looked for stays open, so that undo can be repeated.
func (w *Work) Apply(ctx context.Context, gone func(Item)) error {
	defer w.env.StartOver()
	err := Apply(ctx, w.items, w, w.env.Stopped, func(i Item) {
		w.env.TakenBack(steps.Change{Verb: w.verb(i), Kind: i.Kind, Name: i.Name, ID: i.ID})
		if gone != nil {
			gone(i)
		}
	})
	if err != nil || w.unseen && len(w.book.Run().Left()) > 0 {
		return err
	}
	return unkept(w.book.End(journal.Undone))
}

// verb is what the run did to the item.
func (w *Work) verb(i Item) steps.Verb { return steps.Verb(w.book.Run().Entries[i.entry].Verb) }

// Gone has the record and the run forget a change.
func (w *Work) Gone(entry int) error {
	e := w.book.Run().Entries[entry]
	w.env.Forget(e.Kind, e.ID)
	return unkept(w.book.Gone(entry))
}

// unkept is why an undo stops that cannot write down how far it came.
func unkept(err error) error {
	if err == nil {
		return nil
	}
	return &explain.Error{
		Class: explain.ClassFault, Problem: explain.Sentence("What was taken back cannot be written down: " + err.Error()),
		Fix: "Make room there or let it write, and repeat it: what is gone already is left out.", Retry: true, Err: err,
	}
}
