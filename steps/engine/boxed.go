package engine

import "context"

// boxed is a Resource whose values have no type. The engine works on these, so that it is compiled once, and not once
// for each kind: the program would be 2 MB larger.
type boxed struct {
	Object[any]

	key       func(context.Context) (Key, error)
	fits      func(context.Context, any) (bool, error)
	find      func(context.Context, *Notes) (*any, error)
	describe  func(context.Context, any, *Notes) (Row, error)
	draft     func(context.Context, Stage, *Notes) (Draft[any], error)
	want      func(ctx context.Context, stage Stage, now any, notes *Notes) (want any, why string, err error)
	after     func(context.Context) error
	unchanged func(planned, now, want any, notes *Notes) error
}

// as returns a boxed value; nil is a zero value.
func as[T any](value any) T {
	v, _ := value.(T)
	return v
}

func typed[T any](p Planned[any]) Planned[T] {
	return Planned[T]{Value: as[T](p.Value), Exists: p.Exists, Change: p.Change}
}

// untyped returns a function of boxed values; nil stays nil.
func untyped[T, R any](f func(T) R) func(any) R {
	if f == nil {
		return nil
	}
	return func(v any) R { return f(as[T](v)) }
}

// boxed returns the object without its type.
func (o Object[T]) boxed() Object[any] {
	b := Object[any]{
		Kind: o.Kind, Marked: o.Marked, Conflict: o.Conflict, Delete: o.Delete, Awaited: o.Awaited, Limit: o.Limit,
		Deleted: o.Deleted, Restored: o.Restored, Lasts: o.Lasts, Within: o.Within,
		Ref: untyped(o.Ref), Gone: untyped(o.Gone), Taken: untyped(o.Taken),
		Read:  func(ctx context.Context, at Ref) (any, error) { return o.Read(ctx, at) },
		Write: func(ctx context.Context, at Ref, now any) (any, error) { return o.Write(ctx, at, as[T](now)) },
		CreatedByRun: func(v any, e Entry, run string) bool {
			return o.CreatedByRun == nil || o.CreatedByRun(as[T](v), e, run)
		},
	}
	for _, f := range o.Fields {
		b.Fields = append(b.Fields, f.boxed())
	}
	b.Ready = func(v any) (bool, error) {
		if o.Ready == nil {
			return true, nil
		}
		return o.Ready(as[T](v))
	}
	if o.Trace != nil {
		b.Trace = func(ctx context.Context, e Entry) (all []any, err error) {
			listed, err := o.Trace(ctx, e)
			for _, v := range listed {
				all = append(all, v)
			}
			return all, err
		}
	}
	b.Users = func(ctx context.Context, now any, e Entry, u *Undo) (string, error) {
		if o.Users == nil {
			return "", nil
		}
		return o.Users(ctx, as[T](now), e, u)
	}
	return b
}

// opening opens a resource without its type.
func opening[T any](open Open[Resource[T]]) Open[*boxed] {
	return func(ctx context.Context) (*boxed, error) {
		res, err := open(ctx)
		if err != nil {
			return nil, err
		}
		return box(res), nil
	}
}

// box returns the resource without its type.
func box[T any](r Resource[T]) *boxed {
	return &boxed{
		Object: r.AsObject().boxed(), key: r.Key, after: r.After,
		fits: func(ctx context.Context, v any) (bool, error) { return r.Fits(ctx, as[T](v)) },
		find: func(ctx context.Context, notes *Notes) (*any, error) {
			found, err := r.Find(ctx, notes)
			if found == nil {
				return nil, err
			}
			value := any(*found)
			return &value, err
		},
		describe: func(ctx context.Context, v any, notes *Notes) (Row, error) { return r.Describe(ctx, as[T](v), notes) },
		draft: func(ctx context.Context, stage Stage, notes *Notes) (Draft[any], error) {
			d, err := r.Draft(ctx, stage, notes)
			return d.boxed(), err
		},
		want: func(ctx context.Context, stage Stage, now any, notes *Notes) (any, string, error) {
			return r.Want(ctx, stage, as[T](now), notes)
		},
		unchanged: func(planned, now, want any, notes *Notes) error {
			return r.Unchanged(as[T](planned), as[T](now), as[T](want), notes)
		},
	}
}

func (f Field[T]) boxed() Field[any] {
	return Field[any]{
		Name: f.Name, List: f.List, Moved: f.Moved, Group: f.Group, Get: untyped(f.Get),
		Set: func(v *any, value Value) {
			now := as[T](*v)
			f.Set(&now, value)
			*v = now
		},
	}
}

func (d Draft[T]) boxed() Draft[any] {
	out := Draft[any]{Name: d.Name, Why: d.Why, ID: d.ID, In: d.In, Fields: d.Fields, Refused: d.Refused, Rewrites: d.Rewrites}
	out.Send = func(ctx context.Context) (any, error) { return d.Send(ctx) }
	if d.Part != nil {
		out.Part = func(ctx context.Context) (any, bool, error) { return d.Part(ctx) }
	}
	return out
}
