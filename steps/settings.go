package steps

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/guide"
)

// settings writes the Discovery URI and the credential into the integration's configuration.
type settings struct{}

func (settings) ID() string               { return "settings" }
func (settings) Section() guide.SectionID { return guide.SectionIntegration }

func (settings) Plan(_ context.Context, env *Env) ([]Change, error) {
	f := &env.facts
	f.overtaken = ""
	c := Change{Verb: Update, Kind: guide.KindSettings, Name: "Discovery URI and credential", Why: f.document.URI}
	if f.integration == nil {
		return []Change{c}, nil
	}
	c.ID = f.integration.ID
	if f.app != nil && f.credential != "" && f.settled(f.knownConfig()) {
		c.Verb, c.Why = Reuse, "already so"
	}
	return []Change{c}, nil
}

// knownConfig is the integration's configuration as far as an answer carried it.
func (f *facts) knownConfig() genesys.IntegrationConfig {
	if f.integration.Config == nil {
		return genesys.IntegrationConfig{}
	}
	return *f.integration.Config
}

// settled reports whether the configuration says what this run would write.
func (f *facts) settled(c genesys.IntegrationConfig) bool {
	return c.Properties[f.kind.DiscoveryKey] == f.document.URI &&
		c.Credentials[f.kind.CredentialKey] == f.credential &&
		(f.unnoted || strings.Contains(c.Notes, integrationNotes(f.app.ClientID, f.oktaURL)))
}

func (s settings) Apply(ctx context.Context, env *Env) error {
	f := &env.facts
	for _, c := range f.planOf(s) {
		if !c.Writes() {
			continue
		}
		c.ID, c.Back = f.integration.ID, f.settingsBack()
		if err := env.do(ctx, c, func(ctx context.Context) (string, error) { return f.writeSettings(ctx, env) }); err != nil {
			return err
		}
	}
	return nil
}

// settingsBack is what the settings were, and will be.
func (f *facts) settingsBack() Back {
	values := func(c genesys.IntegrationConfig) map[string]string {
		uri, _ := c.Properties[f.kind.DiscoveryKey].(string)
		return map[string]string{BackDiscoveryURI: uri, BackCredential: c.Credentials[f.kind.CredentialKey], BackNotes: c.Notes}
	}
	was := f.knownConfig()
	return Back{In: []string{f.kind.DiscoveryKey, f.kind.CredentialKey}, Before: values(was), After: values(f.merged(was))}
}

// writeSettings merges into the current configuration. Somebody else's change in between is read again once;
// their other settings are kept.
func (f *facts) writeSettings(ctx context.Context, env *Env) (string, error) {
	id := f.integration.ID
	current, before := f.integration.Config, (*genesys.IntegrationConfig)(nil)
	f.integration.Config = nil
	for try := 0; ; try++ {
		if current == nil {
			fresh, err := visible(ctx, env, func(ctx context.Context) (genesys.IntegrationConfig, error) {
				return f.genesys.IntegrationConfig(ctx, id)
			})
			if err != nil {
				return id, err
			}
			current = &fresh
			f.overtaken = f.theirs(before, current)
		}
		written, err := f.genesys.UpdateIntegrationConfig(ctx, id, f.merged(*current))
		switch {
		case err == nil:
			f.integration.Config = &written
			return id, nil
		case genesys.VersionConflict(err) && try == 0:
			current, before = nil, current
		default:
			return id, err
		}
	}
}

// theirs says what somebody else changed between two looks at the settings; what this run had sent in between, and
// whose answer was lost, is nobody else's.
func (f *facts) theirs(before, now *genesys.IntegrationConfig) string {
	if before == nil {
		return ""
	}
	flat := func(c *genesys.IntegrationConfig) map[string]string {
		members := map[string]string{"name": c.Name, "notes": c.Notes}
		for name, value := range c.Properties {
			members[name] = fmt.Sprint(value)
		}
		for name, id := range c.Credentials {
			members[name] = id
		}
		return members
	}
	sent := f.merged(*before)
	was, is := flat(before), flat(now)
	names := slices.Collect(maps.Keys(was))
	names = slices.AppendSeq(names, maps.Keys(is))
	names = slices.DeleteFunc(names, func(name string) bool { return was[name] == is[name] })
	if len(names) == 0 || maps.Equal(flat(&sent), is) {
		return ""
	}
	slices.Sort(names)
	return "Somebody else changed the integration's settings at the same time (" + apiclient.Clean(strings.Join(slices.Compact(names), ", ")) +
		"). Theirs are kept, but for the Discovery URI and the credential."
}

func (f *facts) merged(c genesys.IntegrationConfig) genesys.IntegrationConfig {
	properties := apiclient.Object{}
	maps.Copy(properties, f.kind.Defaults)
	maps.Copy(properties, c.Properties)
	properties[f.kind.DiscoveryKey] = f.document.URI
	credentials := map[string]string{}
	maps.Copy(credentials, c.Credentials)
	credentials[f.kind.CredentialKey] = f.credential
	c.Properties, c.Credentials = properties, credentials
	if !f.unnoted {
		c.Notes = withTag(c.Notes, integrationNotes(f.app.ClientID, f.oktaURL))
	}
	if c.Name == "" {
		c.Name = f.integration.Name
	}
	return c
}
