package okta

import (
	"context"
	"fmt"
	"slices"
	"time"

	"msgsso-wizard/apiclient/address"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// AppList is the org's app integrations, read once for an undo.
type AppList struct {
	api  services.Okta
	apps []okta.App
}

// NewAppList returns the AppList of an org.
func NewAppList(api services.Okta) *AppList { return &AppList{api: api} }

func (l *AppList) all(ctx context.Context) (_ []okta.App, err error) {
	if l.apps == nil {
		l.apps, err = l.api.Apps(ctx, "")
	}
	return l.apps, err
}

// staysFor says for which app something that the run created has to stay, among those to which of applies: one that the
// run created and that stays, or any other that another run needs; empty: for none.
func (l *AppList) staysFor(ctx context.Context, u *engine.Undo, of func(okta.App) bool) (string, error) {
	apps, err := l.all(ctx)
	if err != nil {
		return "", err
	}
	for _, app := range apps {
		switch created := u.Created(guide.KindApp, app.ID); {
		case !of(app):
		case created:
			why, err := needed(ctx, app, u)
			if err != nil {
				return "", err
			}
			if why != "" {
				return fmt.Sprintf("the app integration %q stays and needs it", app.Label), nil
			}
		case neededByRun(app, u) != "":
			return neededByRun(app, u), nil
		}
	}
	return "", nil
}

// needed says why an app that the run created stays; empty: it can go. Apps are undone last, so it is asked beforehand.
func needed(ctx context.Context, app okta.App, u *engine.Undo) (string, error) {
	return engine.Needed(ctx, AppObject(nil), u, app)
}

// pageAt finds an app that stays, and may rely on a trusted origin that the run created: one of the run itself, one that
// another run needs, or one that is not older than since. Pages that the run added to an app go away.
func (l *AppList) pageAt(ctx context.Context, u *engine.Undo, origin string, since time.Time) (*okta.App, error) {
	apps, err := l.all(ctx)
	if err != nil {
		return nil, err
	}
	for _, app := range apps {
		if u.Created(guide.KindApp, app.ID) {
			why, err := needed(ctx, app, u)
			if err != nil {
				return nil, err
			}
			if why == "" {
				continue
			}
		} else if neededByRun(app, u) == "" && (workedOn(app, u) || !mayRelyOn(app, since)) {
			continue
		}
		pages := slices.Concat(
			engine.Without(app.RedirectURIs, u.Added(guide.KindApp, app.ID, FieldRedirectURIs)),
			engine.Without(app.LogoutURIs, u.Added(guide.KindApp, app.ID, fieldLogoutURIs)),
		)
		if slices.ContainsFunc(pages, func(uri string) bool { return address.OriginOf(uri).Is(origin) }) {
			return &app, nil
		}
	}
	return nil, nil
}

// relyOn says which app may rely on a change of what all apps share: one that the run created and that stays, or one of
// others that came after the change. Older ones worked without it.
func (l *AppList) relyOn(ctx context.Context, u *engine.Undo, since time.Time, shares func(okta.App) bool) (string, error) {
	apps, err := l.all(ctx)
	if err != nil {
		return "", err
	}
	for _, app := range apps {
		switch {
		case !shares(app):
		case u.Created(guide.KindApp, app.ID):
			if why, err := needed(ctx, app, u); err != nil || why != "" {
				return fmt.Sprintf("the app integration %q stays and needs it", app.Label), err
			}
		case mayRelyOn(app, since) && !workedOn(app, u):
			return fmt.Sprintf("the app integration %q is newer and may need it", app.Label), nil
		}
	}
	return "", nil
}

// mayRelyOn reports whether an app that the run has nothing to do with may rely on an origin that is there since then. An
// older one does not: the origin was not there, so its pages worked without it. Nor do Okta's own apps, whose names are
// others (contract okta.md 1.2): they call Okta from the org's own address.
func mayRelyOn(app okta.App, since time.Time) bool {
	older := !app.Created.IsZero() && app.Created.Before(since)
	return app.Name == customApp && !older
}

// workedOn reports whether the run used an app.
func workedOn(app okta.App, u *engine.Undo) bool {
	return u.Did(func(e engine.Entry) bool {
		return e.Kind == guide.KindApp && e.Ref.ID == app.ID || e.Name == credentialOf(app)
	})
}
