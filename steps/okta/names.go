package okta

import (
	"context"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// nameClaims are the claims that Genesys Cloud builds a visitor's name from (contract genesys.md 4), and where Okta has
// them. Okta leaves both out of an ID token that comes with an access token (contract okta.md 4).
var nameClaims = []struct{ claim, expression string }{
	{"given_name", "user.profile.firstName"},
	{"family_name", "user.profile.lastName"},
}

// Names is what decides whether visitors' names are in ID tokens.
type Names struct {
	Server  okta.AuthorizationServer // ID empty: the org's own
	None    bool                     // the org has no federated claims
	app     string                   // the app's ID; empty: it is to be created
	include bool
	claims  []okta.Claim          // of the server
	added   []okta.FederatedClaim // to the app
}

// ReadNames reads what decides it for an app at a server. appID is empty for an app that does not exist yet.
func ReadNames(ctx context.Context, api services.Okta, server okta.AuthorizationServer, appID string) (n Names, err error) {
	n.Server, n.app = server, appID
	switch {
	case server.ID != "":
		n.claims, err = api.Claims(ctx, server.ID)
	case appID != "":
		n.added, err = api.FederatedClaims(ctx, appID)
		if n.None = okta.NotFound(err) || okta.NoFeature(err); n.None {
			err = nil
		}
	}
	return n, err
}

// Federated returns the claims that only the app has.
func (n Names) Federated() []okta.FederatedClaim { return n.added }

// Missing returns the claims that ID tokens lack.
func (n Names) Missing() (missing []string) {
	for _, name := range nameClaims {
		if n.Server.ID != "" {
			if c := n.claim(name.claim); c == nil || !c.Always || c.Status != "ACTIVE" {
				missing = append(missing, name.claim)
			}
		} else if n.federated(name.claim) == nil {
			missing = append(missing, name.claim)
		}
	}
	return missing
}

func (n Names) claim(name string) *okta.Claim {
	return named(n.claims, func(c okta.Claim) bool { return c.Name == name && c.Type == "IDENTITY" })
}

func (n Names) federated(name string) *okta.FederatedClaim {
	return named(n.added, func(c okta.FederatedClaim) bool { return c.Name == name })
}

func named[T any](all []T, is func(T) bool) *T {
	if i := slices.IndexFunc(all, is); i >= 0 {
		return &all[i]
	}
	return nil
}

// SearchNames reads what decides whether visitors' names are in ID tokens. Where no one chose, it says what is missing. A
// small admin role may not read claims: that ends no run that leaves them as they are.
func SearchNames(org *engine.Lookup[Org], server *engine.Lookup[AuthServer], app engine.Source[okta.App], answers *guide.Answers) engine.Find[Names] {
	return func(ctx context.Context, notes *engine.Notes) (Names, error) {
		chosen := answers.Get(guide.VisitorNames)
		include := chosen.Value == guide.NamesInclude
		if chosen.From > guide.FromDefault && !include {
			return Names{}, nil
		}
		s, o, err := engine.Both(ctx, server.Get, org.Get)
		if err != nil {
			return Names{}, err
		}
		a, err := app.Planned(ctx)
		if err != nil {
			return Names{}, err
		}
		n, err := ReadNames(ctx, o.API, s.AuthorizationServer, a.Value.ID)
		n.include = include
		switch {
		case !include && err != nil:
			return Names{}, ctx.Err()
		case err != nil:
		case !include && !n.None && len(n.Missing()) > 0:
			notes.Attend("ID tokens lack " + strings.Join(n.Missing(), " and ") + ", so agents don't see visitors' names. Set Visitor names to include them.")
		case include && n.None:
			notes.Attend("This org has no federated claims, so the wizard can't add visitors' names to the app's ID tokens.")
		}
		return n, err
	}
}
