package steps

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/okta"
)

// app makes the app integration, or finds the one that an earlier run made.
type app struct{}

func (app) ID() string         { return "app" }
func (app) Section() SectionID { return SectionOkta }

func (app) Plan(ctx context.Context, env *Env) ([]Change, error) {
	f, want := &env.facts, wantedApp(env.Answers)
	f.app, f.appSecret = nil, Secret{}
	apps, err := f.okta.Apps(ctx, want.Label)
	if err != nil {
		return nil, err
	}
	found, err := ownApp(apps, want.Label)
	if err != nil {
		return nil, err
	}
	if found == nil {
		return []Change{{Verb: Create, Kind: KindApp, Name: want.Label, Why: "OIDC web application"}}, nil
	}
	f.app = found
	if diff := appDifferences(*found, want); len(diff) > 0 {
		return []Change{{Verb: Update, Kind: KindApp, Name: want.Label, ID: found.ID, Why: strings.Join(diff, ", ")}}, nil
	}
	return []Change{{Verb: Reuse, Kind: KindApp, Name: want.Label, ID: found.ID, Why: "made by an earlier run"}}, nil
}

func (s app) Apply(ctx context.Context, env *Env) error {
	f, want := &env.facts, wantedApp(env.Answers)
	for _, c := range f.planOf(s) {
		if !c.Writes() {
			continue
		}
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

// sendApp creates the app, or writes what differs into the one that was found.
func sendApp(ctx context.Context, f *facts, want okta.NewApp) (okta.App, error) {
	if f.app == nil {
		return f.okta.CreateApp(ctx, want)
	}
	changed := *f.app
	changed.GrantTypes, changed.RedirectURIs, changed.LogoutURIs = want.GrantTypes, want.RedirectURIs, want.LogoutURIs
	return f.okta.UpdateApp(ctx, changed)
}

func wantedApp(a *Answers) okta.NewApp {
	grants := a.Get(GrantTypes).Values
	if !slices.Contains(grants, "authorization_code") {
		grants = append([]string{"authorization_code"}, grants...)
	}
	return okta.NewApp{
		Label:        a.Value(AppName),
		GrantTypes:   grants,
		RedirectURIs: a.Get(RedirectURIs).Values,
		LogoutURIs:   a.Get(LogoutURIs).Values,
		ManagedBy:    tag,
		AdminNote:    madeBy,
	}
}

// ownApp picks the app of that label which an earlier run made. The list may hold others: Okta matches the
// beginning of a label only, and labels need not be unique (contract okta.md 1.2).
func ownApp(apps []okta.App, label string) (*okta.App, error) {
	var mine []okta.App
	for _, a := range apps {
		if a.Label != label {
			continue
		}
		switch {
		case a.ManagedBy != tag:
			return nil, nameTaken(AppName, "Okta", KindApp, label, a.ID)
		case a.Status != "ACTIVE":
			return nil, &Error{
				Class: ClassConflict, Question: AppName,
				Problem: fmt.Sprintf("Okta has the app integration %q (%s), but it is %s: nobody can sign in with it.", label, a.ID, strings.ToLower(a.Status)),
				Fix:     "Activate it in Okta (Applications > Applications), or choose another app name (--app-name).",
			}
		}
		mine = append(mine, a)
	}
	switch len(mine) {
	case 0:
		return nil, nil
	case 1:
		return &mine[0], nil
	default:
		return nil, severalOf(AppName, "Okta", KindApp, label, mine[0].ID, mine[1].ID)
	}
}

// appDifferences says in words what an app lacks of what is wanted.
func appDifferences(have okta.App, want okta.NewApp) []string {
	var diff []string
	for _, d := range []struct {
		what       string
		have, want []string
	}{
		{"grant types", have.GrantTypes, want.GrantTypes},
		{"sign-in redirect URIs", have.RedirectURIs, want.RedirectURIs},
		{"sign-out redirect URIs", have.LogoutURIs, want.LogoutURIs},
	} {
		if !sameSet(d.have, d.want) {
			diff = append(diff, fmt.Sprintf("%s → %s", d.what, strings.Join(d.want, " ")))
		}
	}
	return diff
}

func sameSet(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}
