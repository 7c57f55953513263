package engine

import (
	"context"

	"msgsso-wizard/steps/guide"
)

// Find finds something out at the services.
type Find[T any] func(context.Context, *Notes) (T, error)

// Listing finds out which objects of one kind a run wants, and only reads.
type Listing[T any] = Find[[]Resource[T]]

// Lookup is something that a run finds out, and does not change.
type Lookup[T any] struct {
	node *node
	task task[T]
	seen Notes
	find Find[T]
}

// AddLookup adds a Lookup to a run. It is found out when its section is planned, or when a resource asks for it.
func AddLookup[T any](r *Run, id guide.StepID, section guide.SectionID, find Find[T]) *Lookup[T] {
	v := AddList(r, id, section, find)
	v.node.adopt = func(other *node) {
		if earlier, ok := other.value.(*Lookup[T]); ok {
			if value, ok := earlier.task.peek(); ok {
				v.task.set(value)
			}
		}
	}
	return v
}

// AddList adds a Lookup of what an apply may change: a later run reads it again.
func AddList[T any](r *Run, id guide.StepID, section guide.SectionID, find Find[T]) *Lookup[T] {
	v := &Lookup[T]{find: find}
	v.node = &node{
		id: id, section: section, value: v,
		plan:  func(ctx context.Context) error { _, err := v.Get(ctx); return err },
		notes: func() []*Notes { return []*Notes{&v.seen} },
	}
	r.add(v.node)
	return v
}

// Get finds it out, or waits for the call that does.
func (v *Lookup[T]) Get(ctx context.Context) (T, error) {
	return v.task.get(ctx, v.node, func(ctx context.Context) (T, error) {
		v.seen = *v.node.run.newNotes(v.node)
		return v.find(ctx, &v.seen)
	})
}

// For returns the value for a look: fresh, if the look is one again.
func (v *Lookup[T]) For(ctx context.Context, notes *Notes) (T, error) {
	if notes.Again {
		return v.find(ctx, notes)
	}
	return v.Get(ctx)
}

// Peek returns the value if it was found out.
func (v *Lookup[T]) Peek() (T, bool) { return v.task.peek() }

// AddCheck adds something that is checked after everything that it asks for was applied.
func AddCheck[T any](r *Run, id guide.StepID, section guide.SectionID, find Find[T]) *Lookup[T] {
	v := AddLookup(r, id, section, find)
	v.node.apply, v.node.plan = v.node.plan, nil
	return v
}
