package undo

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
)

// Act is what becomes of an object.
type Act string

// The acts.
const (
	Delete  Act = "delete"
	Restore Act = "restore"
	Keep    Act = "keep"
)

// Item is one thing to take back.
type Item struct {
	Act  Act
	Kind guide.ObjectKind
	Name string
	ID   string
	Why  string // what goes back, or why it is kept

	with  thing // what it goes away with, or stays with; zero: it goes alone
	entry int
	send  func(context.Context) error
}

// Services are the two orgs of the run.
type Services struct {
	Okta    steps.OktaAPI
	Genesys steps.GenesysAPI
}

// Keeper remembers what was taken back; *journal.Book is one.
type Keeper interface{ Gone(entry int) error }

// thing is an object of the run: an id alone may be that of several, as of an integration and of its settings.
type thing struct {
	kind guide.ObjectKind
	id   string
}

// versionOf is a version of a configuration.
type versionOf struct{ configuration, version string }

// planner is what the handlers share while a plan is made.
type planner struct {
	Services
	run     journal.Run
	others  []journal.Run                 // further runs that were not taken back
	going   map[string]bool               // ids that the plan deletes
	staying map[thing]bool                // what it keeps
	will    map[string]genesys.Deployment // deployments as they are put back
	allApps []okta.App
	pins    map[versionOf]string // the integration that a configuration's version signs visitors in with
}

// handler plans one kind of entry. It returns no item for what goes away with something else.
type handler func(*planner, context.Context, journal.Entry, steps.Back) (Item, error)

// order is how things are taken back: what uses something goes before it.
var order = []struct {
	kind guide.ObjectKind
	plan handler
}{
	{guide.KindDeployment, (*planner).deployment},
	{guide.KindVersion, (*planner).version},
	{guide.KindConfiguration, (*planner).configuration},
	{guide.KindState, (*planner).state},
	{guide.KindSettings, (*planner).settings},
	{guide.KindIntegration, (*planner).integration},
	{guide.KindCredential, (*planner).credential},
	{guide.KindRule, (*planner).rule},
	{guide.KindPolicy, (*planner).policy},
	{guide.KindOrigin, (*planner).origin},
	{guide.KindAssignment, (*planner).assignment},
	{guide.KindApp, (*planner).app},
}

// Plan says what Apply would do with what the run left; what one of the others lives on stays. It only reads.
func Plan(ctx context.Context, s Services, run journal.Run, others ...journal.Run) ([]Item, error) {
	run.Entries = slices.Clone(run.Entries)
	p := &planner{
		Services: s, run: run, others: others, going: map[string]bool{}, staying: map[thing]bool{},
		will: map[string]genesys.Deployment{}, pins: map[versionOf]string{},
	}
	var items []Item
	for _, of := range order {
		for i, e := range slices.Backward(run.Entries) {
			if e.Kind != of.kind || e.Stage == journal.Refused || e.Stage == journal.Gone {
				continue
			}
			if e.Verb != string(steps.Create) && p.made(e.Kind, e.ID) {
				items = append(items, Item{Kind: e.Kind, Name: e.Name, ID: e.ID, with: thing{e.Kind, e.ID}, entry: i})
				continue // the run made the object itself
			}
			if e.ID == "" && e.Stage == journal.Intended && e.Verb == string(steps.Create) {
				var err error
				if e.ID, err = p.find(ctx, e); err != nil {
					return nil, err
				}
				p.run.Entries[i].ID = e.ID
			}
			var back steps.Back
			if len(e.Undo) > 0 {
				if err := json.Unmarshal(e.Undo, &back); err != nil {
					return nil, err
				}
			}
			item, err := of.plan(p, ctx, e, back)
			switch {
			case notThere(err):
				item = Item{}
			case err != nil:
				return nil, err
			}
			item.Kind, item.Name, item.ID, item.entry = e.Kind, e.Name, e.ID, i
			if e.ID == "" && item.Act == "" && e.Stage == journal.Intended {
				continue // it was never found: there is nothing to take back
			}
			p.going[e.ID] = p.going[e.ID] || item.Act == Delete
			p.staying[thing{e.Kind, e.ID}] = item.Act == Keep
			items = append(items, item)
		}
	}
	return slices.DeleteFunc(items, func(i Item) bool { return p.staying[i.with] }), nil
}

// Shown are the items that a person should see: not those that go away by themselves.
func Shown(items []Item) []Item {
	return slices.DeleteFunc(slices.Clone(items), func(i Item) bool { return i.Act == "" })
}

// Apply takes back what the plan says, one after another, and has each remembered. It stops before the next when
// stop says so; what was taken back stays taken back. done is told of each that was; either may be nil.
func Apply(ctx context.Context, items []Item, keep Keeper, stop func() bool, done func(Item)) error {
	for _, item := range items {
		if stop != nil && stop() {
			return steps.ErrStopped
		}
		if item.Act == Keep {
			continue
		}
		if item.send != nil {
			if err := item.send(ctx); err != nil && !notThere(err) {
				return explain.InWords("take the change back", err)
			}
		}
		if err := keep.Gone(item.entry); err != nil {
			return err
		}
		if done != nil && item.Act != "" {
			done(item)
		}
	}
	return nil
}

// made reports whether the run itself created what an entry lies in or belongs to.
func (p *planner) made(kind guide.ObjectKind, id string) bool {
	return slices.ContainsFunc(p.run.Entries, func(e journal.Entry) bool {
		return e.Kind == kind && e.ID == id && e.Verb == string(steps.Create) && e.Stage != journal.Refused
	})
}

func notThere(err error) bool {
	e, ok := apiclient.AsError(err)
	return ok && e.Err == nil && e.Status == 404
}

// added is everything that the run added to a list of an object.
func (p *planner) added(id, list string) []string {
	var all []string
	for _, e := range p.run.Entries {
		var back steps.Back
		if e.ID == id && json.Unmarshal(e.Undo, &back) == nil {
			all = append(all, back.Added[list]...)
		}
	}
	return all
}

// after is what the run made of an object's fields last.
func (p *planner) after(id string) map[string]string {
	last := map[string]string{}
	for _, e := range p.run.Entries {
		var back steps.Back
		if e.ID == id && json.Unmarshal(e.Undo, &back) == nil {
			maps.Copy(last, back.After)
		}
	}
	return last
}

// lives says which other run has changed something of that sort, and was not taken back; empty: none.
func (p *planner) lives(of func(journal.Entry) bool) string {
	for _, r := range p.others {
		if slices.ContainsFunc(r.Left(), of) {
			return "the run of " + r.Began.Local().Format("2 January 15:04") + " needs it"
		}
	}
	return ""
}

func (p *planner) shared(e journal.Entry) string {
	return p.lives(func(o journal.Entry) bool { return o.Kind == e.Kind && o.ID == e.ID })
}

// restored is an item that puts something back, or none where there is nothing to put back.
func restored(why string, send func(context.Context) error) (Item, error) {
	if why == "" {
		return Item{}, nil
	}
	return Item{Act: Restore, Why: why, send: send}, nil
}

func kept(why string) (Item, error) { return Item{Act: Keep, Why: why}, nil }
