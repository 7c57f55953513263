package undo

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
)

func (p *planner) app(ctx context.Context, e journal.Entry, back steps.Back) (Item, error) {
	if e.ID == "" {
		return Item{}, nil
	}
	app, err := p.Okta.App(ctx, e.ID)
	if err != nil {
		return Item{}, err
	}
	if e.Verb != string(steps.Create) {
		change := func(app *okta.App) string {
			return withdraw(map[string]*[]string{
				steps.BackGrantTypes: &app.GrantTypes, steps.BackRedirectURIs: &app.RedirectURIs, steps.BackLogoutURIs: &app.LogoutURIs,
			}, back.Added)
		}
		return restored(change(&app), again(p.Okta.App, app.ID, change, p.Okta.UpdateApp))
	}
	if why := p.needed(app); why != "" {
		return kept(why)
	}
	return Item{Act: Delete, Why: "nobody can sign in with it any more", send: func(ctx context.Context) error {
		if app.Status == "ACTIVE" {
			if err := p.Okta.DeactivateApp(ctx, app.ID); err != nil {
				return err
			}
		}
		return p.Okta.DeleteApp(ctx, app.ID)
	}}, nil
}

// needed says why an app that the run made is left alone; empty: it can go.
func (p *planner) needed(app okta.App) string {
	more, other := without(app.RedirectURIs, p.added(app.ID, steps.BackRedirectURIs)), p.livesOn(app)
	switch {
	case !steps.Ours(app.ManagedBy):
		return "it does not carry this wizard's mark any more: somebody took it over"
	case other != "":
		return other
	case len(more) > 0:
		return "other pages use it since: " + strings.Join(more, ", ")
	case slices.ContainsFunc(p.run.Entries, func(e journal.Entry) bool {
		return e.Name == credentialOf(app) && p.staying[thing{e.Kind, e.ID}] && e.Verb == string(steps.Create)
	}):
		return "its credential stays at Genesys Cloud, and visitors sign in with it"
	default:
		return ""
	}
}

// credentialOf is what the record of a run calls the credential of an app.
func credentialOf(app okta.App) string { return "client " + app.ClientID }

// livesOn says which other run changed an app or stored its credential, and was not taken back; empty: none.
func (p *planner) livesOn(app okta.App) string {
	return p.lives(func(e journal.Entry) bool {
		return e.Kind == guide.KindApp && e.ID == app.ID || e.Name == credentialOf(app)
	})
}

// staysFor says for which app something at Okta that the run made has to stay, among those to which of applies: one
// that the run made and that stays, or any other that another run lives on; empty: for none.
func (p *planner) staysFor(ctx context.Context, of func(okta.App) bool) (string, error) {
	apps, err := p.apps(ctx)
	for _, app := range apps {
		switch made := p.made(guide.KindApp, app.ID); {
		case !of(app):
		case made && p.needed(app) != "":
			return fmt.Sprintf("the app integration %q stays, and needs it", app.Label), nil
		case !made && p.livesOn(app) != "":
			return p.livesOn(app), nil
		}
	}
	return "", err
}

// apps are the org's app integrations, read once.
func (p *planner) apps(ctx context.Context) ([]okta.App, error) {
	if p.allApps != nil {
		return p.allApps, nil
	}
	var err error
	p.allApps, err = p.Okta.Apps(ctx, "")
	return p.allApps, err
}

// pageAt is an app that has a page at an origin, and does not go; it is not the one that the run worked on, unless the
// run made it. Nil: there is none.
func (p *planner) pageAt(ctx context.Context, origin string) (*okta.App, error) {
	apps, err := p.apps(ctx)
	for _, app := range apps {
		if p.made(guide.KindApp, app.ID) && p.needed(app) == "" || p.workedOn(app) && p.livesOn(app) == "" {
			continue
		}
		if slices.ContainsFunc(app.RedirectURIs, func(uri string) bool { return strings.HasPrefix(uri+"/", origin+"/") }) {
			return &app, nil
		}
	}
	return nil, err
}

// workedOn reports whether an app was there before the run, which used it.
func (p *planner) workedOn(app okta.App) bool {
	return !p.made(guide.KindApp, app.ID) && slices.ContainsFunc(p.run.Entries, func(e journal.Entry) bool {
		return e.Kind == guide.KindApp && e.ID == app.ID || e.Name == credentialOf(app)
	})
}

func (p *planner) assignment(ctx context.Context, e journal.Entry, back steps.Back) (Item, error) {
	appID := back.In[0]
	if p.made(guide.KindApp, appID) {
		return Item{with: thing{guide.KindApp, appID}}, nil
	}
	other, err := p.staysFor(ctx, func(a okta.App) bool { return a.ID == appID })
	if err != nil || other != "" {
		return Item{Act: Keep, Why: other}, err
	}
	assigned, err := p.Okta.AppGroups(ctx, appID)
	if err != nil || !slices.Contains(assigned, e.ID) {
		return Item{}, err
	}
	return Item{Act: Delete, Why: "the group's people cannot sign in any more", send: func(ctx context.Context) error {
		return p.Okta.UnassignGroup(ctx, appID, e.ID)
	}}, nil
}

func (p *planner) origin(ctx context.Context, e journal.Entry, back steps.Back) (Item, error) {
	origin, err := p.trustedOrigin(ctx, e.ID)
	if err != nil {
		return Item{}, err
	}
	if e.Verb == string(steps.Create) {
		app, err := p.pageAt(ctx, origin.Origin)
		if err != nil {
			return Item{}, err
		}
		if app != nil {
			return kept(fmt.Sprintf("the app integration %q has a page there, which signs out with it", app.Label))
		}
		return Item{Act: Delete, Why: "the page cannot call Okta any more", send: func(ctx context.Context) error {
			return p.Okta.DeleteTrustedOrigin(ctx, origin.ID)
		}}, nil
	}
	change := func(o *okta.TrustedOrigin) string {
		return withdraw(map[string]*[]string{steps.BackScopes: &o.Scopes}, back.Added)
	}
	return restored(change(&origin), again(p.trustedOrigin, origin.ID, change, p.Okta.UpdateTrustedOrigin))
}

// trustedOrigin reads one out of the list.
func (p *planner) trustedOrigin(ctx context.Context, id string) (okta.TrustedOrigin, error) {
	all, err := p.Okta.TrustedOrigins(ctx)
	if i := slices.IndexFunc(all, func(o okta.TrustedOrigin) bool { return o.ID == id }); i >= 0 {
		return all[i], err
	}
	return okta.TrustedOrigin{}, cmp.Or[error](err, &apiclient.Error{Status: 404})
}

func (p *planner) policy(ctx context.Context, e journal.Entry, back steps.Back) (Item, error) {
	policies, err := p.Okta.Policies(ctx, back.In[0])
	if err != nil {
		return Item{}, err
	}
	i := slices.IndexFunc(policies, func(o okta.Policy) bool { return o.ID == e.ID })
	switch {
	case i < 0:
		return Item{}, nil
	case !slices.Equal(policies[i].Clients, back.Added[steps.BackClients]):
		return kept("it lets other apps in since")
	}
	other, err := p.staysFor(ctx, func(a okta.App) bool { return slices.Contains(policies[i].Clients, a.ClientID) })
	if err != nil || other != "" {
		return Item{Act: Keep, Why: other}, err
	}
	return Item{Act: Delete, Why: "with its rule", send: func(ctx context.Context) error {
		return p.Okta.DeletePolicy(ctx, back.In[0], e.ID)
	}}, nil
}

// rule goes with a policy that the run made. It is planned before the policy, so that it looks at what the run made.
func (p *planner) rule(ctx context.Context, e journal.Entry, back steps.Back) (Item, error) {
	if p.made(guide.KindPolicy, back.In[1]) {
		return Item{with: thing{guide.KindPolicy, back.In[1]}}, nil
	}
	rules, err := p.Okta.Rules(ctx, back.In[0], back.In[1])
	if err != nil || !slices.ContainsFunc(rules, func(r okta.Rule) bool { return r.ID == e.ID }) {
		return Item{}, err
	}
	return Item{Act: Delete, Why: "its policy was there before and stays", send: func(ctx context.Context) error {
		return p.Okta.DeleteRule(ctx, back.In[0], back.In[1], e.ID)
	}}, nil
}

// withdraw takes from each list what was added to it, and says what that is. A list is never emptied: an app
// without a redirect URI would be refused, and who emptied the rest wants the last one.
func withdraw(lists map[string]*[]string, added map[string][]string) string {
	var said []string
	for _, name := range []string{steps.BackGrantTypes, steps.BackRedirectURIs, steps.BackLogoutURIs, steps.BackScopes, steps.BackDomains} {
		list, ok := lists[name]
		if !ok {
			continue
		}
		left := without(*list, added[name])
		if len(left) == len(*list) || len(left) == 0 {
			continue
		}
		*list = left
		said = append(said, fmt.Sprintf("%s - %s", name, strings.Join(added[name], " ")))
	}
	return strings.Join(said, ", ")
}

// without is list without the members of less.
func without(list, less []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(m string) bool { return slices.Contains(less, m) })
}
