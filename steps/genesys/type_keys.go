package genesys

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/explain"
)

// describe reads a type's keys out of its schema, its credentials and the credential types.
func describe(t genesys.IntegrationType, schema genesys.Schema, credentialTypes []genesys.CredentialType) (TypeKeys, error) {
	kind := TypeKeys{ID: t.ID, Name: t.Name, Defaults: map[string]any{}, MaxInstances: t.MaxInstances}
	for _, key := range slices.Sorted(maps.Keys(schema.Properties)) {
		p := schema.Properties[key]
		switch {
		case kind.DiscoveryKey == "" && (discoveryWords.MatchString(key) || discoveryWords.MatchString(p.Title)):
			kind.DiscoveryKey = key
		case slices.Contains(schema.Required, key) && p.Default != nil:
			kind.Defaults[key] = p.Default
		case slices.Contains(schema.Required, key):
			return kind, unknownKeys(t, fmt.Sprintf("it requires the property %q (%s), which the wizard doesn't support", key, p.Title))
		}
	}
	if kind.DiscoveryKey == "" {
		return kind, unknownKeys(t, "none of its properties is a Discovery URI: "+strings.Join(slices.Sorted(maps.Keys(schema.Properties)), ", "))
	}
	spec, err := kind.takeCredential(t)
	if err != nil {
		return kind, err
	}
	i := slices.IndexFunc(credentialTypes, func(c genesys.CredentialType) bool {
		return slices.Contains(spec.Types, c.Name) || slices.Contains(spec.Types, c.ID)
	})
	if i < 0 {
		return kind, unknownKeys(t, "its credential type isn't in the list of credential types: "+strings.Join(spec.Types, ", "))
	}
	kind.CredentialType = credentialTypes[i].Name
	return kind, kind.takeFields(t, credentialTypes[i])
}

// takeCredential picks the key under which the integration keeps its credential: the only one, or the only required one.
func (k *TypeKeys) takeCredential(t genesys.IntegrationType) (genesys.CredentialSpec, error) {
	keys := slices.Sorted(maps.Keys(t.Credentials))
	if len(keys) > 1 {
		keys = slices.DeleteFunc(keys, func(key string) bool { return !t.Credentials[key].Required })
	}
	if len(keys) != 1 || len(t.Credentials[keys[0]].Types) == 0 {
		return genesys.CredentialSpec{}, unknownKeys(t, "it isn't clear which credential it uses: "+strings.Join(slices.Sorted(maps.Keys(t.Credentials)), ", "))
	}
	k.CredentialKey = keys[0]
	return t.Credentials[keys[0]], nil
}

// takeFields finds the credential's fields for the client id and the client secret, and refuses a type that
// requires more than these.
func (k *TypeKeys) takeFields(t genesys.IntegrationType, c genesys.CredentialType) error {
	names := slices.Concat(c.Fields, c.Required)
	find := func(words *regexp.Regexp) string {
		if i := slices.IndexFunc(names, words.MatchString); i >= 0 {
			return names[i]
		}
		return ""
	}
	k.ClientIDField, k.SecretField = find(clientIDWords), find(secretWords)
	if k.ClientIDField == "" || k.SecretField == "" {
		return unknownKeys(t, fmt.Sprintf("its credential %q has no field for a client ID and a client secret: %s", c.Name, strings.Join(c.Fields, ", ")))
	}
	for _, r := range c.Required {
		if r != k.ClientIDField && r != k.SecretField {
			return unknownKeys(t, fmt.Sprintf("its credential %q also requires the field %q", c.Name, r))
		}
	}
	return nil
}

func unknownKeys(t genesys.IntegrationType, what string) error {
	return explain.New(explain.ClassFault, "",
		fmt.Sprintf("The integration type %q (%s) isn't what the wizard expects: %s.", t.Name, t.ID, what),
		"Set up the integration manually (Admin > Integrations) and report this message.")
}
