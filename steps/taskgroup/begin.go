package taskgroup

import "msgsso-wizard/steps/explain"

// Result is what a call came to. That it broke is one more way to fail.
type Result[T any] struct {
	Value T
	Err   error
}

// Begin calls act in a new goroutine. A caller that doesn't wait any longer may leave the result there.
func Begin[T any](act func() (T, error)) <-chan Result[T] {
	got := make(chan Result[T], 1)
	go func() {
		var r Result[T]
		if broken := explain.Recover(func() { r.Value, r.Err = act() }); broken != nil {
			r.Err = broken
		}
		got <- r
	}()
	return got
}
