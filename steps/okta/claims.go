package okta

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// Claim is a claim of a custom authorization server.
type Claim struct {
	okta.Claim
	Server string // the server's ID
}

// Whether a claim is in ID tokens that come with an access token, in the console's words.
const (
	claimAlways    = "Always"
	claimOnRequest = "Userinfo/id_token request"
)

func included(c okta.Claim) string {
	if c.Always {
		return claimAlways
	}
	return claimOnRequest
}

// ClaimObject is a claim of a custom authorization server of an org. apps says, in an undo, which apps may rely on it.
func ClaimObject(api services.Okta, apps *AppList) engine.Object[Claim] {
	return engine.Object[Claim]{
		Kind: guide.KindClaim,
		Ref:  func(c Claim) engine.Ref { return engine.Ref{ID: c.ID, In: []string{c.Server}} },
		Read: func(ctx context.Context, at engine.Ref) (Claim, error) {
			c, err := api.Claim(ctx, at.In[0], at.ID)
			return Claim{c, at.In[0]}, err
		},
		Write: func(ctx context.Context, at engine.Ref, want Claim) (Claim, error) {
			c, err := api.UpdateClaim(ctx, at.In[0], want.Claim)
			return Claim{c, at.In[0]}, err
		},
		Fields: []engine.Field[Claim]{
			{
				Name: "token type", Get: func(c Claim) engine.Value { return engine.Text(included(c.Claim)) },
				Set: func(c *Claim, v engine.Value) { c.Always = v.Text() == claimAlways },
			},
			engine.TextField("status", "", func(c *Claim) *string { return &c.Status }),
		},
		Users: func(ctx context.Context, now Claim, e engine.Entry, u *engine.Undo) (string, error) {
			policies, err := api.Policies(ctx, now.Server)
			if err != nil {
				return "", err
			}
			return apps.relyOn(ctx, u, e.At, func(a okta.App) bool {
				return slices.ContainsFunc(policies, func(p okta.Policy) bool { return p.Status == "ACTIVE" && Covers(p, a.ClientID) })
			})
		},
	}
}

// NewClaims wants the server's claims with visitors' names always to be in ID tokens, where they were chosen.
func NewClaims(org *engine.Lookup[Org], names *engine.Lookup[Names]) engine.Listing[Claim] {
	return func(ctx context.Context, notes *engine.Notes) ([]engine.Resource[Claim], error) {
		n, err := names.Get(ctx)
		if err != nil || !n.include || n.Server.ID == "" {
			return nil, err
		}
		o, err := org.Get(ctx)
		var out []engine.Resource[Claim]
		for _, name := range nameClaims {
			if n.claim(name.claim) == nil {
				notes.Attend(fmt.Sprintf("%q has no system claim %s, and Okta lets no one add it. Agents see an incomplete name.", n.Server.Name, name.claim))
				continue
			}
			out = append(out, claim{ClaimObject(o.API, nil), o, names, name.claim})
		}
		if missing := n.Missing(); err == nil && len(out) > 0 && len(missing) > 0 {
			notes.Attend(fmt.Sprintf("All apps that use the authorization server %q get %s in their ID tokens. Undo restores the claims.",
				n.Server.Name, strings.Join(missing, " and ")))
		}
		return out, err
	}
}

type claim struct {
	engine.Object[Claim]
	org   Org
	names *engine.Lookup[Names]
	name  string
}

func (c claim) Find(ctx context.Context, notes *engine.Notes) (*Claim, error) {
	n, err := c.names.For(ctx, notes)
	found := n.claim(c.name)
	if err != nil || found == nil {
		return nil, err
	}
	return &Claim{*found, n.Server.ID}, nil
}

func (c claim) Describe(ctx context.Context, found Claim, _ *engine.Notes) (engine.Row, error) {
	n, err := c.names.Get(ctx)
	return engine.Row{Name: found.Name, Why: fmt.Sprintf("on %s %q, already in ID tokens", c.org.Host(), n.Server.Name)}, err
}

// Want includes the claim, and activates it.
func (c claim) Want(_ context.Context, _ engine.Stage, now Claim, _ *engine.Notes) (Claim, string, error) {
	want := now
	want.Always, want.Status = true, "ACTIVE"
	var why []string
	if !now.Always {
		why = append(why, claimOnRequest+" → "+claimAlways)
	}
	if now.Status != want.Status {
		why = append(why, "Inactive → Active")
	}
	return want, strings.Join(why, ", "), nil
}
