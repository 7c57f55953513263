package engine

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"msgsso-wizard/steps/guide"
)

// Object is what is known of one kind of object at a service. Undo and resume need no more of it: they know only where
// it is. What a kind does not have is nil or empty.
type Object[T any] struct {
	Kind guide.ObjectKind
	Ref  func(T) Ref
	// Marked says that it is known by a mark, which others may remove. Then the ID counts that the journal has.
	Marked bool
	// Read returns the object as it is now. An *apiclient.Error with the status 404 means that it does not exist.
	Read func(ctx context.Context, at Ref) (T, error)
	// Write replaces the whole object and returns what the service stored. Fields are what a run may change in it.
	Write  func(ctx context.Context, at Ref, now T) (T, error)
	Fields []Field[T]
	// Gone reports whether an object that should become this is deleted. Nil: a run deletes none.
	Gone func(T) bool
	// Conflict reports whether the service refused a write because of another one at the same time.
	Conflict func(error) bool
	// Delete deletes it. Nil: it goes away with another one.
	Delete func(ctx context.Context, at Ref) error

	// Ready reports whether it can be used after a write, which may take up to the Limit. Awaited is what is waited for.
	Ready   func(T) (bool, error)
	Awaited string
	Limit   time.Duration

	Deleted  string // what deleting it means
	Restored string // what restoring it means. Empty: its fields say it
	Lasts    string // why its service never deletes it by itself
	// Within says with which other object it goes away.
	Within func(Ref) (kind guide.ObjectKind, id string)
	// Taken says why it does not carry this program's mark any more. Empty: it does.
	Taken func(T) (why string)
	// Trace lists what a create may have made whose answer never came. Ours picks what the run of that ID
	// made. Nil: all of it.
	Trace        func(ctx context.Context, e Entry) ([]T, error)
	CreatedByRun func(o T, e Entry, run string) bool
	// Users says which other objects depend on it, so that the change stays. Empty: none does.
	Users func(ctx context.Context, now T, e Entry, u *Undo) (why string, err error)
}

// Resource is an object that a run wants; it embeds its Object, which has the methods that it does not have itself. Its
// constructor takes the nodes that it needs: they are its only inputs.
type Resource[T any] interface {
	AsObject() Object[T]
	// Key says by which name, and within which objects, the journal knows it. A zero Key: the journal has nothing.
	Key(ctx context.Context) (Key, error)
	// Fits reports whether it takes an object that the journal knows by its Key.
	Fits(ctx context.Context, made T) (bool, error)
	// Find looks for the object at the service, and refuses one that may not be used. Nil: it is to be created.
	Find(ctx context.Context, notes *Notes) (*T, error)
	// Describe says of an object that exists what its row of the plan shows.
	Describe(ctx context.Context, found T, notes *Notes) (Row, error)
	// Draft describes the object to create. While planning it says what is known before anything is written; while
	// applying it asks its inputs for what was made of them, and says how to send it.
	Draft(ctx context.Context, stage Stage, notes *Notes) (Draft[T], error)
	// Want returns what an object that exists should become, and in words what changes. Fields that cannot be known while
	// planning are Unknown.
	Want(ctx context.Context, stage Stage, now T, notes *Notes) (want T, why string, err error)
	// After waits for others after which it is changed, although it needs no value of them.
	After(ctx context.Context) error
	// Unchanged refuses to write to an object that others changed after the plan was made.
	Unchanged(planned, now, want T, notes *Notes) error
}

// AsObject makes a resource that embeds its object give it away.
func (o Object[T]) AsObject() Object[T] { return o }

// Key is for an object of which the journal has nothing.
func (o Object[T]) Key(context.Context) (Key, error) { return Key{}, nil }

// Fits takes any.
func (o Object[T]) Fits(context.Context, T) (bool, error) { return true, nil }

// Draft is never asked for an object that always exists.
func (o Object[T]) Draft(context.Context, Stage, *Notes) (Draft[T], error) {
	return Draft[T]{}, fmt.Errorf("the %s doesn't exist", o.Kind)
}

// Want leaves an object as it is.
func (o Object[T]) Want(_ context.Context, _ Stage, now T, _ *Notes) (T, string, error) {
	return now, "", nil
}

// After waits for nothing.
func (o Object[T]) After(context.Context) error { return nil }

// Unchanged accepts what others changed.
func (o Object[T]) Unchanged(T, T, T, *Notes) error { return nil }

// Key is how the journal knows an object that a run created.
type Key struct {
	Name string   // empty: any
	In   []string // empty: anywhere
}

// Stage says for what a resource is asked.
type Stage int

// The stages.
const (
	Planning Stage = iota // with what is known before anything is written
	Applying              // with what was made of the inputs
)

// Row is what a plan shows of an object that exists.
type Row struct {
	Name string
	Mark string // see Change
	Why  string // why it is reused, for an object in which nothing changes

	// Mine reports whether the run of that ID created it, by its mark. Nil: the run that created what contains it.
	Mine func(run string) bool
}

// Draft is an object to create.
type Draft[T any] struct {
	Name   string
	Why    string
	ID     string        // where it is known beforehand
	In     []string      // see Ref
	Fields []FieldChange // what the run gives it, for the journal
	Send   func(context.Context) (T, error)

	// Part returns an object that comes with another one, and is then changed to what is wanted. Nil: Send creates it. It
	// is read first, unless the answer that created the other one had all of it.
	Part func(context.Context) (now T, whole bool, err error)
	// Refused says what a run lacks that goes on without the object, because its service refuses it. Empty, or nil: the
	// refusal ends the run.
	Refused func(error) string
	// Rewrites says that Send replaces an object of that ID, whose content cannot be read.
	Rewrites bool
}

// Planned is what is known of an object before anything is written.
type Planned[T any] struct {
	Value  T // zero if it does not exist, but for what other runs will have given it
	Exists bool
	Change Change
}

// Source is where a resource gets a value from: a Node, or a substitute for it.
type Source[T any] interface {
	// Planned plans the object, or waits for the call that does. It only reads.
	Planned(context.Context) (Planned[T], error)
	// Made applies the object's change, or waits for the call that does.
	Made(context.Context) (T, error)
}

// At asks a source at a stage. exists is false while planning an object that is to be created.
func At[T any](ctx context.Context, stage Stage, s Source[T]) (value T, exists bool, err error) {
	if stage == Applying {
		value, err = s.Made(ctx)
		return value, err == nil, err
	}
	p, err := s.Planned(ctx)
	return p.Value, p.Exists, err
}

// Await waits until a source is made; nil: it stays as it is.
func Await[T any](ctx context.Context, s Source[T]) error {
	if s == nil {
		return nil
	}
	_, err := s.Made(ctx)
	return err
}

// Notes collects what a node finds for the user to see.
type Notes struct {
	Again   bool // lists that were read before may be out of date
	ofRun   bool // this run wrote the object
	section guide.SectionID
	notices []Notice
	asked   []guide.Question // nil: as before
	warn    func(text string)
	ahead   Ahead // nil: nothing
}

// By returns why an object exists that the wizard wrote.
func (l *Notes) By(did string) string {
	if l.ofRun {
		return did + " by this run"
	}
	return did + " by an earlier run"
}

// OK notes a check that passed.
func (l *Notes) OK(text string) { l.notices = append(l.notices, Notice{l.section, true, text}) }

// Attend notes something that needs attention.
func (l *Notes) Attend(text string) { l.notices = append(l.notices, Notice{l.section, false, text}) }

// Ask notes the questions that the orgs raise, in place of those that the node raised before. A plan returns them, also
// one that fails.
func (l *Notes) Ask(questions ...guide.Question) {
	l.asked = append([]guide.Question{}, questions...)
}

// Warn notes something for the end of the run.
func (l *Notes) Warn(text string) {
	if l.warn != nil {
		l.warn(text)
	}
}

// asIs is a resource that is set up outside of the wizard.
type asIs[T any] struct {
	Resource[T]
	lacks  string
	refuse func(lacks string) error
}

// AsIs opens a resource that the run only uses: it neither creates nor changes the object. refuse returns the error for
// what is lacking: lacks where the object does not exist, else what would change in it.
func AsIs[T any](open Open[Resource[T]], lacks string, refuse func(lacks string) error) Open[Resource[T]] {
	return func(ctx context.Context) (Resource[T], error) {
		r, err := open(ctx)
		return asIs[T]{r, lacks, refuse}, err
	}
}

// Draft refuses to create the object.
func (r asIs[T]) Draft(ctx context.Context, stage Stage, notes *Notes) (Draft[T], error) {
	d, err := r.Resource.Draft(ctx, stage, notes)
	if err == nil {
		err = r.refuse(r.lacks)
	}
	return d, err
}

// Want leaves the object as it is, and refuses one that would have to change.
func (r asIs[T]) Want(ctx context.Context, stage Stage, now T, notes *Notes) (T, string, error) {
	want, why, err := r.Resource.Want(ctx, stage, now, notes)
	if err == nil && len(Differences(r.AsObject().Fields, now, want)) > 0 {
		row, _ := r.Describe(ctx, now, &Notes{})
		err = r.refuse(cmp.Or(why, r.AsObject().Kind.Shown(row.Name)))
	}
	return now, "", err
}

// Open finds out something by the time that it is needed: access to a service, or a resource that works with it.
type Open[T any] func(context.Context) (T, error)

// Both asks for two things, one after the other: the second only if the first came.
func Both[A, B any](ctx context.Context, first Open[A], second Open[B]) (a A, b B, err error) {
	if a, err = first(ctx); err == nil {
		b, err = second(ctx)
	}
	return a, b, err
}

// Reading reads an object by its ID.
func Reading[S, T any](service S, call func(S, context.Context, string) (T, error)) func(context.Context, Ref) (T, error) {
	return func(ctx context.Context, at Ref) (T, error) { return call(service, ctx, at.ID) }
}

// Writing replaces an object that carries its ID.
func Writing[S, T any](service S, call func(S, context.Context, T) (T, error)) func(context.Context, Ref, T) (T, error) {
	return func(ctx context.Context, _ Ref, now T) (T, error) { return call(service, ctx, now) }
}

// Deleting deletes an object by its ID.
func Deleting[S any](service S, call func(S, context.Context, string) error) func(context.Context, Ref) error {
	return func(ctx context.Context, at Ref) error { return call(service, ctx, at.ID) }
}
