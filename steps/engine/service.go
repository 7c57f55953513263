package engine

import "context"

// Open gives access to a service, or to anything else that a run finds out when it is first asked for.
type Open[S any] func(context.Context) (S, error)

// Ask makes a call with one argument, and returns its answer.
func Ask[S, A, T any](ctx context.Context, open Open[S], call func(S, context.Context, A) (T, error), argument A) (answer T, err error) {
	service, err := open(ctx)
	if err != nil {
		return answer, err
	}
	return call(service, ctx, argument)
}

// List makes a call without arguments, which mostly lists something.
func List[S, T any](ctx context.Context, open Open[S], call func(S, context.Context) (T, error)) (answer T, err error) {
	service, err := open(ctx)
	if err != nil {
		return answer, err
	}
	return call(service, ctx)
}

// Both asks for two things, one after the other: the second only if the first came.
func Both[A, B any](ctx context.Context, first Open[A], second Open[B]) (a A, b B, err error) {
	if a, err = first(ctx); err == nil {
		b, err = second(ctx)
	}
	return a, b, err
}

// Tell makes a call with one argument, which has no answer.
func Tell[S, A any](ctx context.Context, open Open[S], call func(S, context.Context, A) error, argument A) error {
	service, err := open(ctx)
	if err != nil {
		return err
	}
	return call(service, ctx, argument)
}

// Reading reads an object by its ID.
func Reading[S, T any](open Open[S], call func(S, context.Context, string) (T, error)) func(context.Context, Ref) (T, error) {
	return func(ctx context.Context, at Ref) (T, error) { return Ask(ctx, open, call, at.ID) }
}

// Writing replaces an object that carries its ID.
func Writing[S, T any](open Open[S], call func(S, context.Context, T) (T, error)) func(context.Context, Ref, T) (T, error) {
	return func(ctx context.Context, _ Ref, now T) (T, error) { return Ask(ctx, open, call, now) }
}

// Deleting deletes an object by its ID.
func Deleting[S any](open Open[S], call func(S, context.Context, string) error) func(context.Context, Ref) error {
	return func(ctx context.Context, at Ref) error { return Tell(ctx, open, call, at.ID) }
}
