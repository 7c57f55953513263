package undo

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps"
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
		why := withdraw(map[string]*[]string{
			steps.BackGrantTypes: &app.GrantTypes, steps.BackRedirectURIs: &app.RedirectURIs, steps.BackLogoutURIs: &app.LogoutURIs,
		}, back.Added)
		return restored(why, func(ctx context.Context) error {
			_, err := p.Okta.UpdateApp(ctx, app)
			return err
		})
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
	more := p.pagesOfOthers(app)
	switch {
	case !steps.Ours(app.ManagedBy):
		return "it does not carry this wizard's mark any more: somebody took it over"
	case len(more) > 0:
		return "other pages use it since: " + strings.Join(more, ", ")
	case slices.ContainsFunc(p.run.Entries, func(e journal.Entry) bool {
		return e.Name == "client "+app.ClientID && p.staying[thing{e.Kind, e.ID}] && e.Verb == string(steps.Create)
	}):
		return "its credential stays at Genesys Cloud, and visitors sign in with it"
	default:
		return ""
	}
}

// pagesOfOthers are the sign-in redirect URIs of an app that the run did not give it.
func (p *planner) pagesOfOthers(app okta.App) []string {
	return without(app.RedirectURIs, p.added(app.ID, steps.BackRedirectURIs))
}

func (p *planner) hasPageAt(app okta.App, origin string) bool {
	return slices.ContainsFunc(p.pagesOfOthers(app), func(uri string) bool { return strings.HasPrefix(uri+"/", origin+"/") })
}

// keptApp is an app that the run made, that stays, and to which of applies; nil: there is none.
func (p *planner) keptApp(ctx context.Context, of func(okta.App) bool) (*okta.App, error) {
	for _, e := range p.run.Left() {
		if e.Kind != steps.KindApp || e.Verb != string(steps.Create) || e.ID == "" {
			continue
		}
		app, err := p.Okta.App(ctx, e.ID)
		switch {
		case notThere(err):
		case err != nil:
			return nil, err
		case of(app) && p.needed(app) != "":
			return &app, nil
		}
	}
	return nil, nil
}

func (p *planner) assignment(ctx context.Context, e journal.Entry, back steps.Back) (Item, error) {
	appID := back.In[0]
	if p.made(steps.KindApp, appID) {
		return Item{with: thing{steps.KindApp, appID}}, nil
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
	all, err := p.Okta.TrustedOrigins(ctx)
	if err != nil {
		return Item{}, err
	}
	i := slices.IndexFunc(all, func(o okta.TrustedOrigin) bool { return o.ID == e.ID })
	if i < 0 {
		return Item{}, nil
	}
	origin := all[i]
	if e.Verb == string(steps.Create) {
		app, err := p.keptApp(ctx, func(a okta.App) bool { return p.hasPageAt(a, origin.Origin) })
		if err != nil {
			return Item{}, err
		}
		if app != nil {
			return kept(fmt.Sprintf("another page at it signs out with the app integration %q, which stays", app.Label))
		}
		return Item{Act: Delete, Why: "the page cannot call Okta any more", send: func(ctx context.Context) error {
			return p.Okta.DeleteTrustedOrigin(ctx, origin.ID)
		}}, nil
	}
	why := withdraw(map[string]*[]string{steps.BackScopes: &origin.Scopes}, back.Added)
	return restored(why, func(ctx context.Context) error {
		_, err := p.Okta.UpdateTrustedOrigin(ctx, origin)
		return err
	})
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
	case len(policies[i].Clients) > 1:
		return kept("it lets other apps in since")
	}
	app, err := p.keptApp(ctx, func(a okta.App) bool { return slices.Contains(policies[i].Clients, a.ClientID) })
	if err != nil {
		return Item{}, err
	}
	if app != nil {
		return kept(fmt.Sprintf("the app integration %q stays, and it lets its people in", app.Label))
	}
	return Item{Act: Delete, Why: "with its rule", send: func(ctx context.Context) error {
		return p.Okta.DeletePolicy(ctx, back.In[0], e.ID)
	}}, nil
}

// rule goes with a policy that the run made. It is planned before the policy, so that it looks at what the run made.
func (p *planner) rule(ctx context.Context, e journal.Entry, back steps.Back) (Item, error) {
	if p.made(steps.KindPolicy, back.In[1]) {
		return Item{with: thing{steps.KindPolicy, back.In[1]}}, nil
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
