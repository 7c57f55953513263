package engine

import (
	"context"
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
