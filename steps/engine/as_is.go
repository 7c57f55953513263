package engine

import (
	"cmp"
	"context"
)

// asIs is a resource that is set up outside of the wizard.
type asIs[T any] struct {
	Resource[T]
	lacks  string
	refuse func(lacks string) error
}

// AsIs opens a resource that the run only uses: it neither creates nor changes the object. refuse returns the error for
// what is lacking: lacks where the object does not exist, else what would change in it.
func AsIs[T any](open Open[Resource[T]], lacks string, refuse func(lacks string) error) Open[Resource[T]] {
	return func(ctx context.Context) (Resource[T], error) {
		r, err := open(ctx)
		return asIs[T]{r, lacks, refuse}, err
	}
}

// Draft refuses to create the object.
func (r asIs[T]) Draft(ctx context.Context, stage Stage, notes *Notes) (Draft[T], error) {
	d, err := r.Resource.Draft(ctx, stage, notes)
	if err == nil {
		err = r.refuse(r.lacks)
	}
	return d, err
}

// Want leaves the object as it is, and refuses one that would have to change.
func (r asIs[T]) Want(ctx context.Context, stage Stage, now T, notes *Notes) (T, string, error) {
	want, why, err := r.Resource.Want(ctx, stage, now, notes)
	if err == nil && len(Differences(r.AsObject().Fields, now, want)) > 0 {
		row, _ := r.Describe(ctx, now, &Notes{})
		err = r.refuse(cmp.Or(why, r.AsObject().Kind.Shown(row.Name)))
	}
	return now, "", err
}
