package steps

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/guide"
)

// app makes the app integration, or finds the one that an earlier run made.
type app struct{}

func (app) ID() string               { return "app" }
func (app) Section() guide.SectionID { return guide.SectionOkta }

func (app) Plan(ctx context.Context, env *Env) ([]Change, error) {
	f, name := &env.facts, env.Answers.Value(guide.AppName)
	f.app, f.appSecret = nil, guide.Secret{}
	found, err := findApp(ctx, f.okta, name)
	if err != nil {
		return nil, err
	}
	f.tellBudget()
	if found == nil {
		f.notice(Notice{guide.SectionOkta, false, "A new app asks for two factors: at first, people may have to set one up."})
		return []Change{{Verb: Create, Kind: guide.KindApp, Name: name, Why: "OIDC web application"}}, nil
	}
	f.app = found
	keepWhatItHas(env.Answers, *found)
	c := Change{Verb: Reuse, Kind: guide.KindApp, Name: found.Label, ID: found.ID, Mark: found.AdminNote, Why: "made by an earlier run"}
	if found.ManagedBy != tag {
		c.Why = "chosen by you, has all that is needed"
	}
	if diff := appDifferences(*found, wantedApp(env.Answers, found)); len(diff) > 0 && !env.looksOnly("app") {
		c.Verb, c.Why = Update, strings.Join(diff, ", ")
	}
	return []Change{c}, nil
}

func (s app) Apply(ctx context.Context, env *Env) error {
	f := &env.facts
	want := wantedApp(env.Answers, f.app)
	want.AdminNote = f.madeBy
	for _, c := range f.planOf(s) {
		if !c.Writes() {
			continue
		}
		c.Back.Added = addedToApp(have(f.app), want)
		err := env.do(ctx, c, func(ctx context.Context) (string, error) {
			made, err := sendApp(ctx, f, want)
			if err != nil {
				return "", err
			}
			f.app, f.appSecret = &made, made.ClientSecret
			return made.ID, nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// sendApp creates the app, or adds what it lacked to the one that was found, as it is now: an update replaces the whole
// app, and somebody may have changed it after the plan was made.
func sendApp(ctx context.Context, f *facts, want okta.NewApp) (okta.App, error) {
	if f.app == nil {
		return f.okta.CreateApp(ctx, want)
	}
	added := addedToApp(*f.app, want)
	now, err := f.okta.App(ctx, f.app.ID)
	if err != nil {
		return okta.App{}, err
	}
	now.GrantTypes = with(now.GrantTypes, added[BackGrantTypes])
	now.RedirectURIs = with(now.RedirectURIs, added[BackRedirectURIs])
	now.LogoutURIs = with(now.LogoutURIs, added[BackLogoutURIs])
	return f.okta.UpdateApp(ctx, now)
}

// keepWhatItHas answers what nobody answered with what the app has, so that a run without answers changes nothing.
func keepWhatItHas(a *guide.Answers, app okta.App) {
	if a.Get(guide.RedirectURIs).From <= guide.FromOrg { // a new page is also where its visitors come back to
		a.Found(guide.RedirectURIs, app.RedirectURIs...)
		a.Found(guide.LogoutURIs, app.LogoutURIs...)
	}
	a.Found(guide.GrantTypes, app.GrantTypes...)
}

// wantedApp is the app that the answers describe. Nothing that an app has is taken away from it: another page
// may live on it.
func wantedApp(a *guide.Answers, found *okta.App) okta.NewApp {
	want := okta.NewApp{
		Label:        a.Value(guide.AppName),
		GrantTypes:   with([]string{"authorization_code"}, a.Get(guide.GrantTypes).Values),
		RedirectURIs: a.Get(guide.RedirectURIs).Values,
		LogoutURIs:   a.Get(guide.LogoutURIs).Values,
		ManagedBy:    tag,
	}
	if found != nil {
		want.GrantTypes = with(found.GrantTypes, want.GrantTypes)
		want.RedirectURIs = with(found.RedirectURIs, want.RedirectURIs)
		want.LogoutURIs = with(found.LogoutURIs, want.LogoutURIs)
	}
	return want
}

// with is list with those of more that it lacks.
func with(list, more []string) []string {
	list = slices.Clone(list)
	for _, m := range more {
		if !slices.Contains(list, m) {
			list = append(list, m)
		}
	}
	return list
}

// appDifferences says in words what an app lacks of what is wanted.
func appDifferences(have okta.App, want okta.NewApp) []string {
	var diff []string
	added := addedToApp(have, want)
	for _, what := range []string{BackGrantTypes, BackRedirectURIs, BackLogoutURIs} {
		if more := added[what]; len(more) > 0 {
			diff = append(diff, fmt.Sprintf("%s + %s", what, strings.Join(more, " ")))
		}
	}
	return diff
}

// have is what an app has; of one that is to be created, nothing.
func have(app *okta.App) okta.App {
	if app == nil {
		return okta.App{}
	}
	return *app
}

// addedToApp is what wantedApp adds to an app's lists, by their names in Back.
func addedToApp(have okta.App, want okta.NewApp) map[string][]string {
	return map[string][]string{
		BackGrantTypes:   want.GrantTypes[len(have.GrantTypes):],
		BackRedirectURIs: want.RedirectURIs[len(have.RedirectURIs):],
		BackLogoutURIs:   want.LogoutURIs[len(have.LogoutURIs):],
	}
}
