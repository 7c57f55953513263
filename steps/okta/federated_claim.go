package okta

import (
	"context"
	"fmt"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// FederatedClaim is a claim of one app's ID tokens.
type FederatedClaim struct {
	okta.FederatedClaim
	App string // the app's ID
}

// FederatedClaimObject is a federated claim of an app integration of an org.
func FederatedClaimObject(api services.Okta) engine.Object[FederatedClaim] {
	return engine.Object[FederatedClaim]{
		Kind: guide.KindFederated,
		Ref:  func(c FederatedClaim) engine.Ref { return engine.Ref{ID: c.ID, In: []string{c.App}} },
		Read: func(ctx context.Context, at engine.Ref) (FederatedClaim, error) {
			c, err := api.FederatedClaim(ctx, at.In[0], at.ID)
			return FederatedClaim{c, at.In[0]}, err
		},
		Delete: func(ctx context.Context, at engine.Ref) error {
			return api.DeleteFederatedClaim(ctx, at.In[0], at.ID)
		},
		Fields: []engine.Field[FederatedClaim]{
			engine.TextField("expression", "others changed its expression", func(c *FederatedClaim) *string { return &c.Expression }),
		},
		Deleted: "only this app's ID tokens have it",
		Within:  withinApp,
		Trace: func(ctx context.Context, e engine.Entry) (out []FederatedClaim, err error) {
			if len(e.Ref.In) < 1 {
				return nil, nil
			}
			all, err := api.FederatedClaims(ctx, e.Ref.In[0])
			for _, c := range all {
				out = append(out, FederatedClaim{c, e.Ref.In[0]})
			}
			return out, err
		},
		CreatedByRun: func(c FederatedClaim, e engine.Entry, _ string) bool { return c.Name == e.Name },
	}
}

// NewFederatedClaims wants visitors' names in the ID tokens of the app, where they were chosen and the org's own server
// signs visitors in.
func NewFederatedClaims(org *engine.Lookup[Org], names *engine.Lookup[Names], app engine.Source[okta.App]) engine.Listing[FederatedClaim] {
	return func(ctx context.Context, _ *engine.Notes) ([]engine.Resource[FederatedClaim], error) {
		n, err := names.Get(ctx)
		if err != nil || !n.include || n.None || n.Server.ID != "" {
			return nil, err
		}
		o, err := org.Get(ctx)
		var out []engine.Resource[FederatedClaim]
		for _, name := range nameClaims {
			want := okta.FederatedClaim{Name: name.claim, Expression: name.expression}
			out = append(out, federated{FederatedClaimObject(o.API), o.API, names, app, want})
		}
		return out, err
	}
}

type federated struct {
	engine.Object[FederatedClaim]
	api   services.Okta
	names *engine.Lookup[Names]
	app   engine.Source[okta.App]
	want  okta.FederatedClaim
}

func (f federated) Key(ctx context.Context) (engine.Key, error) {
	n, err := f.names.Get(ctx)
	if err != nil || n.app == "" {
		return engine.Key{}, err
	}
	return engine.Key{Name: f.want.Name, In: []string{n.app}}, nil
}

// Find takes one of that name, whatever its expression: an admin chose it.
func (f federated) Find(ctx context.Context, notes *engine.Notes) (*FederatedClaim, error) {
	n, err := f.names.Get(ctx)
	if err == nil && notes.Again {
		var app okta.App
		if app, err = f.app.Made(ctx); err == nil {
			n, err = ReadNames(ctx, f.api, n.Server, app.ID)
		}
	}
	found := n.federated(f.want.Name)
	if err != nil || found == nil {
		return nil, err
	}
	return &FederatedClaim{*found, n.app}, nil
}

func (f federated) Describe(_ context.Context, found FederatedClaim, _ *engine.Notes) (engine.Row, error) {
	return engine.Row{Name: found.Name, Why: "already in the app's ID tokens"}, nil
}

func (f federated) Draft(ctx context.Context, stage engine.Stage, _ *engine.Notes) (engine.Draft[FederatedClaim], error) {
	d := engine.Draft[FederatedClaim]{Name: f.want.Name, Why: "only in this app's ID tokens"}
	if stage == engine.Planning {
		return d, nil
	}
	app, err := f.app.Made(ctx)
	if err != nil {
		return d, err
	}
	d.In = []string{app.ID}
	d.Fields = engine.FieldsOf(f.Fields, FederatedClaim{f.want, app.ID})
	d.Send = func(ctx context.Context) (FederatedClaim, error) {
		made, err := f.api.CreateFederatedClaim(ctx, app.ID, f.want)
		return FederatedClaim{made, app.ID}, err
	}
	// Whether Okta takes these names is not documented (contract okta.md 4).
	d.Refused = func(err error) string {
		e, ok := apiclient.AsError(err)
		if !ok || !okta.Invalid(err) && !okta.NoFeature(err) && !okta.NotFound(err) {
			return ""
		}
		return fmt.Sprintf("Okta refused the federated claim %s (%s). Sign-in works, but agents may see no name.", f.want.Name, e.Code)
	}
	return d, nil
}
