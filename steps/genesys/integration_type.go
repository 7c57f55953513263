package genesys

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/taskgroup"
)

// TypeKeys is what was found out about the integration type: under which names it keeps what matters for signing in.
type TypeKeys struct {
	ID             string
	Name           string
	DiscoveryKey   string // of the property that takes the Discovery URI
	Defaults       map[string]any
	CredentialKey  string // under which an integration of the type keeps its credential
	CredentialType string
	ClientIDField  string
	SecretField    string
	MaxInstances   int // 0: not told
}

// typeTests find the type, best evidence first; each has to match exactly one type.
var typeTests = []func(genesys.IntegrationType) bool{
	func(t genesys.IntegrationType) bool { return strings.EqualFold(t.Name, guide.IntegrationTypeName) },
	matches(func(t genesys.IntegrationType) string { return t.Name }, `(?i)open\s*id.*messenger|messenger.*open\s*id`),
	matches(func(t genesys.IntegrationType) string { return t.Description }, `(?i)oauth configuration for messenger`),
}

var (
	discoveryWords = regexp.MustCompile(`(?i)discovery`)
	clientIDWords  = regexp.MustCompile(`(?i)client.?id`)
	secretWords    = regexp.MustCompile(`(?i)client.?secret`)
)

func matches(text func(genesys.IntegrationType) string, pattern string) func(genesys.IntegrationType) bool {
	re := regexp.MustCompile(pattern)
	return func(t genesys.IntegrationType) bool { return re.MatchString(text(t)) }
}

// FindType finds out, at this organization, what the integration type "OpenID Connect Messenger Configuration" is called
// and which keys it wants. None of these is documented (contract genesys.md 1.1, 1.2). learn gets everything that was
// read about it, whether the wizard understands it or not.
func FindType(org Organization, learn func(listed, whole genesys.IntegrationType, schema genesys.Schema, types []genesys.CredentialType)) engine.Find[TypeKeys] {
	return func(ctx context.Context, _ *engine.Notes) (TypeKeys, error) {
		var types []genesys.IntegrationType
		var credentialTypes []genesys.CredentialType
		var inUse []string
		api, err := org.api(ctx)
		if err != nil {
			return TypeKeys{}, err
		}
		g, gctx := taskgroup.WithContext(ctx)
		g.Go(func() (err error) { types, err = api.IntegrationTypes(gctx); return err })
		g.Go(func() (err error) { credentialTypes, err = api.CredentialTypes(gctx); return err })
		g.Go(func() (err error) { inUse, err = org.typesInUse(gctx); return err })
		if err := g.Wait(); err != nil {
			return TypeKeys{}, err
		}
		found, err := pickType(types, inUse)
		if err != nil {
			return TypeKeys{}, err
		}
		schema, whole, err := readType(ctx, api, found)
		if err != nil {
			return TypeKeys{}, err
		}
		learn(found, whole, schema, credentialTypes)
		return describe(whole, schema, credentialTypes)
	}
}

// ReadType reads the keys of a type that an existing integration has. An *explain.Error that wraps nothing says that the
// type is not one that Messenger signs in with.
func ReadType(ctx context.Context, api services.Genesys, typeID string) (TypeKeys, error) {
	var schema genesys.Schema
	var whole genesys.IntegrationType
	var credentialTypes []genesys.CredentialType
	g, gctx := taskgroup.WithContext(ctx)
	g.Go(func() (err error) { whole, err = api.IntegrationType(gctx, typeID); return err })
	g.Go(func() (err error) { schema, err = api.PropertiesSchema(gctx, typeID); return err })
	g.Go(func() (err error) { credentialTypes, err = api.CredentialTypes(gctx); return err })
	if err := g.Wait(); err != nil {
		return TypeKeys{}, err
	}
	return describe(whole, schema, credentialTypes)
}

// typesInUse lists the types of integrations that a Messenger configuration already signs visitors in with:
// the best evidence there is.
func (o Organization) typesInUse(ctx context.Context) ([]string, error) {
	configurations, integrations, err := engine.Both(ctx, o.Configurations.Get, o.Integrations.Get)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, c := range configurations {
		for _, i := range integrations {
			if c.Auth != nil && c.Auth.IntegrationID == i.ID {
				ids = engine.With(ids, []string{i.TypeID})
			}
		}
	}
	return ids, nil
}

func pickType(types []genesys.IntegrationType, inUse []string) (genesys.IntegrationType, error) {
	if len(inUse) == 1 {
		if i := slices.IndexFunc(types, func(t genesys.IntegrationType) bool { return t.ID == inUse[0] }); i >= 0 {
			return types[i], nil
		}
	}
	for _, test := range typeTests {
		var fit []genesys.IntegrationType
		for _, t := range types {
			if !t.NonInstallable && test(t) {
				fit = append(fit, t)
			}
		}
		switch {
		case len(fit) == 1:
			return fit[0], nil
		case len(fit) > 1:
			return fit[0], explain.New(explain.ClassConflict, "",
				fmt.Sprintf("Genesys Cloud has %d integration types that could be %s: %s.", len(fit), guide.IntegrationTypeName, typeNames(fit)),
				"Create the integration manually (Admin > Integrations) and use it in a Messenger configuration. The wizard then recognizes its type.")
		}
	}
	return genesys.IntegrationType{}, explain.New(explain.ClassPermission, "",
		"This organization doesn't offer the integration type "+guide.IntegrationTypeName+".",
		"Check with Genesys that your license includes web messaging: "+guide.Licenses+".")
}

func typeNames(types []genesys.IntegrationType) string {
	var names []string
	for _, t := range types {
		names = append(names, fmt.Sprintf("%q (%s)", t.Name, t.ID))
	}
	return strings.Join(names, ", ")
}

// readType reads the type's schema and, where the list left them out, the credentials that it takes.
func readType(ctx context.Context, api services.Genesys, t genesys.IntegrationType) (genesys.Schema, genesys.IntegrationType, error) {
	schema, id := genesys.Schema{}, t.ID
	g, ctx := taskgroup.WithContext(ctx)
	g.Go(func() (err error) { schema, err = api.PropertiesSchema(ctx, id); return err })
	if len(t.Credentials) == 0 {
		g.Go(func() (err error) { t, err = api.IntegrationType(ctx, id); return err })
	}
	err := g.Wait()
	return schema, t, err
}
