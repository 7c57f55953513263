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
		switch uri := DiscoveryURI(config); uri {
		case doc.URI:
		case "":
			notes.Attend("Integration " + name + " has no Discovery URI. Set it to " + doc.URI + ".")
		default:
			notes.Attend("Integration " + name + " has another Discovery URI: " + uri + ". Visitors likely can't sign in. Set it to " + doc.URI + ".")
		}
		if len(config.Credentials) == 0 {
			notes.Attend("Integration " + name + " has no credential, so visitors can't sign in.")
		}
		notes.Attend("The wizard doesn't check whether the credential of integration " + name + " is of this app.")
		return nothing, nil
	}
}

// DiscoveryURI is the one of an integration of any type; empty: it has none.
func DiscoveryURI(config *genesys.IntegrationConfig) string {
	if config == nil {
		return ""
	}
	return config.Property(discoveryKey(*config))
}

// discoveryKey is of the property with a Discovery URI, which is known by its form: without the type's schema, the key is not
// known (contract genesys.md 1.1).
func discoveryKey(config genesys.IntegrationConfig) string {
	for _, key := range slices.Sorted(maps.Keys(config.Properties)) {
		if strings.Contains(config.Property(key), "/.well-known/") {
			return key
		}
	}
	return ""
}
