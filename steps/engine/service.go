package engine

import "context"

// Open finds out something by the time that it is needed: access to a service, or a resource that works with it.
type Open[T any] func(context.Context) (T, error)

// Both asks for two things, one after the other: the second only if the first came.
func Both[A, B any](ctx context.Context, first Open[A], second Open[B]) (a A, b B, err error) {
	if a, err = first(ctx); err == nil {
		b, err = second(ctx)
	}
	return a, b, err
}

// Reading reads an object by its ID.
func Reading[S, T any](service S, call func(S, context.Context, string) (T, error)) func(context.Context, Ref) (T, error) {
	return func(ctx context.Context, at Ref) (T, error) { return call(service, ctx, at.ID) }
}

// Writing replaces an object that carries its ID.
func Writing[S, T any](service S, call func(S, context.Context, T) (T, error)) func(context.Context, Ref, T) (T, error) {
	return func(ctx context.Context, _ Ref, now T) (T, error) { return call(service, ctx, now) }
}

// Deleting deletes an object by its ID.
func Deleting[S any](service S, call func(S, context.Context, string) error) func(context.Context, Ref) error {
	return func(ctx context.Context, at Ref) error { return call(service, ctx, at.ID) }
}
