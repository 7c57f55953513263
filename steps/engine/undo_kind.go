package engine

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"msgsso-wizard/steps/explain"
)

// UndoKind undoes the changes of one kind of object.
type UndoKind struct{ Object[any] }

// Undoing returns the UndoKind of an object.
func Undoing[T any](o Object[T]) UndoKind { return UndoKind{o.boxed()} }

func (k UndoKind) plan(ctx context.Context, u *Undo, e *Entry) (Item, error) {
	if k.Within != nil {
		if kind, id := k.Within(e.Ref); u.Created(kind, id) {
			return Item{with: thing{kind, id}}, nil
		}
	}
	if e.Ref.ID == "" || k.Lasts != "" && e.Lost {
		return Item{}, nil
	}
	now, err := Seen(ctx, u.visible(*e), func(ctx context.Context) (any, error) { return k.Read(ctx, e.Ref) })
	switch {
	case err != nil:
		return Item{}, err
	case k.Lasts != "":
		return kept(k.Lasts)
	}
	if e.Verb != Create {
		return k.restore(ctx, u, *e, now)
	}
	why, err := k.needed(ctx, u, *e, now)
	if err != nil || why != "" {
		return Item{Act: Keep, Why: why}, err
	}
	deleted := k.Deleted
	if e.Run != "" {
		deleted = "stored by run " + e.Run
	}
	return Item{Act: Delete, Why: deleted, send: func(ctx context.Context, stop *Stop, _ *Item) error {
		return k.removed(ctx, u, *e, stop)
	}}, nil
}

// trace finds the ID of an object whose create got no answer, until it would be visible. An object that was created
// when the create was sent again has its own entry.
func (k UndoKind) trace(ctx context.Context, u *Undo, e *Entry) error {
	if k.Trace == nil || e.Ref.ID != "" || e.Verb != Create || !e.Lost {
		return nil
	}
	r := u.visible(*e)
	for tries := 0; ; tries++ {
		young := r.youngAt(time.Now()) // before the look: one that began too early proves nothing
		all, err := k.Trace(ctx, *e)
		if err != nil {
			return err
		}
		created := slices.DeleteFunc(all, func(o any) bool {
			known := func(known Entry) bool { return known.Kind == e.Kind && known.Ref.ID == k.Ref(o).ID }
			return !k.CreatedByRun(o, *e, u.run.ID) || u.Did(known)
		})
		if len(created) == 1 {
			e.Ref = k.Ref(created[0])
		}
		if len(created) > 0 || !young {
			return nil
		}
		r.searching(e.Kind, r.window()-time.Since(e.At))
		if err := r.Rest(ctx, tries); err != nil {
			return err
		}
	}
}

// needed says why an object that the run created is kept; empty: it can go.
func (k UndoKind) needed(ctx context.Context, u *Undo, e Entry, now any) (string, error) {
	if k.Taken != nil {
		if why := k.Taken(now); why != "" {
			return why, nil
		}
	}
	if other := u.OtherRun("needs it", func(o Entry) bool { return o.Kind == e.Kind && o.Ref.ID == e.Ref.ID }); other != "" {
		return other, nil
	}
	for _, f := range k.Fields {
		if why := moved(u, e, f, f.Get(now)); why != "" {
			return why, nil
		}
	}
	return k.Users(ctx, now, e, u)
}

// moved says what others made of a field of an object that the run created.
func moved(u *Undo, e Entry, f Field[any], now Value) string {
	last, known := u.last(e.Kind, e.Ref.ID, f.Name)
	switch {
	case f.Moved == "" || !known:
		return ""
	case f.List && len(Without(now, last.After)) > 0:
		return f.Moved + ": " + strings.Join(Without(now, last.After), ", ")
	case !f.List && !slices.Equal(now, last.After):
		return f.Moved
	}
	return ""
}

// restore gives the fields that still are what the run made of them the values that they had. It does so in what the
// object is by then: a plan may be older than what others changed since.
func (k UndoKind) restore(ctx context.Context, u *Undo, e Entry, now any) (Item, error) {
	if k.Fields == nil {
		return kept(k.Restored)
	}
	id := thing{e.Kind, e.Ref.ID}
	if before, twice := u.pending[id]; twice {
		now = before
	}
	said, why := restoreFields(k.Fields, &now, e.Fields)
	switch {
	case why != "":
		return kept(why)
	case len(said) == 0:
		return Item{}, nil
	}
	if why, err := k.Users(ctx, now, e, u); err != nil || why != "" {
		return Item{Act: Keep, Why: why}, err
	}
	u.pending[id] = now
	what := func(said []string) string { return cmp.Or(k.Restored, strings.Join(said, ", ")) }
	return Item{Act: Restore, Why: what(said), send: func(ctx context.Context, _ *Stop, item *Item) error {
		now, err := k.Read(ctx, e.Ref)
		if err != nil {
			return err
		}
		said, why := restoreFields(k.Fields, &now, e.Fields)
		switch {
		case why != "":
			item.Act, item.Why = Keep, why
			return nil
		case len(said) == 0:
			return nil // others restored it
		}
		item.Why = what(said)
		_, err = k.Write(ctx, e.Ref, now)
		return err
	}}, nil
}

// restoreFields restores what a run changed and others did not change since. It says what it restored, or why the whole
// object stays as it is.
func restoreFields(fields []Field[any], now *any, changes []FieldChange) (said []string, kept string) {
	var left []string
	next := *now
	for _, c := range changes {
		i := slices.IndexFunc(fields, func(f Field[any]) bool { return f.Name == c.Field })
		if i < 0 {
			continue
		}
		f := fields[i]
		is := f.Get(next)
		switch {
		case slices.Equal(is, c.Before):
		case f.List:
			switch was, ok := c.before(is); {
			case !ok:
				left = append(left, f.stays())
			case !slices.Equal(was, is):
				f.Set(&next, was)
				said = append(said, f.members(is, was))
			}
		case slices.Equal(is, c.After):
			f.Set(&next, c.Before)
			said = append(said, f.again(c.Before))
		case f.Moved != "":
			return nil, f.Moved
		default:
			left = append(left, f.stays())
		}
	}
	if len(said) == 0 && len(left) > 0 {
		return nil, strings.Join(left, ", ")
	}
	*now = next
	return append(said, left...), ""
}

// before returns a list as it is now without what the change did to it. False: others left only what the run added, and
// a list that had members is not emptied.
func (c FieldChange) before(is Value) (was Value, ok bool) {
	if slices.Equal(is, c.After) {
		return c.Before, true
	}
	was = With(Without(is, Without(c.After, c.Before)), Without(c.Before, c.After))
	if len(was) == 0 && len(is) > 0 {
		return c.Before, len(c.Before) == 0
	}
	return was, true
}

func (f Field[T]) stays() string { return f.Name + " stays: others changed it since" }

// members says how the members of a list change.
func (f Field[T]) members(is, will Value) string {
	said := f.Name
	if gone := Without(is, will); len(gone) > 0 {
		said += " - " + strings.Join(gone, " ")
	}
	if back := Without(will, is); len(back) > 0 {
		said += " + " + strings.Join(back, " ")
	}
	return said
}

func (f Field[T]) again(before Value) string {
	switch {
	case before.Text() == "":
		return f.Name + " empty again"
	case strings.ContainsAny(before.Text(), "\n") || len(before) > 1:
		return f.Name + " as before"
	}
	return f.Name + " " + before.Text() + " again"
}

// goneLimit is how long a deleted object may still be shown (contract genesys.md 2.5).
const goneLimit = 240 // first pauses: 60 s

// removed deletes an object and waits until the service does not find it any more: what uses an object keeps it from being
// deleted until it is gone.
func (k UndoKind) removed(ctx context.Context, u *Undo, e Entry, stop *Stop) error {
	r := u.visible(e)
	r.phase = newPhase(ctx, stop) // Stop ends the waits
	_, err := Seen(ctx, r, func(ctx context.Context) (none struct{}, err error) { return none, k.Delete(ctx, e.Ref) })
	if err != nil {
		return err
	}
	for start, tries := time.Now(), 0; time.Since(start) < goneLimit*r.poll(); tries++ {
		if _, err := k.Read(ctx, e.Ref); err != nil {
			return err // not found, as it is to be, or a real error
		}
		if err := r.Rest(ctx, tries); err != nil {
			return err
		}
	}
	return explain.New(explain.ClassFault, "",
		fmt.Sprintf("The %s %s was deleted, but its service still shows it. The deletion isn't confirmed.", e.Kind, strconv.Quote(e.Name)),
		"Run undo again in a few minutes to confirm it.").Again()
}

func kept(why string) (Item, error) { return Item{Act: Keep, Why: why}, nil }

// Needed says why an object that the run created is kept; empty: it can go. It is for a kind that is undone before
// another one, and depends on what becomes of that.
func Needed[T any](ctx context.Context, o Object[T], u *Undo, now T) (string, error) {
	return Undoing(o).needed(ctx, u, Entry{Verb: Create, Kind: o.Kind, Ref: o.Ref(now)}, now)
}
