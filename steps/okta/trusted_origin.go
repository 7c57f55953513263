package okta

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// originScopes are what a page needs: calls from its scripts, and being redirected to.
var originScopes = []string{"CORS", "REDIRECT"}

const inactive = "INACTIVE" // the status of one that no page may use

// originObject is a trusted origin of an org.
type originObject struct {
	API  API
	Apps *AppList // of an undo
}

// UndoOrigin undoes what a run did to one. apps says which apps need it.
func UndoOrigin(api API, apps *AppList) engine.UndoKind {
	return engine.Undoing(originObject{API: api, Apps: apps})
}

func (originObject) Kind() guide.ObjectKind              { return guide.KindOrigin }
func (originObject) Ref(o okta.TrustedOrigin) engine.Ref { return engine.Ref{ID: o.ID} }

func (o originObject) Read(ctx context.Context, at engine.Ref) (okta.TrustedOrigin, error) {
	return engine.Ask(ctx, o.API, services.Okta.TrustedOrigin, at.ID)
}

// Write replaces it. Its status has operations of its own (contract okta.md 5).
func (o originObject) Write(ctx context.Context, at engine.Ref, want okta.TrustedOrigin) (okta.TrustedOrigin, error) {
	api, err := o.API(ctx)
	if err != nil {
		return okta.TrustedOrigin{}, err
	}
	stored, err := api.UpdateTrustedOrigin(ctx, want)
	if err != nil || stored.Status == want.Status || want.Status == "" {
		return stored, err
	}
	if want.Status == "ACTIVE" {
		stored, err = api.ActivateTrustedOrigin(ctx, at.ID)
	} else {
		stored, err = api.DeactivateTrustedOrigin(ctx, at.ID)
	}
	if refused, ok := apiclient.AsError(err); ok {
		refused.Maybe = true // its scopes are changed
	}
	return stored, err
}

func (o originObject) Delete(ctx context.Context, at engine.Ref) error {
	return engine.Tell(ctx, o.API, services.Okta.DeleteTrustedOrigin, at.ID)
}

func (originObject) Fields() []engine.Field[okta.TrustedOrigin] {
	return []engine.Field[okta.TrustedOrigin]{
		engine.ListField("scopes", "", func(o *okta.TrustedOrigin) *[]string { return &o.Scopes }),
		engine.TextField("status", "", func(o *okta.TrustedOrigin) *string { return &o.Status }),
	}
}

func (originObject) Undone(verb engine.Verb) string {
	return verb.Says("the page cannot call Okta any more", "")
}

// Trace finds what a run created: an origin under a name of this program.
func (o originObject) Trace(ctx context.Context, e engine.Entry, _ string) ([]engine.Ref, error) {
	all, err := engine.List(ctx, o.API, services.Okta.TrustedOrigins)
	return engine.RefsOf(all, o.Ref, func(t okta.TrustedOrigin) bool {
		return t.Origin == e.Name && strings.HasPrefix(t.Name, originName(e.Name))
	}), err
}

// Users says which app has a page there.
func (o originObject) Users(ctx context.Context, now okta.TrustedOrigin, e engine.Entry, u *engine.Undo) (string, error) {
	if e.Verb != engine.Create {
		return "", nil
	}
	app, err := o.Apps.pageAt(ctx, u, now)
	if app == nil {
		return "", err
	}
	return fmt.Sprintf("the app integration %q has a page there, which signs out with it", app.Label), err
}

// NewOrigins wants each page's origin to be trusted, which signing out from the page needs (contract okta.md 5).
func NewOrigins(org *engine.Lookup[Org], list *engine.Lookup[[]okta.TrustedOrigin], pages func(context.Context) ([]string, error)) engine.Listing[okta.TrustedOrigin] {
	return func(ctx context.Context, _ *engine.Look) ([]engine.Resource[okta.TrustedOrigin], error) {
		uris, err := pages(ctx)
		if err != nil {
			return nil, err
		}
		var origins []string
		for _, uri := range uris {
			if origin := guide.Origin(uri); !slices.Contains(origins, origin) {
				origins = append(origins, origin)
			}
		}
		var out []engine.Resource[okta.TrustedOrigin]
		for _, o := range origins {
			out = append(out, origin{originObject{API: apiOf(org)}, list, o})
		}
		return out, nil
	}
}

// origin is a trusted origin that a run wants.
type origin struct {
	originObject
	list *engine.Lookup[[]okta.TrustedOrigin]
	url  string
}

func (o origin) Key(context.Context) (engine.Key, error) { return engine.Key{Name: o.url}, nil }

func (o origin) Find(ctx context.Context, look *engine.Look) (*okta.TrustedOrigin, error) {
	all, err := o.list.For(ctx, look)
	return originIn(all, o.url), err
}

func originIn(all []okta.TrustedOrigin, url string) *okta.TrustedOrigin {
	i := slices.IndexFunc(all, func(t okta.TrustedOrigin) bool { return strings.EqualFold(t.Origin, url) })
	if i < 0 {
		return nil
	}
	return &all[i]
}

// Trusted reports whether a page's origin has all that it needs.
func Trusted(all []okta.TrustedOrigin, page string) bool {
	t := originIn(all, guide.Origin(page))
	return t != nil && t.Status != inactive && len(engine.Without(originScopes, t.Scopes)) == 0
}

func (o origin) Describe(_ context.Context, found okta.TrustedOrigin, _ *engine.Look) (engine.Row, error) {
	return engine.Row{
		Name: o.url, Mark: found.Name, Why: "already trusted",
		Mine: func(string) bool { return strings.HasPrefix(found.Name, originName(o.url)) },
	}, nil
}

// Want adds what is missing, and activates it: a page may not use an inactive one.
func (o origin) Want(_ context.Context, stage engine.Stage, now okta.TrustedOrigin, look *engine.Look) (engine.Desired[okta.TrustedOrigin], error) {
	d := engine.Desired[okta.TrustedOrigin]{Value: now}
	var why []string
	d.Value.Scopes = engine.With(now.Scopes, originScopes)
	if len(d.Value.Scopes) > len(now.Scopes) {
		why = append(why, "adds what is missing of CORS and Redirect")
	}
	if now.Status == inactive {
		d.Value.Status = "ACTIVE"
		why = append(why, "Inactive → Active")
		look.Attend("The trusted origin of " + o.url + " is inactive, so the page cannot sign visitors out. The wizard activates it.")
		if stage == engine.Applying {
			look.Warn("The trusted origin of " + o.url + " was inactive; the wizard activated it.")
		}
	}
	d.Why = strings.Join(why, ", ")
	return d, nil
}

func (o origin) Draft(ctx context.Context, _ engine.Stage, _ *engine.Look) (engine.Draft[okta.TrustedOrigin], error) {
	d := engine.Draft[okta.TrustedOrigin]{Name: o.url, Why: "lets the page sign visitors out"}
	all, err := o.list.Get(ctx)
	if err != nil {
		return d, err
	}
	name := freeName(originName(o.url), all, func(t okta.TrustedOrigin) string { return t.Name })
	want := okta.TrustedOrigin{Name: name, Origin: o.url, Scopes: originScopes}
	if want.Name != originName(o.url) {
		d.Why += fmt.Sprintf(", as %q: the plain name is taken", want.Name)
	}
	d.Fields = engine.FieldsOf(o.Fields(), want)
	d.Send = func(ctx context.Context) (okta.TrustedOrigin, error) {
		return engine.Ask(ctx, o.API, services.Okta.CreateTrustedOrigin, want)
	}
	return d, nil
}

// originName is what a trusted origin of this program is called. Okta has no note for it.
func originName(origin string) string { return "Genesys Messenger " + origin }

// freeName is a name that none of all has. The names of trusted origins are unique in an org (contract okta.md 5); a
// policy of the plain name may be another app's.
func freeName[T any](name string, all []T, nameOf func(T) string) string {
	free := name
	for n := 2; slices.ContainsFunc(all, func(o T) bool { return strings.EqualFold(nameOf(o), free) }); n++ {
		free = fmt.Sprintf("%s (%d)", name, n)
	}
	return free
}
