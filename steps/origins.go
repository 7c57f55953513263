package steps

import (
	"context"
	"slices"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/guide"
)

// origins makes each page's origin a trusted origin, which signing out from the page needs (contract okta.md 5).
type origins struct{}

func (origins) ID() string               { return "origins" }
func (origins) Section() guide.SectionID { return guide.SectionOkta }

// originScopes are what the page needs: calls from its scripts, and being redirected to.
var originScopes = []string{"CORS", "REDIRECT"}

// originPlan is a trusted origin to create (no ID) or to complete.
type originPlan struct {
	change Change
	origin okta.TrustedOrigin
}

func (origins) Plan(ctx context.Context, env *Env) ([]Change, error) {
	f := &env.facts
	f.origins = nil
	have, err := f.okta.TrustedOrigins(ctx)
	if err != nil {
		return nil, err
	}
	var changes []Change
	pages := env.Answers.Get(guide.RedirectURIs).Values
	if env.repair != nil && env.repair.Pages != nil {
		pages = env.repair.Pages
	}
	for _, uri := range pages {
		origin := guide.Origin(uri)
		if slices.ContainsFunc(changes, func(c Change) bool { return c.Name == origin }) {
			continue
		}
		p := planOrigin(have, origin)
		f.origins = append(f.origins, p)
		changes = append(changes, p.change)
	}
	return changes, nil
}

// originName is what a trusted origin of ours is called. Okta has no note for it.
func originName(origin string) string { return "Genesys Messenger " + origin }

func planOrigin(have []okta.TrustedOrigin, origin string) originPlan {
	c := Change{Step: "origins", Kind: guide.KindOrigin, Name: origin}
	i := slices.IndexFunc(have, func(t okta.TrustedOrigin) bool { return t.Origin == origin })
	if i < 0 {
		c.Verb, c.Why = Create, "lets the page sign visitors out"
		return originPlan{c, okta.TrustedOrigin{Name: originName(origin), Origin: origin, Scopes: originScopes}}
	}
	t := have[i]
	c.ID, c.Mark = t.ID, t.Name
	before := len(t.Scopes)
	t.Scopes = with(t.Scopes, originScopes)
	c.Verb, c.Why = Reuse, "already trusted"
	if t.Status != "ACTIVE" && t.Status != "" {
		c.Why = "inactive at Okta: activate it under Security > API > Trusted Origins"
	}
	if missing := t.Scopes[before:]; len(missing) > 0 {
		c.Verb, c.Why = Update, "adds what is missing of CORS and Redirect"
		c.Back.Added = map[string][]string{BackScopes: missing}
	}
	return originPlan{c, t}
}

func (origins) Apply(ctx context.Context, env *Env) error {
	f := &env.facts
	for _, p := range f.origins {
		if !p.change.Writes() {
			continue
		}
		err := env.do(ctx, p.change, func(ctx context.Context) (string, error) {
			send := f.okta.CreateTrustedOrigin
			if p.change.Verb == Update {
				send = f.completeOrigin
			}
			made, err := send(ctx, p.origin)
			return made.ID, err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// completeOrigin adds the scopes to the origin as it is now: an update replaces the whole origin, and somebody may have
// changed it after the plan was made. One that is gone is sent as it was, for Okta to say so.
func (f *facts) completeOrigin(ctx context.Context, o okta.TrustedOrigin) (okta.TrustedOrigin, error) {
	all, err := f.okta.TrustedOrigins(ctx)
	if err != nil {
		return o, err
	}
	if i := slices.IndexFunc(all, func(now okta.TrustedOrigin) bool { return now.ID == o.ID }); i >= 0 {
		o = all[i]
		o.Scopes = with(o.Scopes, originScopes)
	}
	return f.okta.UpdateTrustedOrigin(ctx, o)
}
