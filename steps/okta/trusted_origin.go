package okta

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/address"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// originScopes are what a page needs: calls from its scripts, and being redirected to.
var originScopes = []string{"CORS", "REDIRECT"}

const inactive = "INACTIVE" // the status of one that no page may use

// OriginObject is a trusted origin of an org. apps says, in an undo, which apps need it.
func OriginObject(api services.Okta, apps *AppList) engine.Object[okta.TrustedOrigin] {
	return engine.Object[okta.TrustedOrigin]{
		Kind: guide.KindOrigin,
		Ref:  func(o okta.TrustedOrigin) engine.Ref { return engine.Ref{ID: o.ID} },
		Read: engine.Reading(api, services.Okta.TrustedOrigin),
		Write: func(ctx context.Context, _ engine.Ref, want okta.TrustedOrigin) (okta.TrustedOrigin, error) {
			return writeOrigin(ctx, api, want)
		},
		Delete: engine.Deleting(api, services.Okta.DeleteTrustedOrigin),
		Fields: []engine.Field[okta.TrustedOrigin]{
			engine.ListField("scopes", "", func(o *okta.TrustedOrigin) *[]string { return &o.Scopes }),
			engine.TextField("status", "", func(o *okta.TrustedOrigin) *string { return &o.Status }),
		},
		Deleted: "the page can no longer call Okta",
		Trace: func(ctx context.Context, _ engine.Entry) ([]okta.TrustedOrigin, error) {
			return api.TrustedOrigins(ctx)
		},
		CreatedByRun: func(t okta.TrustedOrigin, e engine.Entry, _ string) bool {
			return t.Origin == e.Name && strings.HasPrefix(t.Name, originName(e.Name))
		},
		Users: func(ctx context.Context, now okta.TrustedOrigin, e engine.Entry, u *engine.Undo) (string, error) {
			if e.Verb != engine.Create {
				return "", nil
			}
			since := now.Created
			if e.Lost {
				since = time.Time{} // it may be another's, who made the app first
			}
			app, err := apps.pageAt(ctx, u, now.Origin, since)
			if app == nil {
				return "", err
			}
			return fmt.Sprintf("the app integration %q has a page there that signs out with it", app.Label), err
		},
	}
}

// writeOrigin replaces one. Its status has its own operations (contract okta.md 5).
func writeOrigin(ctx context.Context, api services.Okta, want okta.TrustedOrigin) (okta.TrustedOrigin, error) {
	stored, err := api.UpdateTrustedOrigin(ctx, want)
	if err != nil || stored.Status == want.Status || want.Status == "" {
		return stored, err
	}
	if want.Status == "ACTIVE" {
		stored, err = api.ActivateTrustedOrigin(ctx, want.ID)
	} else {
		stored, err = api.DeactivateTrustedOrigin(ctx, want.ID)
	}
	if refused, ok := apiclient.AsError(err); ok {
		refused.Maybe = true // its scopes are changed
	}
	return stored, err
}

// NewOrigins wants each page's origin to be trusted, which signing out from the page needs (contract okta.md 5).
func NewOrigins(org *engine.Lookup[Org], list *engine.Lookup[[]okta.TrustedOrigin], pages func(context.Context) ([]string, error)) engine.Listing[okta.TrustedOrigin] {
	return func(ctx context.Context, _ *engine.Notes) ([]engine.Resource[okta.TrustedOrigin], error) {
		api, uris, err := engine.Both(ctx, apiOf(org), pages)
		if err != nil {
			return nil, err
		}
		var origins []string
		for _, uri := range uris {
			if at := address.OriginOf(uri).String(); at != "" { // of a pattern or an app there is none
				origins = engine.With(origins, []string{at})
			}
		}
		var out []engine.Resource[okta.TrustedOrigin]
		for _, o := range origins {
			out = append(out, origin{OriginObject(api, nil), api, list, o})
		}
		return out, nil
	}
}

type origin struct {
	engine.Object[okta.TrustedOrigin]
	api  services.Okta
	list *engine.Lookup[[]okta.TrustedOrigin]
	url  string
}

func (o origin) Key(context.Context) (engine.Key, error) { return engine.Key{Name: o.url}, nil }

func (o origin) Find(ctx context.Context, notes *engine.Notes) (*okta.TrustedOrigin, error) {
	all, err := o.list.For(ctx, notes)
	return originIn(all, address.OriginOf(o.url)), err
}

func originIn(all []okta.TrustedOrigin, origin address.Origin) *okta.TrustedOrigin {
	i := slices.IndexFunc(all, func(t okta.TrustedOrigin) bool { return origin.Is(t.Origin) })
	if i < 0 {
		return nil
	}
	return &all[i]
}

// Trusted reports whether a page's origin has all that it needs.
func Trusted(all []okta.TrustedOrigin, page string) bool {
	t := originIn(all, address.OriginOf(page))
	return t != nil && t.Status != inactive && len(engine.Without(originScopes, t.Scopes)) == 0
}

func (o origin) Describe(_ context.Context, found okta.TrustedOrigin, _ *engine.Notes) (engine.Row, error) {
	return engine.Row{
		Name: o.url, Mark: found.Name, Why: "already trusted",
		Mine: func(string) bool { return strings.HasPrefix(found.Name, originName(o.url)) },
	}, nil
}

// Want adds what is missing, and activates it: a page may not use an inactive one.
func (o origin) Want(_ context.Context, stage engine.Stage, now okta.TrustedOrigin, notes *engine.Notes) (okta.TrustedOrigin, string, error) {
	want := now
	var why []string
	want.Scopes = engine.With(now.Scopes, originScopes)
	if len(want.Scopes) > len(now.Scopes) {
		why = append(why, "adds missing CORS and Redirect")
	}
	if now.Status == inactive {
		want.Status = "ACTIVE"
		why = append(why, "Inactive → Active")
		notes.Attend("The trusted origin of " + o.url + " is inactive, so the page can't sign visitors out. The wizard activates it.")
		if stage == engine.Applying {
			notes.Warn("The trusted origin of " + o.url + " was inactive; the wizard activated it.")
		}
	}
	return want, strings.Join(why, ", "), nil
}

func (o origin) Draft(ctx context.Context, _ engine.Stage, _ *engine.Notes) (engine.Draft[okta.TrustedOrigin], error) {
	d := engine.Draft[okta.TrustedOrigin]{Name: o.url, Why: "lets the page sign visitors out"}
	all, err := o.list.Get(ctx)
	if err != nil {
		return d, err
	}
	name := freeName(originName(o.url), all, func(t okta.TrustedOrigin) string { return t.Name })
	want := okta.TrustedOrigin{Name: name, Origin: o.url, Scopes: originScopes}
	if want.Name != originName(o.url) {
		d.Why += fmt.Sprintf(", as %q because the plain name is taken", want.Name)
	}
	d.Fields = engine.FieldsOf(o.Fields, want)
	d.Send = func(ctx context.Context) (okta.TrustedOrigin, error) {
		return o.api.CreateTrustedOrigin(ctx, want)
	}
	return d, nil
}

// NamedByWizard reports whether a trusted origin has the name that this program gives.
func NamedByWizard(o okta.TrustedOrigin) bool { return strings.HasPrefix(o.Name, originName(o.Origin)) }

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
