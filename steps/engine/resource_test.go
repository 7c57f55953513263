package engine_test

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"time"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
)

// The kinds of the fake service.
const (
	kindApp         guide.ObjectKind = "app"         // a root
	kindAssignment  guide.ObjectKind = "assignment"  // lies in the app
	kindOrigin      guide.ObjectKind = "origin"      // one of a set
	kindIntegration guide.ObjectKind = "integration" // a root that needs time until it is ready
	kindCredential  guide.ObjectKind = "credential"  // refers to the app
	kindSettings    guide.ObjectKind = "settings"    // comes with the integration
	kindDeployment  guide.ObjectKind = "deployment"  // may exist; others' changes are respected
)

var parentOf = map[guide.ObjectKind]guide.ObjectKind{kindAssignment: kindApp, kindCredential: kindIntegration}

// The fields of every kind.
const (
	title = "title" // text; the object is kept if it was changed
	note  = "note"  // text
	uris  = "uris"  // list
	users = "users" // list; a created object is kept if others added members
	refs  = "refs"  // IDs of other objects
)

var errChanged = errors.New("changed since the plan was made")

// objectOf is a kind of the service.
func objectOf(s *service, kind guide.ObjectKind) engine.Object[object] {
	return engine.Object[object]{
		Kind: kind,
		Ref: func(o object) engine.Ref {
			if o.In == "" {
				return engine.Ref{ID: o.ID}
			}
			return engine.Ref{ID: o.ID, In: []string{o.In}}
		},
		Read:     func(ctx context.Context, at engine.Ref) (object, error) { return s.read(ctx, kind, at.ID) },
		Delete:   func(ctx context.Context, at engine.Ref) error { return s.delete(ctx, kind, at.ID) },
		Write:    func(ctx context.Context, _ engine.Ref, o object) (object, error) { return s.write(ctx, o) },
		Conflict: func(err error) bool { return status(err) == http.StatusConflict },
		Fields: []engine.Field[object]{
			field(title, false, "it has another title"), field(note, false, ""),
			field(uris, true, ""), field(users, true, "others use it"), field(refs, false, ""),
		},
	}
}

func field(name string, list bool, moved string) engine.Field[object] {
	return engine.Field[object]{
		Name: name, List: list, Moved: moved,
		Get: func(o object) engine.Value { return o.Fields[name] },
		Set: func(o *object, v engine.Value) {
			next := fields{name: v}
			maps.Copy(next, o.Fields)
			if next[name] = v; v == nil {
				delete(next, name)
			}
			o.Fields = next
		},
	}
}

// resource is a Resource that is only created.
type resource struct {
	engine.Object[object]
	s      *service
	run    string // the mark that it gives
	name   string
	fields map[string]engine.Value // of a new object
	in     engine.Source[object]   // what contains it; nil: nothing does
	needs  []engine.Source[object] // whose IDs it refers to
}

func (r resource) Key(ctx context.Context) (engine.Key, error) {
	if r.in == nil {
		return engine.Key{Name: r.name}, nil
	}
	p, err := r.in.Planned(ctx)
	if err != nil || !p.Exists {
		return engine.Key{}, err
	}
	return engine.Key{Name: r.name, In: []string{p.Value.ID}}, nil
}

func (r resource) Find(ctx context.Context, _ *engine.Notes) (*object, error) {
	all, err := r.s.list(ctx, r.Kind)
	for _, o := range all {
		if o.Name == r.name {
			return &o, nil
		}
	}
	return nil, err
}

func (r resource) Describe(_ context.Context, o object, notes *engine.Notes) (engine.Row, error) {
	notes.OK("the " + string(r.Kind) + " exists")
	return engine.Row{Name: o.Name, Mark: o.RunID, Why: "exists", Mine: func(run string) bool { return o.RunID == run }}, nil
}

func (r resource) Draft(ctx context.Context, stage engine.Stage, _ *engine.Notes) (engine.Draft[object], error) {
	d := engine.Draft[object]{Name: r.name, Why: "it doesn't exist"}
	o := object{Kind: r.Kind, Name: r.name, RunID: r.run, Fields: maps.Clone(r.fields)}
	if r.in != nil {
		in, exists, err := engine.At(ctx, stage, r.in)
		if err != nil {
			return d, err
		}
		if exists {
			o.In, d.In = in.ID, []string{in.ID}
		}
	}
	ids, err := r.ids(ctx, stage)
	if err != nil {
		return d, err
	}
	if ids != nil {
		field(refs, false, "").Set(&o, ids)
	}
	d.Fields = engine.FieldsOf(r.Fields, o)
	d.Send = func(ctx context.Context) (object, error) { return r.s.create(ctx, o) }
	return d, nil
}

// ids returns the IDs of what it refers to; Unknown while one of them does not exist.
func (r resource) ids(ctx context.Context, stage engine.Stage) (engine.Value, error) {
	var ids engine.Value
	known := true
	for _, n := range r.needs {
		o, exists, err := engine.At(ctx, stage, n)
		if err != nil {
			return nil, err
		}
		known = known && exists
		ids = append(ids, o.ID)
	}
	if !known {
		return engine.Unknown, nil
	}
	return ids, nil
}

// wanting is a resource whose object is changed where it exists and differs.
type wanting struct{ resource }

func (w wanting) Want(ctx context.Context, stage engine.Stage, now object, _ *engine.Notes) (object, string, error) {
	ids, err := w.ids(ctx, stage)
	for _, f := range w.Fields {
		switch v := w.fields[f.Name]; {
		case f.Name == refs && ids != nil:
			f.Set(&now, ids)
		case v == nil:
		case f.List:
			f.Set(&now, engine.With(f.Get(now), v))
		default:
			f.Set(&now, v)
		}
	}
	return now, "it differs", err
}

// settling needs time until it is ready.
func settling(w wanting) wanting {
	w.Ready = func(o object) (bool, error) { return o.Ready, nil }
	w.Awaited, w.Limit = "the service to get ready", 30*time.Second
	return w
}

// guarded does not write over a title that others changed.
type guarded struct{ wanting }

func (guarded) Unchanged(planned, now, want object, _ *engine.Notes) error {
	is := now.Fields[title].Text()
	if is != planned.Fields[title].Text() && is != want.Fields[title].Text() {
		return errChanged
	}
	return nil
}

// part comes with the object in which it is.
type part struct {
	wanting
	of *engine.Run
}

func (p part) Key(context.Context) (engine.Key, error) { return engine.Key{}, nil }

func (p part) Find(ctx context.Context, _ *engine.Notes) (*object, error) {
	in, err := p.in.Planned(ctx)
	if err != nil || !in.Exists {
		return nil, err
	}
	found, err := engine.Seen(ctx, p.of, func(ctx context.Context) (object, error) {
		return p.Read(ctx, engine.Ref{ID: in.Value.ID})
	})
	return &found, err
}

func (p part) Draft(ctx context.Context, _ engine.Stage, _ *engine.Notes) (engine.Draft[object], error) {
	_, err := p.ids(ctx, engine.Planning)
	return engine.Draft[object]{Name: p.name, Why: "it is empty", Part: func(ctx context.Context) (object, bool, error) {
		in, err := p.in.Made(ctx)
		return object{ID: in.ID}, false, err
	}}, err
}
