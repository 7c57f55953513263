package genesys

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/steps/engine"
)

// CheckManual checks what can be checked of an integration that the user set up in the console. It only notes what isn't
// as expected: which names its type has is not known.
func CheckManual(integration engine.Source[genesys.Integration], document *engine.Lookup[oidc.Document]) engine.Find[struct{}] {
	return func(ctx context.Context, notes *engine.Notes) (nothing struct{}, err error) {
		p, doc, err := engine.Both(ctx, integration.Planned, document.Get)
		if err != nil || p.Value.Config == nil {
			return nothing, err
		}
		config, name := p.Value.Config, strconv.Quote(p.Value.Name)
		uris := slices.DeleteFunc(slices.Sorted(maps.Keys(config.Properties)), func(key string) bool {
			return !strings.Contains(config.Property(key), "/.well-known/")
		})
		switch {
		case len(uris) == 0:
			notes.Attend("Integration " + name + " has no Discovery URI. Set it to " + doc.URI + ".")
		case config.Property(uris[0]) != doc.URI:
			notes.Attend("Integration " + name + " has another Discovery URI: " + config.Property(uris[0]) + ". This run uses " + doc.URI + ".")
		}
		if len(config.Credentials) == 0 {
			notes.Attend("Integration " + name + " has no credential, so visitors can't sign in.")
		}
		notes.Attend("The wizard doesn't check the credential of integration " + name + ", or whether an access policy of Okta covers the app.")
		return nothing, nil
	}
}
