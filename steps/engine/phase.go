package engine

import (
	"context"
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

	mu      sync.Mutex
	errs    map[int]error // by the node's index
	cancels map[int][]context.CancelFunc
}

func newPhase(ctx context.Context, stop *Stop) *phase {
	return &phase{ctx: ctx, stop: stop, failed: make(chan struct{}), errs: map[int]error{}, cancels: map[int][]context.CancelFunc{}}
}

func (p *phase) writes() bool { return p.stop != nil }

// begin runs work for a node.
func (p *phase) begin(index int, work func(context.Context)) {
	ctx, cancel := context.WithCancel(p.ctx)
	p.mu.Lock()
	p.cancels[index] = append(p.cancels[index], cancel)
	if p.outranked(index) {
		cancel()
	}
	p.mu.Unlock()
	p.group.Go(func() {
		defer cancel()
		work(ctx)
	})
}

// outranked reports whether an earlier node of a plan failed. The caller holds the lock.
func (p *phase) outranked(index int) bool {
	if p.writes() {
		return false
	}
	for i := range p.errs {
		if i < index {
			return true
		}
	}
	return false
}

// fail notes the failure of a node.
func (p *phase) fail(index int, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.errs) == 0 {
		close(p.failed)
	}
	p.errs[index] = err
	for i, cancels := range p.cancels {
		if p.outranked(i) {
			for _, cancel := range cancels {
				cancel()
			}
		}
	}
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
	first, stopped := -1, false
	for i, err := range p.errs {
		switch {
		case err == ErrStopped: //nolint:errorlint // bare
			stopped = true
		case first < 0 || i < first:
			first = i
		}
	}
	switch {
	case first >= 0:
		return p.errs[first]
	case stopped:
		return ErrStopped
	}
	return nil
}
