package genesyssim

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"
)

// resource is one kind of object: where it is and what is its own. The calls that all kinds have in common are its
// methods.
type resource[T any] struct {
	path, item string // of the list below /api/v2, and of a single one below its id
	entity     string // what the caller needs permissions for
	calls      string // GET, POST, PUT, PATCH and DELETE as far as there are such calls, and LIST
	made, gone int    // status of a create and of a delete; 0: 200

	in      func(*Server) *store[T]
	unknown string                                      // error code for an id that is not there; empty: not.found
	cursors int                                         // how many a page of a list shows at most that has cursors; 0: pages have numbers
	unpaged bool                                        // a list is whole
	only    func(*call, store[T]) (store[T], error)     // what a list's query leaves of it; nil: all
	request string                                      // the shape of requests
	change  string                                      // the shape of an update; empty: the same
	limit   string                                      // the key of the limit of how many there may be; empty: there is none
	most    func(Options) int                           // that limit; 0: none
	check   func(*call, *versioned[T]) (T, error)       // checks a request further and returns what to keep; no record: a create
	settles func(*call, *versioned[T], T) time.Duration // how long a change takes; below 0: it is none; nil: none ever is
	show    func(*call, *versioned[T]) object
	whole   func(*call, *versioned[T]) object // a read of a single one, where that shows more; nil: show
	held    func(*call, *versioned[T]) error  // refuses to delete what is in use; nil: nothing is
}

// operations are the calls that there are.
func (k resource[T]) operations() []operation {
	item, update := k.path+"/{id}"+k.item, operation{entity: k.entity, handle: k.with(k.update)}
	var all []operation
	for _, name := range strings.Fields(k.calls) {
		op := update
		op.pattern = name + " " + item
		switch name {
		case "LIST":
			op.pattern, op.handle = "GET "+k.path, k.list
		case http.MethodGet:
			op.handle = k.with(k.get)
		case http.MethodPost:
			op.pattern, op.status, op.handle = "POST "+k.path, k.made, k.create
		case http.MethodDelete:
			op.pattern, op.status, op.handle = "DELETE "+k.path+"/{id}", k.gone, k.with(k.delete)
		}
		all = append(all, op)
	}
	return all
}

func (k resource[T]) list(c *call) (any, error) {
	all := k.in(c.s).visible(c.now)
	if k.only != nil {
		var err error
		if all, err = k.only(c, all); err != nil {
			return nil, err
		}
	}
	render := func(r *versioned[T]) object { return k.show(c, r) }
	if k.unpaged {
		return unpaged(c, all, render)
	}
	return paged(c, k.cursors, all, render)
}

// find returns the object that the call's path names.
func (k resource[T]) find(c *call) (*versioned[T], error) {
	r := k.in(c.s).find(c.path("id"))
	if r == nil || !meets(c, r) {
		return nil, refuse(cmp.Or(k.unknown, "not.found"))
	}
	return r, nil
}

// with makes a call of what is done with one object.
func (k resource[T]) with(handle func(*call, *versioned[T]) (any, error)) func(*call) (any, error) {
	return func(c *call) (any, error) {
		r, err := k.find(c)
		if err != nil {
			return nil, err
		}
		return handle(c, r)
	}
}

func (k resource[T]) get(c *call, r *versioned[T]) (any, error) {
	if k.whole != nil {
		return k.whole(c, r), nil
	}
	return k.show(c, r), nil
}

func (k resource[T]) create(c *call) (any, error) {
	body, err := k.read(c, nil)
	all := k.in(c.s)
	if err == nil && k.limit != "" && k.most(c.s.options) > 0 && len(*all) >= k.most(c.s.options) {
		no := refuse("resource.limit.exceeded")
		no.limit = object{"key": k.limit, "namespace": "web.deployments", "value": k.most(c.s.options)}
		err = no
	}
	if err != nil {
		return nil, err
	}
	r := begin[T](c, c.s.ids.UUID())
	k.keep(c, r, body)
	*all = append(*all, r)
	return k.show(c, r), nil
}

// update replaces what the request may set.
func (k resource[T]) update(c *call, r *versioned[T]) (any, error) {
	body, err := k.read(c, r)
	if err != nil {
		return nil, err
	}
	k.keep(c, r, body)
	return k.show(c, r), nil
}

// read checks a request and returns what to keep. A member may stand for a feature that the organization does not
// have (contract genesys.md 2.5).
func (k resource[T]) read(c *call, r *versioned[T]) (none T, err error) {
	shape := k.request
	if r != nil && k.change != "" {
		shape = k.change
	}
	if _, ok := c.body[c.s.options.LacksFeature]; ok {
		no := refuse("bad.request")
		no.field, no.detail = c.s.options.LacksFeature, "feature is not yet implemented"
		return none, no
	}
	if err := checkRequest(shape, c.body); err != nil {
		return none, err
	}
	return k.check(c, r)
}

// delete makes writes miss the object at once, and reads after the lag.
func (k resource[T]) delete(c *call, r *versioned[T]) (any, error) {
	if k.held != nil {
		if err := k.held(c, r); err != nil {
			return nil, err
		}
	}
	r.until = c.now.Add(c.s.options.Lag)
	return k.show(c, r), nil
}

// begin makes an object that reads see after the lag.
func begin[T any](c *call, id string) *versioned[T] {
	return &versioned[T]{id: id, created: c.now, creator: c.by(), from: c.now.Add(c.s.options.Lag)}
}

// keep stores what a request set.
func (k resource[T]) keep(c *call, r *versioned[T], body T) {
	settle := time.Duration(-1)
	if k.settles != nil {
		settle = k.settles(c, r, body)
	}
	if settle >= 0 {
		if before := r.body; !r.changed.IsZero() && r.settled(c.now) {
			r.before = &before
		}
		r.changed, r.ready = c.now, c.now.Add(settle)
	}
	r.body, r.modified, r.modifier = body, c.now, c.by()
}

// versioned is one object of the organization, of any kind. A configuration's record is its draft.
type versioned[T any] struct {
	id                string
	body              T // what requests set; replaced, never changed
	created, modified time.Time
	creator, modifier string
	changed, ready    time.Time // the last change that has to settle, and when it has
	before            *T        // what had settled before that change; nil: nothing
	from              time.Time // when reads begin to see it
	until             time.Time // when reads cease to see it; zero: it is not deleted

	versions []*versioned[T] // of a configuration, in the order of publishing
	of       *versioned[T]   // the configuration of a version
}

func (r *versioned[T]) settled(now time.Time) bool { return !now.Before(r.ready) }
func (r *versioned[T]) gone(now time.Time) bool    { return !r.until.IsZero() && !now.Before(r.until) }
func (r *versioned[T]) seen(now time.Time) bool    { return !now.Before(r.from) && !r.gone(now) }

// public is what browsers get; nil: nothing yet.
func (r *versioned[T]) public(now time.Time) *T {
	if r.settled(now) {
		return &r.body
	}
	return r.before
}

// store holds the objects of one kind.
type store[T any] []*versioned[T]

// find returns the object of that id, or nil.
func (t store[T]) find(id string) *versioned[T] {
	if i := slices.IndexFunc(t, func(r *versioned[T]) bool { return r.id == id }); i >= 0 {
		return t[i]
	}
	return nil
}

// visible are the objects that reads see.
func (t store[T]) visible(now time.Time) store[T] {
	return slices.DeleteFunc(slices.Clone(t), func(r *versioned[T]) bool { return !r.seen(now) })
}

// sweep lets go of what is gone.
func (t *store[T]) sweep(now time.Time) {
	*t = slices.DeleteFunc(*t, func(r *versioned[T]) bool { return r.gone(now) })
}

// meets reports whether a call finds an object: a read sees what was a lag ago, a write what is, unless
// writes lag behind, too. A deleted object is gone for all writes.
func meets[T any](c *call, r *versioned[T]) bool {
	if c.reads() {
		return r.seen(c.now)
	}
	return r.until.IsZero() && (!c.s.options.LagWrites || !c.now.Before(r.from))
}

func (c *call) reads() bool { return c.r.Method == http.MethodGet || c.r.Method == http.MethodHead }
