package engine

import (
	"context"
	"slices"

	"msgsso-wizard/steps/guide"
)

// Ahead is what other runs will have done by the time that a run is applied: its plan takes that for done, and says what is
// left to do.
type Ahead interface {
	// Does returns their changes to the object of a change, in their order, and which of them is the first; empty: none.
	Does(Change) (changes []Change, by string)
	// Creates are the objects of a kind that they create.
	Creates(kind guide.ObjectKind) []Change
}

// Ahead are the objects of a kind that other runs create before this one is applied.
func (l *Notes) Ahead(kind guide.ObjectKind) []Change {
	if l.ahead == nil {
		return nil
	}
	return l.ahead.Creates(kind)
}

// after is the plan of an object after what other runs do to it. Of one that they create, there is nothing to ask its service.
func (it *item) after(ctx context.Context, p Planned[any], notes *Notes) (Planned[any], error) {
	if notes.ahead == nil || !p.Change.Writes() {
		return p, nil
	}
	done, by := notes.ahead.Does(p.Change)
	if by == "" {
		return p, nil
	}
	if !p.Exists {
		notes.notices = nil // they are about creating it
	}
	now, known, left := p.Value, false, slices.Clone(p.Change.Fields)
	for _, change := range done {
		for _, given := range change.Fields {
			left = slices.DeleteFunc(left, func(f FieldChange) bool { return f.Field == given.Field && slices.Equal(f.After, given.After) })
			i := slices.IndexFunc(it.res.Fields, func(f Field[any]) bool { return f.Name == given.Field })
			if i >= 0 && !slices.Equal(given.After, Unknown) {
				it.res.Fields[i].Set(&now, given.After)
				known = true
			}
		}
	}
	p.Change.Name, p.Change.By, p.Value = done[0].Name, by, now
	why := ""
	if known {
		var want any
		var err error
		if want, why, err = it.res.want(ctx, Planning, now, notes); err != nil {
			return p, err
		}
		left = Differences(it.res.Fields, now, want)
	} else if !p.Exists {
		left = nil
	}
	p.Change.Fields = left
	switch {
	case len(left) == 0:
		p.Change.Verb, p.Change.Why = Reuse, "shared with "+by
	case known:
		p.Change.Verb, p.Change.Why = Update, why
	}
	return p, nil
}
