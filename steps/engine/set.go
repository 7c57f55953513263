package engine

import (
	"context"

	"msgsso-wizard/steps/guide"
)

// Set is any number of objects of one kind, or none: which they are shows while planning.
type Set[T any] struct {
	node    *node
	members task[[]*item]
	seen    Notes
	list    Listing[T]
}

// AddSet adds objects to a run. list says which, and only reads.
func AddSet[T any](r *Run, id guide.StepID, section guide.SectionID, list Listing[T]) *Set[T] {
	s := &Set[T]{list: list}
	s.node = &node{
		id: id, section: section, value: s,
		plan:  s.permitted,
		apply: func(ctx context.Context) error { _, err := s.Made(ctx); return err },
		rows:  s.rows,
		notes: s.notes,
		adopt: s.adopt,
	}
	r.add(s.node)
	return s
}

func (s *Set[T]) items(ctx context.Context) ([]*item, error) {
	return s.members.get(ctx, s.node, func(ctx context.Context) (items []*item, err error) {
		s.seen = *s.node.run.newNotes(s.node)
		resources, err := s.list(ctx, &s.seen)
		for _, res := range resources {
			items = append(items, &item{node: s.node, res: box[T](res)})
		}
		return items, err
	})
}

// Planned plans all objects, or waits for the call that does. Their calls run side by side. The first error in order counts.
func (s *Set[T]) Planned(ctx context.Context) ([]Planned[T], error) {
	items, err := s.items(ctx)
	if err != nil {
		return nil, err
	}
	for _, it := range items {
		it.planned.begin(it.node, it.plan)
	}
	var values []Planned[T]
	for _, it := range items {
		p, err := it.plans(ctx)
		if err != nil {
			return nil, err
		}
		values = append(values, typed[T](p))
	}
	return values, nil
}

// permitted plans all objects, and refuses changes that are not allowed.
func (s *Set[T]) permitted(ctx context.Context) error {
	if _, err := s.Planned(ctx); err != nil {
		return err
	}
	items, _ := s.members.peek()
	for _, it := range items {
		if err := it.permitted(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Made applies all changes, or waits for the call that does. They are sent one after another: many at once would use up
// what a service allows in a minute before its first answer says how much that is.
func (s *Set[T]) Made(ctx context.Context) ([]T, error) {
	items, err := s.items(ctx)
	var values []T
	for _, it := range items {
		value, err := it.makes(ctx)
		if err != nil {
			return nil, err
		}
		values = append(values, as[T](value))
	}
	return values, err
}

// Peek returns the objects that exist as far as the run knows, and whether these are all that it wants.
func (s *Set[T]) Peek() (existing []T, all bool) {
	items, known := s.members.peek()
	for _, it := range items {
		if value, ok := (&Node[T]{it}).Peek(); ok {
			existing = append(existing, value)
		}
	}
	return existing, known && len(existing) == len(items)
}

func (s *Set[T]) rows() []Change {
	var out []Change
	items, _ := s.members.peek()
	for _, it := range items {
		p, _ := it.planned.peek()
		out = append(out, p.Change)
	}
	return out
}

func (s *Set[T]) notes() []*Notes {
	out := []*Notes{&s.seen}
	items, _ := s.members.peek()
	for _, it := range items {
		out = append(out, &it.seen)
	}
	return out
}

func (s *Set[T]) adopt(other *node) {
	earlier, ok := other.value.(*Set[T])
	if !ok {
		return
	}
	theirs, ok := earlier.members.peek()
	if !ok {
		return
	}
	var items []*item
	for _, was := range theirs {
		it := &item{node: s.node, res: was.res}
		it.adopt(was)
		if p, known := it.planned.peek(); !known || p.Change.Writes() {
			return // its resource would ask nodes of the earlier run: this run lists the objects itself
		}
		items = append(items, it)
	}
	s.members.set(items)
}
