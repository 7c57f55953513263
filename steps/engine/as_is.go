package engine

import "context"

// asIs is a resource that is set up outside of the wizard.
type asIs[T any] struct {
	Resource[T]
	refuse func(name, why string) error
}

// AsIs opens a resource that the run only uses: it neither creates nor changes the object. refuse returns the error where
// the object does not exist, and, with what would change, where it is not as wanted.
func AsIs[T any](open Open[Resource[T]], refuse func(name, why string) error) Open[Resource[T]] {
	return func(ctx context.Context) (Resource[T], error) {
		r, err := open(ctx)
		return asIs[T]{r, refuse}, err
	}
}

// Draft refuses to create the object.
func (r asIs[T]) Draft(ctx context.Context, stage Stage, notes *Notes) (Draft[T], error) {
	d, err := r.Resource.Draft(ctx, stage, notes)
	if err == nil {
		err = r.refuse(d.Name, "")
	}
	return d, err
}

// Want leaves the object as it is, and refuses one that would have to change.
func (r asIs[T]) Want(ctx context.Context, stage Stage, now T, notes *Notes) (T, string, error) {
	want, why, err := r.Resource.Want(ctx, stage, now, notes)
	if err == nil && len(Differences(r.AsObject().Fields, now, want)) > 0 {
		row, _ := r.Describe(ctx, now, &Notes{})
		err = r.refuse(row.Name, why)
	}
	return now, "", err
}
