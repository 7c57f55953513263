package engine

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
)

// phase is one Plan or one Apply: the goroutines of its nodes, and how they failed.
//
// A plan only reads. When a node fails, those after it in the guide end at once, because its error explains theirs;
// those before it go on, because one of them may explain it. So the reported error is the same whatever call is slow.
//
// An apply writes. When a node fails, no further change begins and waits end, but calls under way end by themselves, so
// that nothing is left half sent.
type phase struct {
	ctx    context.Context
	stop   *Stop // nil: a plan
	group  sync.WaitGroup
	failed chan struct{} // closed at the first failure

	mu   sync.Mutex
	errs map[int]error // by the node's index
	jobs []job
}

// job is what one goroutine does for a node.
type job struct {
	index  int
	cancel context.CancelFunc
}

func newPhase(ctx context.Context, stop *Stop) *phase {
	return &phase{ctx: ctx, stop: stop, failed: make(chan struct{}), errs: map[int]error{}}
}

func (p *phase) writes() bool { return p.stop != nil }

// begin runs work for a node.
func (p *phase) begin(index int, act func(context.Context)) {
	ctx, cancel := context.WithCancel(p.ctx)
	p.mu.Lock()
	p.jobs = append(p.jobs, job{index, cancel})
	p.cancelOutranked()
	p.mu.Unlock()
	p.group.Go(func() {
		defer cancel()
		act(ctx)
	})
}

// cancelOutranked ends what is after the earliest failed node of a plan. The caller holds the lock.
func (p *phase) cancelOutranked() {
	for _, w := range p.jobs {
		if !p.writes() && slices.ContainsFunc(p.failures(), func(i int) bool { return i < w.index }) {
			w.cancel()
		}
	}
}

// failures are the indices of the failed nodes, in order. The caller holds the lock.
func (p *phase) failures() []int { return slices.Sorted(maps.Keys(p.errs)) }

// fail notes the failure of a node.
func (p *phase) fail(index int, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.errs) == 0 {
		close(p.failed)
	}
	p.errs[index] = err
	p.cancelOutranked()
}

// mayWrite is nil while changes may begin.
func (p *phase) mayWrite() error {
	if !p.writes() {
		return errNotApplying
	}
	select {
	case <-p.failed:
		return ErrStopped
	default:
	}
	if p.stop.Stopped() {
		return ErrStopped
	}
	return context.Cause(p.ctx)
}

// err waits until all have ended, and returns the error of the earliest node. A stop counts only if there is no other.
func (p *phase) err() error {
	p.group.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := context.Cause(p.ctx); err != nil {
		return err
	}
	var stopped error
	for _, i := range p.failures() {
		if p.errs[i] != ErrStopped { //nolint:errorlint // bare
			return p.errs[i]
		}
		stopped = ErrStopped
	}
	return stopped
}

// ErrStopped is what Apply returns, bare, after Stop: the calls under way ended well, and no further change began. A
// failure of a call under way is returned instead of it.
var ErrStopped = errors.New("stopped before the next change began")

// Stop lets the call that is under way finish and keeps further changes from beginning. It is for one Apply.
type Stop struct {
	once sync.Once
	done chan struct{}
}

// NewStop returns a Stop that has not been called.
func NewStop() *Stop { return &Stop{done: make(chan struct{})} }

// Stop ends every wait at once. It may be called more than once.
func (s *Stop) Stop() { s.once.Do(func() { close(s.done) }) }

// Done is closed by Stop.
func (s *Stop) Done() <-chan struct{} { return s.done }

// Stopped reports whether Stop was called.
func (s *Stop) Stopped() bool {
	select {
	case <-s.done:
		return true
	default:
		return false
	}
}

// Ending returns a context that Stop ends with ErrStopped. It is for what an Apply only reads.
func (s *Stop) Ending(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	go func() {
		select {
		case <-s.done:
			cancel(ErrStopped)
		case <-ctx.Done():
		}
	}()
	return ctx, func() { cancel(nil) }
}

// task is a computation that happens once, however many ask for it.
type task[T any] struct {
	mu    sync.Mutex
	done  chan struct{} // nil: not begun
	value T
	err   error
}

// begin begins the work at the first call, and returns what is closed at its end. It runs in another goroutine, so that the
// first caller does not end it for the others when it leaves.
func (t *task[T]) begin(n *node, act func(context.Context) (T, error)) <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.done == nil {
		done := make(chan struct{})
		t.done = done
		n.begin(func(ctx context.Context) {
			defer close(done)
			t.err = n.guard(func() (err error) {
				t.value, err = act(ctx)
				return err
			})
		})
	}
	return t.done
}

// get does the work, or waits for the call that does, or for the end of ctx.
func (t *task[T]) get(ctx context.Context, n *node, act func(context.Context) (T, error)) (value T, err error) {
	select {
	case <-t.begin(n, act):
		return t.value, t.err
	case <-ctx.Done():
		return value, context.Cause(ctx)
	}
}

// peek returns the value if the work is done and ended well.
func (t *task[T]) peek() (value T, ok bool) {
	t.mu.Lock()
	done := t.done
	t.mu.Unlock()
	select {
	case <-done: // never, where it is nil
		return t.value, t.err == nil
	default:
		return value, false
	}
}

// set is the end of the work with a value that is known already.
func (t *task[T]) set(value T) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done = make(chan struct{})
	t.value = value
	close(t.done)
}
