package engine

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// Journal keeps what a run changes, so that it can be resumed or undone. Its methods may be called from several
// goroutines.
type Journal interface {
	// Intend records a change before it is sent. Its error keeps the change from being sent.
	Intend(Change) (entry int, err error)
	// Settle records what became of it: the object's ID, and the error with which it failed.
	Settle(entry int, id string, failed error) error
	// Found records what a look found: a change whose answer was lost was carried out after all.
	Found(Change) error
	// RunID names the run; what it creates is marked with it.
	RunID() string
	// Created returns what this run, or one that ended less than the given time ago, created by that key, newest first.
	// The ID is empty where the answer never came.
	Created(kind guide.ObjectKind, key Key, recent time.Duration) []Past
}

// Past is an object that a run created, or may have created.
type Past struct {
	Ref
	Name string
	At   time.Time // when the create was sent
}

func (r *Run) past(kind guide.ObjectKind, key Key) []Past { return r.receipts(kind, key, r.window()) }

// Created returns what a run in the same orgs ever created by that key, newest first.
func (r *Run) Created(kind guide.ObjectKind, key Key) []Past { return r.receipts(kind, key, Ever) }

// Ever is how long ago all runs are that the journal knows.
const Ever = time.Duration(math.MaxInt64)

func (r *Run) receipts(kind guide.ObjectKind, key Key, recent time.Duration) []Past {
	if r.cfg.Journal == nil || key.Name == "" && key.In == nil {
		return nil
	}
	return r.cfg.Journal.Created(kind, key, recent)
}

// foundExisting tells the journal of what a look found: an earlier create of it, whose receipt is missing, was carried out.
func (r *Run) foundExisting(c Change) error {
	if r.cfg.Journal == nil || c.ID == "" {
		return nil
	}
	if err := r.cfg.Journal.Found(c); err != nil {
		return Unkept(err, "Nothing was sent")
	}
	return nil
}

// send carries a change out between the two entries that the journal keeps of it.
func send[T any](ctx context.Context, r *Run, c Change, ref func(T) Ref, act func(context.Context) (T, error)) (T, error) {
	if r.cfg.Journal == nil {
		return act(ctx)
	}
	var none T
	entry, err := r.cfg.Journal.Intend(c)
	if err != nil {
		return none, Unkept(err, "Nothing was sent")
	}
	value, err := act(ctx)
	id := c.ID
	if err == nil {
		id = ref(value).ID
	}
	if kept := r.cfg.Journal.Settle(entry, id, err); kept != nil && err == nil {
		err = Unkept(kept, fmt.Sprintf("The %s %s is already changed", c.Kind, c.Name))
	}
	return value, err
}

// Unkept is why a run stops when its journal cannot be written: what is not kept could not be undone.
func Unkept(err error, exists string) error {
	return explain.New(explain.ClassFault, "", fmt.Sprintf("The run journal can't be written: %v. %s.", err, exists),
		"Free up disk space or fix the folder's permissions, or choose another folder (--state-dir). Then run again.").Again().Of(err)
}

// Ledger remembers what the runs of a session created, changed, or found.
type Ledger struct {
	mu     sync.Mutex
	made   []Change
	undone []Change
}

// Made returns the changes in the guide's order.
func (l *Ledger) Made() []Change {
	l.mu.Lock()
	defer l.mu.Unlock()
	made := slices.Clone(l.made)
	slices.SortStableFunc(made, func(a, b Change) int { return a.Kind.Order() - b.Kind.Order() })
	return made
}

// Undone returns the changes that were undone.
func (l *Ledger) Undone() []Change {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.undone)
}

// Note remembers a change. It replaces a mere reuse of the same object; a reuse of what is remembered adds nothing.
func (l *Ledger) Note(c Change) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, m := range l.made {
		if m.Kind == c.Kind && m.ID == c.ID && (m.Name == c.Name || c.Verb == Reuse) {
			switch {
			case m.Unready && c.Verb == Reuse:
				l.made[i].Unready = c.Unready
			case m.Verb == Reuse || m.Unready || c.Verb == Remove:
				l.made[i] = c
			}
			return
		}
	}
	l.made = append(l.made, c)
}

// Undo notes that what a change made is gone, or as it was before.
func (l *Ledger) Undo(c Change) {
	l.Forget(c.Kind, c.ID)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.undone = append(l.undone, c)
}

// wrote reports whether the run created or changed the object.
func (l *Ledger) wrote(kind guide.ObjectKind, id string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.ContainsFunc(l.made, func(c Change) bool { return c.Kind == kind && c.ID == id && c.Writes() })
}

// Forget removes what is known of an object.
func (l *Ledger) Forget(kind guide.ObjectKind, id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.made = slices.DeleteFunc(l.made, func(c Change) bool { return c.Kind == kind && c.ID == id })
}
