package genesyssim

import (
	"net/http"
	"slices"
	"time"
)

// record is one object of the organization, of any kind. A configuration's record is its draft.
type record[T any] struct {
	id                string
	body              T // what requests set; replaced, never changed
	created, modified time.Time
	creator, modifier string
	changed, ready    time.Time // the last change that has to settle, and when it has
	before            *T        // what had settled before that change; nil: nothing
	from              time.Time // when reads begin to see it
	until             time.Time // when reads cease to see it; zero: it is not deleted

	versions []*record[T] // of a configuration, in the order of publishing
	of       *record[T]   // the configuration of a version
}

func (r *record[T]) settled(now time.Time) bool { return !now.Before(r.ready) }
func (r *record[T]) gone(now time.Time) bool    { return !r.until.IsZero() && !now.Before(r.until) }
func (r *record[T]) seen(now time.Time) bool    { return !now.Before(r.from) && !r.gone(now) }

// public is what browsers get; nil: nothing yet.
func (r *record[T]) public(now time.Time) *T {
	if r.settled(now) {
		return &r.body
	}
	return r.before
}

// store holds the objects of one kind.
type store[T any] []*record[T]

// find returns the object of that id, or nil.
func (t store[T]) find(id string) *record[T] {
	if i := slices.IndexFunc(t, func(r *record[T]) bool { return r.id == id }); i >= 0 {
		return t[i]
	}
	return nil
}

// visible are the objects that reads see.
func (t store[T]) visible(now time.Time) store[T] {
	return slices.DeleteFunc(slices.Clone(t), func(r *record[T]) bool { return !r.seen(now) })
}

// sweep lets go of what is gone.
func (t *store[T]) sweep(now time.Time) {
	*t = slices.DeleteFunc(*t, func(r *record[T]) bool { return r.gone(now) })
}

// meets reports whether a call finds an object: a read sees what was a lag ago, a write what is, unless
// writes lag behind, too. A deleted object is gone for all writes.
func meets[T any](c *call, r *record[T]) bool {
	if c.reads() {
		return r.seen(c.now)
	}
	return r.until.IsZero() && (!c.s.options.LagWrites || !c.now.Before(r.from))
}

func (c *call) reads() bool { return c.r.Method == http.MethodGet || c.r.Method == http.MethodHead }
