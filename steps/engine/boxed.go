package engine

import (
	"context"
	"time"

	"msgsso-wizard/steps/guide"
)

// boxed is an Object, or a Resource, whose values have no type. The engine works on these, so that it is compiled once,
// and not once for each kind: the program would be 2 MB larger. What an object does not have is nil.
type boxed struct {
	object any // as it was given, for what needs no value: Part, Told, Lasting, Traced, Later, Conflicting

	kind   guide.ObjectKind
	ref    func(any) Ref
	read   func(context.Context, Ref) (any, error)
	remove func(context.Context, Ref) error

	key       func(context.Context) (Key, error)
	find      func(context.Context, *Look) (*any, error)
	describe  func(context.Context, any, *Look) (Row, error)
	draft     func(context.Context, Stage, *Look) (Draft[any], error)
	fits      func(context.Context, any) (bool, error)
	want      func(ctx context.Context, stage Stage, now any, look *Look) (Desired[any], error)
	unchanged func(planned, now, want any, look *Look) error

	fields   []Field[any]
	write    func(ctx context.Context, at Ref, now any) (any, error)
	ready    func(any) (bool, error)
	settling func() (what string, limit time.Duration)
	taken    func(any) string
	users    func(ctx context.Context, now any, e Entry, u *Undo) (string, error)
}

// as returns a boxed value; nil is a zero value.
func as[T any](value any) T {
	v, _ := value.(T)
	return v
}

func typed[T any](p Planned[any]) Planned[T] {
	return Planned[T]{Value: as[T](p.Value), Exists: p.Exists, Change: p.Change}
}

// box returns the object without its type.
func box[T any](o Object[T]) *boxed {
	b := &boxed{
		object: o, kind: o.Kind(), remove: o.Delete,
		ref:  func(v any) Ref { return o.Ref(as[T](v)) },
		read: func(ctx context.Context, at Ref) (any, error) { return o.Read(ctx, at) },
	}
	if r, ok := o.(Resource[T]); ok {
		boxResource(b, r)
	}
	if e, ok := o.(Editable[T]); ok {
		b.write = func(ctx context.Context, at Ref, now any) (any, error) { return e.Write(ctx, at, as[T](now)) }
		for _, f := range e.Fields() {
			b.fields = append(b.fields, f.boxed())
		}
	}
	if s, ok := o.(Settler[T]); ok {
		b.ready, b.settling = func(v any) (bool, error) { return s.Ready(as[T](v)) }, s.Settling
	}
	if m, ok := o.(Marked[T]); ok {
		b.taken = func(v any) string { return m.Taken(as[T](v)) }
	}
	if u, ok := o.(Used[T]); ok {
		b.users = func(ctx context.Context, now any, e Entry, undo *Undo) (string, error) {
			return u.Users(ctx, as[T](now), e, undo)
		}
	}
	return b
}

func boxResource[T any](b *boxed, r Resource[T]) {
	b.key = r.Key
	b.find = func(ctx context.Context, look *Look) (*any, error) {
		found, err := r.Find(ctx, look)
		if found == nil {
			return nil, err
		}
		value := any(*found)
		return &value, err
	}
	b.describe = func(ctx context.Context, found any, look *Look) (Row, error) {
		return r.Describe(ctx, as[T](found), look)
	}
	b.draft = func(ctx context.Context, stage Stage, look *Look) (Draft[any], error) {
		d, err := r.Draft(ctx, stage, look)
		return d.boxed(), err
	}
	if f, ok := r.(Fitting[T]); ok {
		b.fits = func(ctx context.Context, made any) (bool, error) { return f.Fits(ctx, as[T](made)) }
	}
	if w, ok := r.(Wanting[T]); ok {
		b.want = func(ctx context.Context, stage Stage, now any, look *Look) (Desired[any], error) {
			d, err := w.Want(ctx, stage, as[T](now), look)
			return Desired[any]{Value: d.Value, Why: d.Why}, err
		}
	}
	if g, ok := r.(Guarded[T]); ok {
		b.unchanged = func(planned, now, want any, look *Look) error {
			return g.Unchanged(as[T](planned), as[T](now), as[T](want), look)
		}
	}
}

func (f Field[T]) boxed() Field[any] {
	return Field[any]{
		Name: f.Name, List: f.List, Moved: f.Moved, Group: f.Group,
		Get: func(v any) Value { return f.Get(as[T](v)) },
		Set: func(v *any, value Value) {
			now := as[T](*v)
			f.Set(&now, value)
			*v = now
		},
	}
}

func (d Draft[T]) boxed() Draft[any] {
	out := Draft[any]{Name: d.Name, Why: d.Why, ID: d.ID, In: d.In, Fields: d.Fields, Rewrites: d.Rewrites}
	if d.Send != nil {
		out.Send = func(ctx context.Context) (any, error) { return d.Send(ctx) }
	}
	if d.Part != nil {
		out.Part = func(ctx context.Context) (any, bool, error) { return d.Part(ctx) }
	}
	return out
}
