package oktasim

import (
	"path"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/oktasim/schema"
	"msgsso-wizard/apiclient/simulator/simkit"
)

const (
	active   = "ACTIVE"
	inactive = "INACTIVE"
)

// entry is what every object of the org has in common.
type entry struct {
	id               string
	tree             object // what its document says, but for what the org adds
	created, updated time.Time
	shows            time.Time // when calls begin to find it (Options.Lag)
}

type entity interface {
	comparable
	base() *entry
}

func (e *entry) base() *entry               { return e }
func (e *entry) text(path string) string    { return jsontree.Text(e.tree, path) }
func (e *entry) flag(path string) bool      { return jsontree.Flag(e.tree, path) }
func (e *entry) texts(path string) []string { return jsontree.Texts(e.tree, path) }
func (e *entry) active() bool               { return e.text("status") == active }

// document is what every kind of object shows, and what one kind has more.
func (e *entry) document(more object) object {
	own := object{"id": e.id, "created": simkit.Stamp(e.created), "lastUpdated": simkit.Stamp(e.updated)}
	return jsontree.Merge(e.tree, own, more)
}

// verb is something that can be done with a kind of object.
type verb int

const (
	list verb = iota
	create
	get
	assign // a PUT of one that need not be there
	replace
	remove
	activate
	deactivate
)

// resource is a kind of object. What its hooks do not say is the same for all kinds; each of the later ones may be nil.
type resource[T entity] struct {
	path    string // of one object; the list is above it
	kind    string // what a 404 calls it
	access  access
	verbs   map[verb]int // what can be done, and the status of success
	request string       // the shape of a body
	unique  []string     // members that no two have in common
	listing listing
	prefix  string // of new ids
	ordered bool   // an object's priority is its place
	quiet   bool   // a change of status answers {}

	in   func(*Server, *call) (*[]T, error) // the list that the path names
	show func(*Server, *call, T) object     // the document, but for the priority
	make func(*Server, entry) T             // turns a wish into an object

	alias    func(s *Server, c *call, id string) string      // the id that a name in the path stands for
	key      func(*call) string                              // the id of a new one, where that is another object's
	defaults func(s *Server, c *call, old *entry) object     // what a body leaves out; old is nil for a new one
	guard    func(s *Server, c *call, x T, doing verb) error // refuses; x is nil for a new one
	done     func(s *Server, c *call, x T, did verb)         // x is nil after a list
}

type handler = func(*Server, *call) (any, error)

func (r *resource[T]) routes() []route {
	above, status := path.Dir(r.path), r.path+"/lifecycle/"
	var all []route
	for v, at := range [][2]string{
		list: {"GET", above}, create: {"POST", above}, get: {"GET", r.path}, assign: {"PUT", r.path}, replace: {"PUT", r.path},
		remove: {"DELETE", r.path}, activate: {"POST", status + "activate"}, deactivate: {"POST", status + "deactivate"},
	} {
		if success, there := r.verbs[verb(v)]; there {
			all = append(all, route{at[0], at[1], success, r.access, r.handle(verb(v))})
		}
	}
	return all
}

// handle carries out what the path names: the object is found, a body is read, guards are asked, and then it is done.
func (r *resource[T]) handle(doing verb) handler {
	return func(s *Server, c *call) (any, error) {
		items, x, err := r.open(s, c, doing)
		if err == nil && (doing == create || doing == assign || doing == replace) {
			err = r.read(s, c, *items, x)
		}
		if err == nil && r.guard != nil {
			err = r.guard(s, c, x, doing)
		}
		if err != nil {
			return nil, err
		}
		x = r.carryOut(s, c, items, x, doing)
		if r.done != nil {
			r.done(s, c, x, doing)
		}
		switch {
		case doing == list:
			return r.listing.answer(c, r.documents(s, c, *items))
		case doing == remove:
			return nothing{}, nil
		case r.quiet && (doing == activate || doing == deactivate):
			return object{}, nil
		}
		return r.document(s, c, *items, x), nil
	}
}

// all is the list of a kind that the whole org has.
func all[T entity](items func(*Server) *[]T) func(*Server, *call) (*[]T, error) {
	return func(s *Server, _ *call) (*[]T, error) { return items(s), nil }
}

// within is the list of a parent that the path names.
func within[P, T entity](parent *resource[P], items func(*call, P) *[]T) func(*Server, *call) (*[]T, error) {
	return func(s *Server, c *call) (*[]T, error) {
		_, p, err := parent.open(s, c, get)
		if err != nil {
			return nil, err
		}
		return items(c, p), nil
	}
}

// open returns the list and the object that the path names. There is no object when all are meant, or a new one.
func (r *resource[T]) open(s *Server, c *call, doing verb) (items *[]T, x T, err error) {
	if items, err = r.in(s, c); err != nil || doing == list {
		return items, x, err
	}
	id := c.r.PathValue(strings.Trim(path.Base(r.path), "{}"))
	meant, making := id, doing == create || doing == assign
	switch {
	case making && r.key == nil:
		return items, x, nil
	case making:
		meant = r.key(c)
	case r.alias != nil:
		meant = r.alias(s, c, id)
	}
	switch found := byID(*items, meant); {
	case found != x && (making || s.finds(c, found.base())):
		return items, found, nil
	case making:
		return items, x, nil
	}
	return items, x, refusal.NotFound(id, r.kind)
}

// finds reports whether a call finds an object. For a while after its creation reads do not (Options.Lag).
func (s *Server) finds(c *call, e *entry) bool {
	return !s.now().Before(e.shows) || c.writes() && !s.opts.LagWrites
}

// read checks a body and fills what it leaves out. New objects are active, others stay as they are; what is keyed by
// another object has no status.
func (r *resource[T]) read(s *Server, c *call, siblings []T, x T) error {
	want := requests()[r.request]
	if len(c.raw) == 0 && slices.ContainsFunc(want.Names, func(name string) bool { return want.Members[name].Needed }) {
		return refusal.Of("E0000003")
	}
	var err error
	if c.tree, err = schema.Take(want, c.body); err != nil {
		return err
	}
	var zero T
	var old *entry
	left := object{"status": active}
	if x != zero {
		old = x.base()
		left["status"] = old.text("status")
	}
	if r.key != nil {
		left = object{}
	}
	if r.defaults != nil {
		left = jsontree.Merge(left, r.defaults(s, c, old))
	}
	c.tree = jsontree.Merge(left, c.tree)
	for _, member := range r.unique {
		for _, other := range siblings {
			if e := other.base(); e != old && e.text(member) == jsontree.Text(c.tree, member) {
				return refusal.Field(member, "An object with this field already exists in the current organization")
			}
		}
	}
	return nil
}

// carryOut changes the list or the object, and returns the object.
func (r *resource[T]) carryOut(s *Server, c *call, items *[]T, x T, doing verb) T {
	var zero T
	switch doing {
	case create, assign, replace:
		if x == zero {
			e := s.newEntry(r.prefix, c.tree)
			if r.key != nil {
				e.id = r.key(c)
			}
			x = r.make(s, e)
			x.base().shows = s.now().Add(s.opts.Lag)
			*items = append(*items, x)
		}
		x.base().tree, x.base().updated = c.tree, s.now()
		if n := jsontree.Whole(c.tree, "priority"); n != 0 && r.ordered {
			*items = insert(*items, x, n-1)
		}
	case remove:
		*items = slices.DeleteFunc(*items, func(other T) bool { return other == x })
	case activate, deactivate:
		x.base().tree["status"], x.base().updated = map[verb]string{activate: active, deactivate: inactive}[doing], s.now()
	}
	return x
}

// insert moves an object to a priority. The others move along, so an object's priority is its place.
func insert[T entity](items []T, x T, at int) []T {
	others := slices.DeleteFunc(items, func(other T) bool { return other == x })
	return slices.Insert(others, min(max(0, at), len(others)), x)
}

func (r *resource[T]) documents(s *Server, c *call, items []T) []object {
	docs := []object{}
	for _, x := range items {
		if s.finds(c, x.base()) {
			docs = append(docs, r.document(s, c, items, x))
		}
	}
	return docs
}

func (r *resource[T]) document(s *Server, c *call, items []T, x T) object {
	doc := r.show(s, c, x)
	if r.ordered {
		doc["priority"] = 1 + slices.Index(items, x)
	}
	return doc
}

// first is the first item that is meant; the zero value when there is none.
func first[T any](items []T, meant func(T) bool) (x T) {
	if at := slices.IndexFunc(items, meant); at >= 0 {
		return items[at]
	}
	return x
}

func byID[T entity](items []T, id string) T {
	return first(items, func(x T) bool { return x.base().id == id })
}

// newEntry is an object that is seen at once; without a prefix it has no id.
func (s *Server) newEntry(prefix string, tree object) entry {
	e := entry{tree: tree, created: s.now(), updated: s.now()}
	if prefix != "" {
		e.id = s.id(prefix)
	}
	return e
}

func plainEntry(_ *Server, e entry) *entry { return &e }
