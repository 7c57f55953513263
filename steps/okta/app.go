package okta

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
	"msgsso-wizard/steps/services"
)

// The fields that have an app's pages.
const (
	FieldRedirectURIs = "sign-in redirect URIs"
	fieldLogoutURIs   = "sign-out redirect URIs"
)

// AppObject is an app integration of an org.
func AppObject(api services.Okta) engine.Object[okta.App] {
	return engine.Object[okta.App]{
		Kind:   guide.KindApp,
		Marked: true,
		Ref:    func(a okta.App) engine.Ref { return engine.Ref{ID: a.ID} },
		Read:   engine.Reading(api, services.Okta.App),
		Write:  engine.Writing(api, services.Okta.UpdateApp),
		Fields: []engine.Field[okta.App]{
			engine.TextField("client authentication", "", func(a *okta.App) *string { return &a.TokenAuthMethod }),
			engine.ListField("grant types", "", func(a *okta.App) *[]string { return &a.GrantTypes }),
			engine.ListField(FieldRedirectURIs, "other pages use it now", func(a *okta.App) *[]string { return &a.RedirectURIs }),
			engine.ListField(fieldLogoutURIs, "", func(a *okta.App) *[]string { return &a.LogoutURIs }),
		},
		// Okta demands that it is deactivated first (contract okta.md 1.5).
		Delete: func(ctx context.Context, at engine.Ref) error {
			app, err := api.App(ctx, at.ID)
			if err == nil && app.Status == "ACTIVE" {
				err = api.DeactivateApp(ctx, at.ID)
			}
			if err != nil {
				return err
			}
			return api.DeleteApp(ctx, at.ID)
		},
		Deleted: "visitors can no longer sign in with it",
		Taken:   func(a okta.App) string { return mark.Taken(a.ManagedBy) },
		Trace: func(ctx context.Context, e engine.Entry) ([]okta.App, error) {
			return api.Apps(ctx, e.Name)
		},
		CreatedByRun: func(a okta.App, e engine.Entry, run string) bool {
			return a.Label == e.Name && strings.Contains(a.AdminNote, run)
		},
		Users: appUsers,
	}
}

// appUsers says who else signs in with an app.
func appUsers(_ context.Context, app okta.App, e engine.Entry, u *engine.Undo) (string, error) {
	if e.Verb != engine.Create {
		return "", nil
	}
	if other := neededByRun(app, u); other != "" {
		return other, nil
	}
	if u.Did(func(c engine.Entry) bool {
		return c.Name == credentialOf(app) && c.Verb == engine.Create && u.Staying(c.Kind, c.Ref.ID)
	}) {
		return "its credential stays in Genesys Cloud, and visitors use it", nil
	}
	return "", nil
}

// credentialOf is what the record of a run calls the credential of an app.
func credentialOf(app okta.App) string { return "client " + app.ClientID }

// neededByRun says which other run changed an app or stored its credential; empty: none.
func neededByRun(app okta.App, u *engine.Undo) string {
	return u.OtherRun("needs it", func(e engine.Entry) bool {
		return e.Kind == guide.KindApp && e.Ref.ID == app.ID || e.Kind == guide.KindCredential && e.Name == credentialOf(app)
	})
}

type app struct {
	engine.Object[okta.App]
	org     Org
	answers *guide.Answers
	run     string
	wish    AppWish
}

// AppWish says what a fix wants of the app. The guide wants neither.
type AppWish struct {
	Keep   bool   // the app stays as it is
	Method string // its client authentication; empty: it stays
}

// BasicAuth is the client authentication that the wizard gives new apps. Which one Genesys Cloud uses isn't documented;
// this one is the default of OpenID Connect (contract okta.md 1.1).
const BasicAuth = "client_secret_basic"

// NewApp wants the app integration that the answers describe. run is the ID of the run, for its mark.
func NewApp(org *engine.Lookup[Org], answers *guide.Answers, run string, wish AppWish) engine.Open[engine.Resource[okta.App]] {
	return func(ctx context.Context) (engine.Resource[okta.App], error) {
		o, err := org.Get(ctx)
		return app{AppObject(o.API), o, answers, run, wish}, err
	}
}

func (a app) Key(context.Context) (engine.Key, error) {
	return engine.Key{Name: a.answers.Value(guide.AppName)}, nil
}

// Fits takes only one that can sign visitors in: it may have been changed since.
func (a app) Fits(_ context.Context, made okta.App) (bool, error) {
	_, err := Usable(made)
	return err == nil, err
}

func (a app) Find(ctx context.Context, notes *engine.Notes) (*okta.App, error) {
	found, err := findApp(ctx, a.org.API, a.answers.Value(guide.AppName))
	if err == nil {
		noticeRateLimit(a.org, notes)
	}
	return found, err
}

func (a app) Describe(_ context.Context, found okta.App, notes *engine.Notes) (engine.Row, error) {
	if InZonesOnly(found) {
		notes.Attend("Okta accepts token requests of this app from some network zones only. Sign-in fails unless they include Genesys Cloud (Security > Networks).")
	}
	row := engine.Row{
		Name: found.Label, Mark: found.AdminNote, Why: notes.By("created"),
		Mine: func(run string) bool { return strings.Contains(found.AdminNote, run) },
	}
	if found.ManagedBy != mark.Tag && a.answers.Value(guide.AppName) == found.ID {
		row.Why = "chosen by you, already complete"
	}
	return row, nil
}

func (a app) Draft(context.Context, engine.Stage, *engine.Notes) (engine.Draft[okta.App], error) {
	want := a.want(okta.App{Label: a.answers.Value(guide.AppName), TokenAuthMethod: BasicAuth})
	return engine.Draft[okta.App]{
		Name: want.Label, Why: "OIDC web application", Fields: engine.FieldsOf(a.Fields, want),
		Send: func(ctx context.Context) (okta.App, error) {
			return a.org.API.CreateApp(ctx, okta.NewApp{
				Label: want.Label, GrantTypes: want.GrantTypes, RedirectURIs: want.RedirectURIs, LogoutURIs: want.LogoutURIs,
				ManagedBy: mark.Tag, AdminNote: mark.Created(a.run),
			})
		},
	}, nil
}

func (a app) Want(_ context.Context, stage engine.Stage, now okta.App, notes *engine.Notes) (okta.App, string, error) {
	if a.wish.Keep {
		return now, "", nil
	}
	if stage == engine.Planning {
		a.noticeKeptGrants(now, notes)
		if now.TokenAuthMethod != BasicAuth && a.wish.Method == "" {
			notes.Attend("The app accepts only " + now.TokenAuthMethod + ". Genesys Cloud likely uses " + BasicAuth + ", so sign-in can fail. Doctor can change it.")
		}
	}
	want := a.want(now)
	var diff []string
	for _, c := range engine.Differences(a.Fields, now, want) {
		if !c.List {
			diff = append(diff, c.After.Text())
			continue
		}
		diff = append(diff, fmt.Sprintf("%s + %s", c.Field, strings.Join(engine.Without(c.After, c.Before), " ")))
	}
	return want, strings.Join(diff, ", "), nil
}

// want is the app with what the answers add. Nothing is taken away from it: another page may use it.
func (a app) want(now okta.App) okta.App {
	grantTypes, _ := guide.QuestionFor(guide.GrantTypes)
	pages := PagesOf(a.answers, now)
	now.TokenAuthMethod = cmp.Or(a.wish.Method, now.TokenAuthMethod)
	now.GrantTypes = engine.With(now.GrantTypes, grantTypes.WithLocked(pages.GrantTypes.Values))
	now.RedirectURIs = engine.With(now.RedirectURIs, pages.Redirect.Values)
	now.LogoutURIs = engine.With(now.LogoutURIs, pages.Logout.Values)
	return now
}

// noticeKeptGrants says which grant types the app keeps though the answer leaves them out.
func (a app) noticeKeptGrants(now okta.App, notes *engine.Notes) {
	grantTypes, _ := guide.QuestionFor(guide.GrantTypes)
	var kept []string
	for _, value := range engine.Without(now.GrantTypes, PagesOf(a.answers, now).GrantTypes.Values) {
		kept = append(kept, grantTypes.Word(value))
	}
	if len(kept) > 0 {
		notes.Attend("The app keeps these grant types because other pages may use them: " + strings.Join(kept, ", ") + ".")
	}
}

// Pages is where visitors sign in, and how: what the answers say, else what the app has.
type Pages struct{ Redirect, Logout, GrantTypes guide.Answer }

// PagesOf reads the answers next to an app; a zero app is one that does not exist. A run without answers keeps what the
// app has.
func PagesOf(a *guide.Answers, app okta.App) Pages {
	p := Pages{a.Get(guide.RedirectURIs), a.Get(guide.LogoutURIs), a.Get(guide.GrantTypes)}
	if p.Redirect.From <= guide.FromOrg { // a new page is also where its visitors come back to
		p.Redirect = orFound(p.Redirect, app.RedirectURIs)
		p.Logout = orFound(p.Logout, app.LogoutURIs)
		if p.Redirect.From == guide.FromOrg && p.Logout.From < guide.FromOrg { // the default belongs to the default page
			p.Logout = guide.Answer{From: guide.FromOrg, Given: true}
		}
	}
	p.GrantTypes = orFound(p.GrantTypes, app.GrantTypes)
	return p
}

// orFound is an answer, or what was found where none was given.
func orFound(a guide.Answer, found []string) guide.Answer {
	if a.From > guide.FromOrg || len(found) == 0 {
		return a
	}
	return guide.Answer{Value: found[0], Values: slices.Clone(found), From: guide.FromOrg, Given: true}
}

// NewPages is where visitors sign in with an app. What a run gave its own app is no find, also when it goes on.
func NewPages(app engine.Source[okta.App], answers *guide.Answers) engine.Find[Pages] {
	return func(ctx context.Context, _ *engine.Notes) (Pages, error) {
		p, err := app.Planned(ctx)
		pages := PagesOf(answers, p.Value)
		if p.Change.OfRun && pages.Redirect.From == guide.FromOrg {
			pages.Redirect.From = guide.FromDefault
		}
		return pages, err
	}
}
