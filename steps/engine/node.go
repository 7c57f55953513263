package engine

import (
	"context"
	"errors"
	"fmt"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// item is one object of a run: it is planned once and made once.
type item struct {
	node    *node
	open    Open[*boxed]
	res     *boxed // nil: not opened yet
	planned task[Planned[any]]
	made    task[any]
	seen    Notes
}

// plans plans the object, or waits for the call that does.
func (it *item) plans(ctx context.Context) (Planned[any], error) {
	return it.planned.get(ctx, it.node, it.plan)
}

// makes applies the object's change, or waits for the call that does. An object of a section that this apply leaves out is
// taken as it is.
func (it *item) makes(ctx context.Context) (any, error) {
	if it.node.applies {
		return it.made.get(ctx, it.node, it.apply)
	}
	p, err := it.plans(ctx)
	if err == nil && !p.Exists {
		err = notMadeYet(p.Change.Kind, p.Change.Name)
	}
	return p.Value, err
}

// opened makes the resource known.
func (it *item) opened(ctx context.Context) (err error) {
	if it.res == nil {
		it.res, err = it.open(ctx)
	}
	return err
}

func notMadeYet(kind guide.ObjectKind, name string) error {
	return explain.New(explain.ClassConflict, "",
		fmt.Sprintf("The %s %q doesn't exist yet, but this section needs it.", kind, name),
		"Apply the earlier sections first.").Again()
}

// permitted plans the object, and refuses a change that is not allowed, before the first write. Nodes that ask for the
// plan do not wait for that.
func (it *item) permitted(ctx context.Context) error {
	p, err := it.plans(ctx)
	if allowed := it.node.run.cfg.Allowed; err == nil && p.Change.Writes() && allowed != nil {
		return it.node.guard(func() error { return allowed(ctx, p.Change.Verb, p.Change.Kind) })
	}
	return err
}

// plan finds the object and says what becomes of it.
func (it *item) plan(ctx context.Context) (Planned[any], error) {
	if err := it.opened(ctx); err != nil {
		return Planned[any]{}, err
	}
	it.seen = *it.node.run.newNotes(it.node)
	notes := &it.seen
	found, err := it.find(ctx, notes)
	if err != nil {
		return Planned[any]{}, err
	}
	c := Change{Step: it.node.id, Kind: it.res.Kind}
	if found == nil {
		d, err := it.res.draft(ctx, Planning, notes)
		c.Verb, c.Name, c.Why, c.ID, c.In, c.Fields = Create, d.Name, d.Why, d.ID, d.In, d.Fields
		if d.Part != nil || d.Rewrites {
			c.Verb = Update
		}
		if err != nil {
			return Planned[any]{Change: c}, err
		}
		return it.after(ctx, Planned[any]{Change: c}, notes)
	}
	ref := it.res.Ref(*found)
	notes.ofRun = it.node.run.cfg.Ledger.wrote(it.res.Kind, ref.ID)
	row, err := it.res.describe(ctx, *found, notes)
	if err != nil {
		return Planned[any]{}, err
	}
	c.Verb, c.Name, c.Why, c.Mark, c.ID, c.In = Reuse, row.Name, row.Why, row.Mark, ref.ID, ref.In
	c.OfRun = row.Mine == nil || it.node.run.cfg.Journal != nil && row.Mine(it.node.run.cfg.Journal.RunID())
	want, why, err := it.res.want(ctx, Planning, *found, notes)
	if err != nil {
		return Planned[any]{}, err
	}
	if diff := Differences(it.res.Fields, *found, want); len(diff) > 0 {
		c.Verb, c.Why, c.Fields = Update, why, diff
		if it.res.Gone != nil && it.res.Gone(want) {
			c.Verb = Remove
		}
	}
	return it.after(ctx, Planned[any]{Value: *found, Exists: true, Change: c}, notes)
}

// find asks the journal first: what this run created is read by its ID, however long it takes until lists show it. What
// it may have created, because the answer never came, is looked for until it would have to be visible.
func (it *item) find(ctx context.Context, notes *Notes) (*any, error) {
	r := it.node.run
	key, err := it.res.key(ctx)
	if err != nil {
		return nil, err
	}
	var lost time.Time
	for _, past := range r.past(it.res.Kind, key) {
		if past.ID == "" {
			if past.At.After(lost) {
				lost = past.At
			}
			continue
		}
		r.created(past.At)
		value, err := Seen(ctx, r, func(ctx context.Context) (any, error) { return it.res.Read(ctx, past.Ref) })
		if apiclient.NotFound(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if fits, err := it.res.fits(ctx, value); fits || err != nil {
			return &value, err
		}
	}
	found, err := it.res.find(ctx, notes)
	if known := it.known(ctx, key, found, err, notes); known != nil {
		return known, nil
	}
	if err != nil || lost.IsZero() {
		return found, err
	}
	r.created(lost) // as it may have been: other reads may not see it yet
	if found != nil {
		return found, nil
	}
	return it.search(ctx, lost)
}

// known returns the object that a run created under that key, where the service has none by its name and mark any more, or
// it is not clear which one is meant: others may have changed both. The journal has its ID.
func (it *item) known(ctx context.Context, key Key, found *any, failed error, notes *Notes) *any {
	var e *explain.Error
	if unclear := errors.As(failed, &e) && e.Class == explain.ClassConflict; !it.res.Marked || found != nil || failed != nil && !unclear {
		return nil
	}
	for _, past := range it.node.run.Created(it.res.Kind, key) {
		if past.ID == "" {
			continue
		}
		value, err := it.res.Read(ctx, past.Ref)
		if err != nil {
			continue
		}
		if fits, err := it.res.fits(ctx, value); fits && err == nil {
			notes.Attend(fmt.Sprintf("Someone changed the name or the description of %s %q, perhaps with OpenTofu. The wizard knows it by its ID. "+
				"If OpenTofu manages it, change it there: its next plan reverts other changes.", it.res.Kind, key.Name))
			return &value
		}
	}
	return nil
}

// search looks for an object whose create got no answer, until it would be visible if it existed.
func (it *item) search(ctx context.Context, sent time.Time) (*any, error) {
	r := it.node.run
	for tries := 0; ; tries++ {
		left := r.window() - time.Since(sent) // before the look: one that began too early proves nothing
		notes := r.newNotes(it.node)
		notes.Again = true
		found, err := it.res.find(ctx, notes)
		if found != nil || err != nil || left <= 0 {
			return found, err
		}
		r.searching(it.res.Kind, left)
		if err := r.Rest(ctx, tries); err != nil {
			return nil, err
		}
	}
}

// searching tells that the run waits until an object would be visible, if it exists.
func (r *Run) searching(kind guide.ObjectKind, left time.Duration) {
	r.emit(Event{Phase: Paused, Limit: left, Text: fmt.Sprintf("waiting to see whether the %s was created", kind)})
}

// adopt takes over what an earlier run knows of the object.
func (it *item) adopt(earlier *item) {
	p, known := earlier.planned.peek()
	if !known {
		return
	}
	if made, ok := earlier.made.peek(); ok {
		ref := earlier.res.Ref(made)
		p.Value, p.Exists, p.Change.Verb, p.Change.ID, p.Change.In = made, true, Reuse, ref.ID, ref.In
	}
	it.planned.set(p)
}

// Node is one object of a run.
type Node[T any] struct{ item *item }

// Add adds an object to a run. What opens its resource took the nodes that it needs, so these were added before.
func Add[T any](r *Run, id guide.StepID, section guide.SectionID, open Open[Resource[T]]) *Node[T] {
	it := &item{open: opening(open)}
	it.node = &node{
		id: id, section: section, value: it,
		plan:  it.permitted,
		apply: func(ctx context.Context) error { _, err := it.makes(ctx); return err },
		rows: func() []Change {
			p, _ := it.planned.peek()
			return []Change{p.Change}
		},
		notes: func() []*Notes { return []*Notes{&it.seen} },
		adopt: func(other *node) {
			if earlier, ok := other.value.(*item); ok {
				it.adopt(earlier)
			}
		},
	}
	r.add(it.node)
	return &Node[T]{it}
}

// Planned plans the object, or waits for the call that does.
func (n *Node[T]) Planned(ctx context.Context) (Planned[T], error) {
	p, err := n.item.plans(ctx)
	return typed[T](p), err
}

// Made applies the object's change, or waits for the call that does. An object of a section that this apply leaves out is
// taken as it is.
func (n *Node[T]) Made(ctx context.Context) (T, error) {
	value, err := n.item.makes(ctx)
	return as[T](value), err
}

// Peek returns the object if it exists as far as the run knows: made, or found by its plan.
func (n *Node[T]) Peek() (T, bool) {
	if value, ok := n.item.made.peek(); ok {
		return as[T](value), true
	}
	p, _ := n.item.planned.peek()
	return as[T](p.Value), p.Exists
}
