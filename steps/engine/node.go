package engine

import (
	"context"
	"fmt"
	"slices"
	"time"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// item is one object of a run: it is planned once and made once.
type item[T any] struct {
	node    *node
	res     Resource[T]
	planned task[Planned[T]]
	made    task[T]
	seen    Look
}

// Planned plans the object, or waits for the call that does.
func (it *item[T]) Planned(ctx context.Context) (Planned[T], error) {
	return it.planned.get(ctx, it.node.begin, func(ctx context.Context) (p Planned[T], err error) {
		it.seen = *it.node.run.look(it.node)
		err = it.node.guard(func() error {
			p, err = it.plan(ctx, &it.seen)
			return err
		})
		return p, err
	})
}

// Made applies the object's change, or waits for the call that does. An object of a section that this apply leaves out is
// taken as it is.
func (it *item[T]) Made(ctx context.Context) (T, error) {
	if it.node.applies {
		return it.made.get(ctx, it.node.begin, func(ctx context.Context) (value T, err error) {
			err = it.node.guard(func() error {
				value, err = it.apply(ctx)
				return err
			})
			return value, err
		})
	}
	p, err := it.Planned(ctx)
	if err == nil && !p.Exists {
		err = notMadeYet(it.res.Kind(), p.Change.Name)
	}
	return p.Value, err
}

func notMadeYet(kind guide.ObjectKind, name string) error {
	return &explain.Error{
		Class: explain.ClassConflict, Retry: true,
		Problem: fmt.Sprintf("The %s %q does not exist yet, and this section needs it.", kind, name),
		Fix:     "Apply the earlier sections first.",
	}
}

// plan finds the object and says what becomes of it. A change that is not allowed is refused here, before the first write.
func (it *item[T]) plan(ctx context.Context, look *Look) (Planned[T], error) {
	p, err := it.compare(ctx, look)
	if allowed := it.node.run.cfg.Allowed; err == nil && p.Change.Writes() && allowed != nil {
		err = allowed(ctx, p.Change.Verb, p.Change.Kind)
	}
	return p, err
}

func (it *item[T]) compare(ctx context.Context, look *Look) (Planned[T], error) {
	found, err := it.find(ctx, look)
	if err != nil {
		return Planned[T]{}, err
	}
	c := Change{Step: it.node.id, Kind: it.res.Kind()}
	if found == nil {
		d, err := it.res.Draft(ctx, Planning, look)
		c.Verb, c.Name, c.Why, c.ID, c.In = Create, d.Name, d.Why, d.ID, d.In
		if d.Part != nil || d.Rewrites {
			c.Verb = Update
		}
		return Planned[T]{Change: c}, err
	}
	row, err := it.res.Describe(ctx, *found, look)
	if err != nil {
		return Planned[T]{}, err
	}
	ref := it.res.Ref(*found)
	c.Verb, c.Name, c.Why, c.Mark, c.ID, c.In = Reuse, row.Name, row.Why, row.Mark, ref.ID, ref.In
	c.OfRun = row.Mine == nil || it.node.run.cfg.Journal != nil && row.Mine(it.node.run.cfg.Journal.RunID())
	if w, ok := it.res.(Wanting[T]); ok {
		want, err := w.Want(ctx, Planning, *found, look)
		if err != nil {
			return Planned[T]{}, err
		}
		if diff := Differences(w.Fields(), *found, want.Value); len(diff) > 0 {
			c.Verb, c.Why, c.Fields = Update, want.Why, diff
		}
	}
	return Planned[T]{Value: *found, Exists: true, Change: c}, nil
}

// find asks the journal first: what this run created is read by its ID, however long it takes until lists show it. What
// it may have created, because the answer never came, is looked for until it would have to be visible.
func (it *item[T]) find(ctx context.Context, look *Look) (*T, error) {
	r := it.node.run
	key, err := it.res.Key(ctx)
	if err != nil {
		return nil, err
	}
	var lost time.Time
	for _, past := range r.past(it.res.Kind(), key) {
		if past.ID == "" {
			if past.At.After(lost) {
				lost = past.At
			}
			continue
		}
		r.created(past.At)
		value, err := Seen(ctx, r, func(ctx context.Context) (T, error) { return it.res.Read(ctx, past.Ref) })
		if NotFound(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if fits, err := it.fits(ctx, value); fits || err != nil {
			return &value, err
		}
	}
	found, err := it.res.Find(ctx, look)
	if found != nil || err != nil || lost.IsZero() {
		return found, err
	}
	return it.search(ctx, lost)
}

func (it *item[T]) fits(ctx context.Context, value T) (bool, error) {
	if f, ok := it.res.(Fitting[T]); ok {
		return f.Fits(ctx, value)
	}
	return true, nil
}

// search looks for an object whose create got no answer, until it would be visible if it existed.
func (it *item[T]) search(ctx context.Context, sent time.Time) (*T, error) {
	r := it.node.run
	for looks := 0; ; looks++ {
		left := r.window() - time.Since(sent) // before the look: one that began too early proves nothing
		look := r.look(it.node)
		look.Again = true
		found, err := it.res.Find(ctx, look)
		if found != nil || err != nil || left <= 0 {
			return found, err
		}
		r.searching(it.res.Kind(), left)
		if err := r.Rest(ctx, looks); err != nil {
			return nil, err
		}
	}
}

// searching tells that the run waits until an object would be visible, if it exists.
func (r *Run) searching(kind guide.ObjectKind, left time.Duration) {
	r.emit(Event{Phase: Paused, Limit: left, Text: fmt.Sprintf("looking for the %s whose creation got no answer", kind)})
}

// adopt takes over what an earlier run knows of the object.
func (it *item[T]) adopt(earlier *item[T]) {
	p, known := earlier.planned.peek()
	if !known {
		return
	}
	if made, ok := earlier.made.peek(); ok {
		ref := it.res.Ref(made)
		p.Value, p.Exists, p.Change.Verb, p.Change.ID, p.Change.In = made, true, Reuse, ref.ID, ref.In
	}
	it.planned.set(p)
}

// Node is one object of a run.
type Node[T any] struct{ *item[T] }

// Add adds an object to a run. The resource's constructor took the nodes that it needs, so these were added before.
func Add[T any](r *Run, id string, section guide.SectionID, res Resource[T]) *Node[T] {
	n := &Node[T]{&item[T]{res: res}}
	n.node = &node{
		id: id, section: section, value: n,
		plan:  func(ctx context.Context) error { _, err := n.Planned(ctx); return err },
		apply: func(ctx context.Context) error { _, err := n.Made(ctx); return err },
		rows: func() []Change {
			p, _ := n.planned.peek()
			return []Change{p.Change}
		},
		notices: func() []Notice { return slices.Clone(n.seen.notices) },
		adopt: func(other *node) {
			if earlier, ok := other.value.(*Node[T]); ok {
				n.item.adopt(earlier.item)
			}
		},
	}
	r.add(n.node)
	return n
}

// Peek returns the object if it exists as far as the run knows: made, or found by its plan.
func (n *Node[T]) Peek() (T, bool) {
	if value, ok := n.made.peek(); ok {
		return value, true
	}
	p, _ := n.planned.peek()
	return p.Value, p.Exists
}
