package engine

import "context"

// Open gives access to a service; a run opens it when it is first asked for.
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

// Tell makes a call with one argument, which has no answer.
func Tell[S, A any](ctx context.Context, open Open[S], call func(S, context.Context, A) error, argument A) error {
	service, err := open(ctx)
	if err != nil {
		return err
	}
	return call(service, ctx, argument)
}
