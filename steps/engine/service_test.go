package engine_test

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
)

// object is an object of any kind at the fake service.
type object struct {
	Kind   guide.ObjectKind
	ID, In string // In: the ID of the object that contains it
	Name   string
	RunID  string // the mark of the run that created it
	Fields map[string]engine.Value
	Ready  bool
}

func (o object) clone() object {
	o.Fields = maps.Clone(o.Fields)
	return o
}

// call is one call to the service. Nth counts the calls with the same operation and kind, from 1.
type call struct {
	Op   string // list, read, create, write, delete
	Kind guide.ObjectKind
	Name string // of a create; the ID of a read, write, or delete
	Nth  int
}

// fault is what happens to a call.
type fault struct {
	act    func() // called first, without the lock
	before error  // the call is not carried out
	after  error  // the call is carried out
}

type stored struct {
	object
	born, readyAt, goneAt time.Time
}

// service is an in-memory service. Time is that of the test's bubble.
type service struct {
	lag    time.Duration // how long a new object is missing
	blind  bool          // writes to it are refused as long, too
	slow   time.Duration // how long an object needs until it is ready
	linger time.Duration // how long a deleted object is still shown
	delay  func(call) time.Duration
	faults func(call) fault
	parts  map[guide.ObjectKind]guide.ObjectKind // created with the object, under the same ID

	mu      sync.Mutex
	objects []*stored
	calls   []call
}

// do counts a call, lets it take its time, and has it fail as the test wants.
func (s *service) do(ctx context.Context, c call, act func() error) error {
	s.mu.Lock()
	c.Nth = s.count(c.Op, c.Kind) + 1
	s.calls = append(s.calls, c)
	s.mu.Unlock()
	if s.delay != nil {
		select {
		case <-time.After(s.delay(c)):
		case <-ctx.Done():
			return &apiclient.Error{Op: c.Op, Err: context.Cause(ctx)}
		}
	}
	f := s.faultOf(c)
	if f.act != nil {
		f.act()
	}
	if f.before != nil {
		return f.before
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := act(); err != nil {
		return err
	}
	return f.after
}

// faultOf holds the lock, so that the function of the test may keep count.
func (s *service) faultOf(c call) fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.faults == nil {
		return fault{}
	}
	return s.faults(c)
}

// count returns how many calls there were. The caller holds the lock, or nothing runs.
func (s *service) count(op string, kind guide.ObjectKind) int {
	n := 0
	for _, c := range s.calls {
		if c.Op == op && c.Kind == kind {
			n++
		}
	}
	return n
}

// writes returns how many calls changed something, or would have.
func (s *service) writes() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(slices.DeleteFunc(slices.Clone(s.calls), func(c call) bool { return c.Op == "list" || c.Op == "read" }))
}

func (s *service) list(ctx context.Context, kind guide.ObjectKind) (found []object, err error) {
	err = s.do(ctx, call{Op: "list", Kind: kind}, func() error {
		for _, o := range s.objects {
			if o.Kind == kind && s.visible(o) {
				found = append(found, s.shown(o))
			}
		}
		return nil
	})
	return found, err
}

func (s *service) read(ctx context.Context, kind guide.ObjectKind, id string) (object, error) {
	return s.one(ctx, call{Op: "read", Kind: kind, Name: id}, func() *stored {
		if o := s.get(kind, id); o != nil && s.visible(o) {
			return o
		}
		return nil
	})
}

func (s *service) create(ctx context.Context, o object) (object, error) {
	return s.one(ctx, call{Op: "create", Kind: o.Kind, Name: o.Name}, func() *stored {
		if in := s.get(parentOf[o.Kind], o.In); in != nil && s.blind && !s.visible(in) {
			return nil
		}
		return s.put(o)
	})
}

func (s *service) write(ctx context.Context, o object) (object, error) {
	return s.one(ctx, call{Op: "write", Kind: o.Kind, Name: o.ID}, func() *stored {
		was := s.get(o.Kind, o.ID)
		if was == nil || s.blind && !s.visible(was) {
			return nil
		}
		was.object, was.readyAt = o.clone(), time.Now().Add(s.slow)
		return was
	})
}

// one is a call whose answer is an object; nil: it is not found.
func (s *service) one(ctx context.Context, c call, act func() *stored) (found object, err error) {
	err = s.do(ctx, c, func() error {
		o := act()
		if o == nil {
			return refused(http.StatusNotFound)
		}
		found = s.shown(o)
		return nil
	})
	return found, err
}

func (s *service) delete(ctx context.Context, kind guide.ObjectKind, id string) error {
	return s.do(ctx, call{Op: "delete", Kind: kind, Name: id}, func() error {
		o := s.get(kind, id)
		if o == nil || s.blind && !s.visible(o) {
			return refused(http.StatusNotFound)
		}
		for _, gone := range s.objects {
			is, isIn := gone.ID == id && (gone.Kind == kind || gone.Kind == s.parts[kind]), gone.In == id && parentOf[gone.Kind] == kind
			if (is || isIn) && gone.goneAt.IsZero() {
				gone.goneAt = time.Now()
			}
		}
		return nil
	})
}

// put stores a new object, and the part that comes with it. IDs follow from names, so that they do not depend on time.
func (s *service) put(o object) *stored {
	o.ID = fmt.Sprintf("%s-%s", o.Kind, o.Name)
	for n := 2; s.get(o.Kind, o.ID) != nil; n++ {
		o.ID = fmt.Sprintf("%s-%s-%d", o.Kind, o.Name, n)
	}
	made := &stored{object: o.clone(), born: time.Now(), readyAt: time.Now().Add(s.slow)}
	s.objects = append(s.objects, made)
	if part, ok := s.parts[o.Kind]; ok {
		s.objects = append(s.objects, &stored{
			object: object{Kind: part, ID: o.ID, Name: o.Name, RunID: o.RunID, Fields: map[string]engine.Value{}}, born: time.Now(),
		})
	}
	return made
}

// get returns an object that exists, or else one that is still shown.
func (s *service) get(kind guide.ObjectKind, id string) (found *stored) {
	for _, o := range s.objects {
		if o.Kind == kind && o.ID == id && (o.goneAt.IsZero() || found == nil && s.visible(o)) {
			found = o
		}
	}
	return found
}

func (s *service) visible(o *stored) bool {
	return time.Since(o.born) >= s.lag && (o.goneAt.IsZero() || time.Since(o.goneAt) < s.linger)
}

func (s *service) shown(o *stored) object {
	out := o.clone()
	out.Ready = !time.Now().Before(o.readyAt)
	return out
}

// state returns all objects that exist, sorted.
func (s *service) state() []object {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []object
	for _, o := range s.objects {
		if o.goneAt.IsZero() {
			o := o.clone()
			o.Ready = false
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b object) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// number returns how many objects of a kind exist.
func (s *service) number(kind guide.ObjectKind) int {
	n := 0
	for _, o := range s.state() {
		if o.Kind == kind {
			n++
		}
	}
	return n
}

// edit changes an object as another admin would.
func (s *service) edit(kind guide.ObjectKind, id string, change func(*object)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.get(kind, id).object)
}

func refused(status int) error { return &apiclient.Error{Op: "call", Status: status} }

// lost is the error of a write whose answer did not come, or that a 5xx leaves open.
func lost(status int) error {
	e := &apiclient.Error{Op: "call", Status: status, Maybe: true}
	if status == 0 {
		e.Err = apiclient.ErrTimeout
	}
	return e
}

// on returns faults that befall the nth call of an operation on a kind; 0: every one.
func on(op string, kind guide.ObjectKind, nth int, f fault) func(call) fault {
	return func(c call) fault {
		if c.Op == op && c.Kind == kind && (nth == 0 || c.Nth == nth) {
			return f
		}
		return fault{}
	}
}

// first returns the first fault of several that befalls a call.
func first(of ...func(call) fault) func(call) fault {
	return func(c call) (f fault) {
		for _, fault := range of {
			if f = fault(c); f.act != nil || f.before != nil || f.after != nil {
				break
			}
		}
		return f
	}
}
