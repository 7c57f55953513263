package engine

import (
	"context"
	"iter"
	"slices"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/steps/guide"
)

// Entry is what a journal keeps of one change.
type Entry struct {
	Index  int // its place in the journal
	Verb   Verb
	Kind   guide.ObjectKind
	Name   string
	Ref    Ref
	Fields []FieldChange
	Lost   bool   // its answer never came: it may have been carried out
	Run    string // the ID of the other run whose change it is; empty: of the run that is undone
	At     time.Time
}

// Given returns what the change gave a field; nil if the journal has nothing of it.
func (e Entry) Given(field string) Value {
	for _, f := range e.Fields {
		if f.Field == field {
			return f.After
		}
	}
	return nil
}

// PastRun is what a journal keeps of one run: the changes that were not undone, oldest first.
type PastRun struct {
	ID      string
	Command string // that began it; empty: not known
	Began   time.Time
	Entries []Entry
}

// Act is what becomes of an object when a run is undone.
type Act string

// The acts. An Item without one goes away with something else, or is gone already.
const (
	Delete  Act = "delete"
	Restore Act = "restore"
	Keep    Act = "keep"
)

// Item is one change to undo.
type Item struct {
	Act   Act
	Verb  Verb // what the run did
	Kind  guide.ObjectKind
	Name  string
	ID    string
	Why   string // what is restored, what deleting means, or why it is kept
	Entry int    // its place in the journal

	with thing                                     // what it goes away with, or stays with; zero: it goes alone
	send func(context.Context, *Stop, *Item) error // corrects what the item says, if that is different by then
}

// thing is an object of a run: an ID alone may be that of several, as of an integration and of its settings.
type thing struct {
	kind guide.ObjectKind
	id   string
}

// Undo is what the kinds know of each other while an undo is planned.
type Undo struct {
	run     PastRun
	others  []PastRun
	cfg     Config
	going   map[thing]bool
	staying map[thing]bool
	pending map[thing]any // objects as the plan restores them
}

// PlanUndo says what undoing a run would do. The kinds are in the order in which they are undone: what uses something
// goes before it. What one of the other runs needs is kept. It only reads. Of cfg, Emit and
// Poll count.
func PlanUndo(ctx context.Context, kinds []UndoKind, cfg Config, run PastRun, others ...PastRun) ([]Item, error) {
	run.Entries = slices.Clone(run.Entries)
	u := &Undo{run: run, others: others, cfg: cfg, going: map[thing]bool{}, staying: map[thing]bool{}, pending: map[thing]any{}}
	for _, k := range kinds { // kinds depend on each other, so all objects are found first
		for i := range run.Entries {
			if e := &run.Entries[i]; e.Kind == k.Kind {
				if err := k.trace(ctx, u, e); err != nil {
					return nil, err
				}
			}
		}
	}
	var items []Item
	for _, k := range kinds {
		for i := len(run.Entries) - 1; i >= 0; i-- {
			e := &run.Entries[i]
			if e.Kind != k.Kind {
				continue
			}
			if e.Verb != Create && u.Created(e.Kind, e.Ref.ID) {
				items = append(items, e.item(Item{with: thing{e.Kind, e.Ref.ID}}))
				continue // the run created the object itself
			}
			item, err := k.plan(ctx, u, e)
			switch {
			case apiclient.NotFound(err):
				item = Item{}
			case err != nil:
				return nil, err
			}
			if e.Ref.ID == "" && item.Act == "" && e.Lost {
				continue // it was never found: there is nothing to undo
			}
			u.going[thing{e.Kind, e.Ref.ID}] = u.going[thing{e.Kind, e.Ref.ID}] || item.Act == Delete
			u.staying[thing{e.Kind, e.Ref.ID}] = item.Act == Keep
			items = append(items, e.item(item))
		}
	}
	return slices.DeleteFunc(items, func(i Item) bool { return u.staying[i.with] }), nil
}

func (e *Entry) item(i Item) Item {
	i.Verb, i.Kind, i.Name, i.ID, i.Entry = e.Verb, e.Kind, e.Name, e.Ref.ID, e.Index
	return i
}

// Shown returns the items that the user should see: not those that go away by themselves.
func Shown(items []Item) []Item {
	return slices.DeleteFunc(slices.Clone(items), func(i Item) bool { return i.Act == "" })
}

// Undoes reports whether anything that a user sees is undone; what is not is kept.
func Undoes(items []Item) bool {
	return slices.ContainsFunc(Shown(items), func(i Item) bool { return i.Act != Keep })
}

// ApplyUndo undoes what was planned, one item after another. It calls undone for each, so that the journal has it.
// It calls shown, which may be nil, for each that the user should see, and for what is kept because others changed it
// after the plan. After Stop, no further item begins; what is undone stays undone.
func ApplyUndo(ctx context.Context, items []Item, stop *Stop, undone func(entry int) error, shown func(Item)) error {
	for _, item := range items {
		if stop.Stopped() {
			return ErrStopped
		}
		if item.Act == Keep {
			continue
		}
		if item.send != nil {
			if err := item.send(ctx, stop, &item); err != nil && !apiclient.NotFound(err) {
				return err
			}
		}
		if item.Act != Keep {
			if err := undone(item.Entry); err != nil {
				return err
			}
		}
		if shown != nil && item.Act != "" {
			shown(item)
		}
	}
	return nil
}

// Created reports whether the run itself created an object.
func (u *Undo) Created(kind guide.ObjectKind, id string) bool {
	return u.Did(func(e Entry) bool { return e.Kind == kind && e.Ref.ID == id && e.Verb == Create })
}

// Did reports whether the run has an entry of that sort.
func (u *Undo) Did(of func(Entry) bool) bool { return slices.ContainsFunc(u.run.Entries, of) }

// Going reports whether the plan so far deletes an object.
func (u *Undo) Going(kind guide.ObjectKind, id string) bool { return u.going[thing{kind, id}] }

// Staying reports whether the plan so far keeps an object.
func (u *Undo) Staying(kind guide.ObjectKind, id string) bool { return u.staying[thing{kind, id}] }

// Restored returns an object as the plan so far restores it; false: it does not.
func (u *Undo) Restored(kind guide.ObjectKind, id string) (any, bool) {
	value, ok := u.pending[thing{kind, id}]
	return value, ok
}

// OtherRun says which other run has an entry of that sort, and how to undo it first; empty: none. Of several it is the
// last, which goes before the others. does is what the run did.
func (u *Undo) OtherRun(does string, of func(Entry) bool) string {
	for _, r := range slices.Backward(u.others) {
		if slices.ContainsFunc(r.Entries, of) {
			command := ""
			if r.Command != "" {
				command = " (" + r.Command + ")"
			}
			return "run " + r.ID + command + " " + does + "; undo that first: msgsso-wizard undo " + r.ID
		}
	}
	return ""
}

// visible returns a Run that waits until an object of the undone run would have to be visible.
func (u *Undo) visible(e Entry) *Run {
	r := New(u.cfg)
	if e.Verb == Create {
		r.created(e.At)
	}
	return r
}

// changes yields what the run did to a field of an object, oldest first.
func (u *Undo) changes(kind guide.ObjectKind, id, field string) iter.Seq2[Verb, FieldChange] {
	return func(yield func(Verb, FieldChange) bool) {
		for _, e := range u.run.Entries {
			for _, f := range e.Fields {
				if e.Kind == kind && e.Ref.ID == id && f.Field == field && !yield(e.Verb, f) {
					return
				}
			}
		}
	}
}

// Added returns the members that the run's updates added to a list of an object.
func (u *Undo) Added(kind guide.ObjectKind, id, field string) (added Value) {
	for verb, f := range u.changes(kind, id, field) {
		if verb == Update {
			added = append(added, Without(f.After, f.Before)...)
		}
	}
	return added
}

// last returns what the run made of an object's field last.
func (u *Undo) last(kind guide.ObjectKind, id, field string) (last FieldChange, known bool) {
	for _, f := range u.changes(kind, id, field) {
		last, known = f, true
	}
	return last, known
}
